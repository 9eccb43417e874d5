using Aufruf.Portal.Content;
using Aufruf.Portal.Search;
using Aufruf.Tests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Portal;

public class ServiceSearchTests
{
    private static readonly TownContent Town =
        new ContentFolder(Repository.PathOf("portal", "content"), NullLogger<ContentFolder>.Instance).Now;

    [Theory]
    [InlineData("Personalausweis", "ausweis")]
    [InlineData("perso", "ausweis")]
    [InlineData("persnalausweis", "ausweis")]
    [InlineData("ich habe meinen Pass verloren", "ausweis")]
    [InlineData("umzug", "wohnsitz")]
    [InlineData("Wohnug ummeldn", "wohnsitz")]
    [InlineData("neue adresse", "wohnsitz")]
    [InlineData("fuhrerschein", "fuehrerschein")]
    [InlineData("FÜHRERSCHEIN", "fuehrerschein")]
    [InlineData("Fuererschein tauschen", "fuehrerschein")]
    [InlineData("der alte graue Lappen", "fuehrerschein")]
    [InlineData("polizeiliches führungzeugnis", "bescheinigung")]
    [InlineData("driving licence", "fuehrerschein")]
    [InlineData("kimlik", "ausweis")]
    [InlineData("Паспорт", "ausweis")]
    [InlineData("رخصة قيادة", "fuehrerschein")]
    [InlineData("mein Ausweis ist fertig, ich will ihn abholen", "abholung")]
    public void What_people_type_finds_the_service(string typed, string service) =>
        Assert.Equal(service, ServiceSearch.Find(Town, typed) is [var best, ..] ? best.Id : null);

    [Theory]
    [InlineData("")]
    [InlineData("   ,;")]
    [InlineData("qqqqqq")]
    [InlineData("xy")]
    [InlineData("\uFFFE")] // It is no character.
    public void Nothing_is_found_for_nothing(string typed) => Assert.Empty(ServiceSearch.Find(Town, typed));

    [Fact]
    public void A_text_without_end_is_cut_and_answered() =>
        Assert.True(ServiceSearch.Find(Town, string.Concat(Enumerable.Repeat("ausweis ", 100_000))).Count > 0);
}
