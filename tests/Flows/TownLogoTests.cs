using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Towns;
using Aufruf.Tests.Running;
using SkiaSharp;

namespace Aufruf.Tests.Flows;

/// <summary>The logo of a town by the API: what is taken, what is left of a file, and where it is served.</summary>
public sealed partial class TownLogoTests(TownLogoTests.Town town) : IClassFixture<TownLogoTests.Town>
{
    private const string Settings = "/api/v1/towns/alsdorf/settings";

    private static readonly Texts Alt = new() { ["de"] = "Wappen der Stadt Alsdorf" };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_logo_is_drawn_anew_published_kept_for_ever_by_browsers_and_taken_back()
    {
        var sent = Picture(SKEncodedImageFormat.Jpeg, 900, 300).Concat(Encoding.ASCII.GetBytes("GPS 50.87 6.16")).ToArray();
        await SaveAsync(sent, Alt);
        Assert.DoesNotContain("/logo/", await PageAsync(), StringComparison.Ordinal);
        var published = await PublishAsync();
        var page = await PageAsync();
        var ticket = await town.Hub.Anybody.GetStringAsync(new Uri((await town.Hub.TakeAsync()).StatusPath, UriKind.Relative), Now);
        Assert.Contains("/theme/alsdorf.css", ticket, StringComparison.Ordinal);
        foreach (var shown in (string[])[page, ticket, await town.Anna.GetStringAsync(new Uri("/staff", UriKind.Relative), Now)])
        {
            Assert.Contains("""alt="Wappen der Stadt Alsdorf" lang="de">""", shown, StringComparison.Ordinal);
        }

        var address = new Uri(Address().Match(page).Value, UriKind.Relative);
        using (var answer = await town.Hub.Anybody.GetAsync(address, Now))
        {
            Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
            var served = await answer.Content.ReadAsByteArrayAsync(Now);
            Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(served), StringComparison.Ordinal);
            using var drawn = SKBitmap.Decode(served);
            Assert.Equal((480, 160), (drawn.Width, drawn.Height));
        }

        var history = JsonNode.Parse(await town.Anna.GetStringAsync(new Uri($"{Settings}/history", UriKind.Relative), Now))!;
        Assert.True(history.ToJsonString().Length < 5_000); // No picture as letters.
        Assert.Equal("logo", (string?)history["editions"]![0]!["changes"]![0]!["path"]);
        using var back = await town.Anna.PostAsJsonAsync($"{Settings}/take-back",
            new { edition = published - 1, seen = published }, Now);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.DoesNotContain("/logo/", await PageAsync(), StringComparison.Ordinal);
        using var gone = await town.Hub.Anybody.GetAsync(address, Now);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Only_a_png_or_jpeg_of_fair_size_with_a_german_text_is_kept()
    {
        var good = Picture(SKEncodedImageFormat.Png, 64, 64);
        Assert.Equal("logo-wrong", await SaveAsync(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), Alt));
        Assert.Equal("logo-wrong", await SaveAsync(good[..20], Alt));
        Assert.Equal("logo-wrong", await SaveAsync(Picture(SKEncodedImageFormat.Webp, 64, 64), Alt));
        Assert.Equal("logo-wrong", await SaveAsync(Picture(SKEncodedImageFormat.Png, 2049, 64), Alt));
        Assert.Equal("logo-wrong", await SaveAsync(Picture(SKEncodedImageFormat.Png, 8, 64), Alt));
        Assert.Equal("logo-wrong", await SaveAsync([.. good, .. new byte[1024 * 1024]], Alt));
        Assert.Equal("logo-unnamed", await SaveAsync(good, new() { ["de"] = " ", ["en"] = "Arms" }));
        Assert.Equal("draft-too-long", await SaveAsync(good, new() { ["de"] = new('x', TownLogo.LongestAlt + 1) }));
        Assert.Null(await SaveAsync(good, Alt));
        var draft = (await DeskAsync())["known"]!["draft"]!;
        await SaveAsync(Convert.FromBase64String((string)draft["settings"]!["logo"]!["picture"]!), Alt);
        Assert.Equal((int)draft["revision"]!, (int)(await DeskAsync())["known"]!["draft"]!["revision"]!); // The same is not kept again.
    }

    [Fact]
    public async Task A_logo_in_white_letters_gets_a_dark_ground_and_a_coloured_one_stays_as_it_is()
    {
        Assert.Equal((224, "#ff131525"), await CornerAsync(SKColors.White));
        Assert.Equal((204, "#00000000"), await CornerAsync(SKColors.Orange));

        async Task<(int Width, string Corner)> CornerAsync(SKColor ink)
        {
            Assert.Null(await SaveAsync(Picture(SKEncodedImageFormat.Png, 200, 100, ink, rim: 2), Alt));
            using var kept = SKBitmap.Decode(Convert.FromBase64String(
                (string)(await DeskAsync())["known"]!["draft"]!["settings"]!["logo"]!["picture"]!));
            return (kept.Width, kept.GetPixel(0, 0).ToString());
        }
    }

    private static byte[] Picture(SKEncodedImageFormat format, int width, int height, SKColor? ink = null, int rim = 0)
    {
        using var picture = new SKBitmap(width + (2 * rim), height + (2 * rim));
        picture.Erase(SKColors.Transparent);
        picture.Erase(ink ?? SKColors.SteelBlue, new(rim, rim, rim + width, rim + height));
        using var data = picture.Encode(format, 90);
        return data.ToArray();
    }

    private Task<string> PageAsync() => town.Hub.Anybody.GetStringAsync(new Uri("/", UriKind.Relative), Now);

    private async Task<JsonNode> DeskAsync() =>
        JsonNode.Parse(await town.Anna.GetStringAsync(new Uri($"{Settings}/", UriKind.Relative), Now))!;

    /// <summary>The reason of the refusal; null: it was kept.</summary>
    private async Task<string?> SaveAsync(byte[] picture, Texts alt)
    {
        var known = (await DeskAsync())["known"]!;
        var settings = TownSettings.Usual with { Logo = new(Convert.ToBase64String(picture), alt) };
        using var answer = await town.Anna.PutAsJsonAsync($"{Settings}/draft",
            new { settings, basedOn = (int)known["edition"]!, seen = (int?)known["draft"]?["revision"] ?? 0 }, Now);
        return answer.IsSuccessStatusCode ? null : (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!["reason"];
    }

    /// <summary>The number of the edition.</summary>
    private async Task<int> PublishAsync()
    {
        using var answer = await town.Anna.PostAsJsonAsync($"{Settings}/draft/publish",
            new { seen = (int)(await DeskAsync())["known"]!["draft"]!["revision"]! }, Now);
        return (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Now))!["known"]!["edition"]!;
    }

    [GeneratedRegex("/logo/alsdorf/[0-9a-f]{16}\\.png")]
    private static partial Regex Address();

    public sealed class Town : IAsyncLifetime
    {
        internal InnerHub Hub { get; private set; } = null!;

        internal HttpClient Anna { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Hub = await TestHub.StartAsync();
            Anna = await (await Hub.HireAsync("alsdorf", "anna", ("administrator", "alsdorf"))).BrowserAsync(Hub);
        }

        public async ValueTask DisposeAsync()
        {
            Anna.Dispose();
            await Hub.DisposeAsync();
        }
    }
}
