using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aufruf.Portal.Web;

/// <summary>The websites that may show the citizens' pages inside their own: the town's, or a district's.</summary>
/// <param name="Sites">"https://www.alsdorf.de https://www.staedteregion-aachen.de"; empty: none.</param>
public sealed record FramedBy(string Sites)
{
    private const string Setting = "Portal:EmbedIn";

    /// <exception cref="OptionsValidationException">A name is no address of a site.</exception>
    public static FramedBy Read(IConfiguration configuration)
    {
        var names = (configuration[Setting] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        return names.FirstOrDefault(name => !Uri.TryCreate(name, UriKind.Absolute, out var site)
            || site is not { Scheme: "https" or "http", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            || name.Any(letter => letter is ';' or '\'')) is { } wrong
            ? throw new OptionsValidationException(Setting, typeof(FramedBy),
                [$"{Setting} must list addresses of websites such as https://www.alsdorf.de; '{wrong}' is none."])
            : new(string.Join(' ', names.Select(name => name.TrimEnd('/'))));
    }
}

public static class FramedBySetup
{
    public static IServiceCollection AddFraming(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(FramedBy.Read(configuration));
}
