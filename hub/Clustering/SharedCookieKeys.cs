using System.Xml.Linq;
using Aufruf.Grains;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Clustering;

/// <summary>The keys of cookies and forms, the same on all hubs: a cookie of one hub opens at the others.</summary>
internal sealed class SharedCookieKeys(SealedTexts texts) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. texts.All().Select(text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) =>
        texts.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;
}
