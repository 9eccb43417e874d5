using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Tests.Flows;
using static Aufruf.Tests.Flows.PaperTown;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>A clerk prints and posts the letters of a day, and the citizen fetches the notice. The pages have no script.</summary>
public sealed class DispatchPageTests(Chromium chromium, PaperTown town) : IClassFixture<PaperTown>
{
    [Fact]
    public async Task A_clerk_previews_a_letter_prints_the_batch_posts_it_and_takes_one_back()
    {
        var (code, number) = await town.ApplyAsync("dog-registration");
        await town.Hub.UntilAsync(async () => await town.Staff.FindAsync(Town, number, "anna") is not null, "The case is known");
        await using var window = await chromium.OpenAsync(1280, 900);
        await window.EnterAsync(town.Hub, $"/staff/{Town}/dispatch?lang=de", person: new(Town, "anna"));
        await window.SeesAsync("#nothing");
        await window.HasNoBarrierAsync("no letters");
        await window.GoAsync(town.Hub.Address, $"/staff/{Town}/cases/{number}?lang=de");
        await window.SaysAsync("#papers", "Vorschau: Bescheid über die Hundesteuer, bei Bewilligung");
        await window.At("button[value=begin]").ClickAsync();
        await window.At("button[value=grant]").ClickAsync();
        await window.SeesAsync("[data-state=decided]");
        await town.UntilAsync(number, LetterState.Queued);
        var (_, failed) = await town.DecideAsync(CaseDeedKind.Grant, other: ("call", "Bello 😀"));

        await window.GoAsync(town.Hub.Address, $"/staff/{Town}/cases/{failed}?lang=de");
        await window.SaysAsync("main", "Die Schrift der Briefe hat ein Zeichen nicht");
        await window.HasNoBarrierAsync("a letter that cannot be written");
        await window.GoAsync(town.Hub.Address, $"/staff/{Town}/cases/{number}?lang=de");
        await window.SaysAsync("#papers", "zu drucken");
        await window.PictureAsync("case-documents");
        await window.HasNoBarrierAsync("case with documents");
        await window.At("#papers a", "Versandliste").ClickAsync();
        await window.HasNoBarrierAsync("to be printed");
        await window.At("#print button").ClickAsync();
        await window.SeesAsync("#post-1");
        await window.HasNoBarrierAsync("printed");
        await window.PictureAsync("dispatch-printed");
        await KeepAsync((await town.Dispatch.OpenAsync(Town, town.Today, 1))!.File.Content);
        await window.At("#on-1").FillAsync($"{town.Today:yyyy-MM-dd}");
        await window.At("#post-1 button").ClickAsync();
        await window.SeesAsync("tr[data-state=posted]");
        await town.UntilAsync(number, CaseState.Dispatched);
        await window.At("#letters summary").ClickAsync();
        await window.At("#letters input[name=reason]").FillAsync("Empfänger unbekannt verzogen");
        await window.PictureAsync("dispatch-posted");
        await window.FitsANarrowScreenAsync();
        await window.NoPartMovesSidewaysAsync();
        await window.At("#letters button[value=back]").ClickAsync();
        await window.SeesAsync("tr[data-state=cameback]");
        await town.UntilAsync(number, CaseState.Decided);
        await window.HasNoBarrierAsync("came back");
        await window.At("nav a", "Versandliste").ClickAsync();
        await window.SeesAsync("#lists");
        await window.HasNoBarrierAsync("lists");

        await using var phone = await chromium.OpenAsync(390, 844);
        await phone.GoAsync(town.Hub.Address, $"/case/{code}?lang=de");
        await phone.SaysAsync("#documents", "Bescheid über die Hundesteuer (PDF)");
        await phone.HasNoBarrierAsync("my documents");
        await phone.PictureAsync("my-documents");
        await phone.FitsANarrowScreenAsync();
    }

    /// <summary>Keeps the batch beside the pictures.</summary>
    private static async Task KeepAsync(byte[] batch)
    {
        if (Environment.GetEnvironmentVariable("AUFRUF_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "dispatch-batch.pdf"), batch, TestContext.Current.CancellationToken);
        }
    }
}
