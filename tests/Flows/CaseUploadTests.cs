using System.Net;
using System.Text;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Hub.Cases;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using static Aufruf.Contracts.CaseDeedKind;

namespace Aufruf.Tests.Flows;

/// <summary>Files in an application: judged by their content, looked at by the scanner, sealed, and opened by staff.</summary>
[Trait("Needs", "process")]
public sealed class CaseUploadTests(CaseHands hands) : IClassFixture<CaseHands>
{
    [Fact]
    public async Task A_proof_is_uploaded_replaced_and_removed_and_staff_save_it_beside_the_answers()
    {
        var code = await hands.FillInAsync(("relief", "guide"));
        using var citizen = new CitizenBrowser(hands.Hub.Address);
        await citizen.GoAsync($"/case/{code}/form/relief");
        Assert.Contains("PDF, JPEG", citizen.Page, StringComparison.Ordinal);
        var page = citizen.Page;
        await RefusedAsync("proof.heic", SampleFiles.Heic, "als JPEG");
        await RefusedAsync("proof.jpg", SampleFiles.HalfOf(SampleFiles.Jpeg), "nicht vollständig");
        await RefusedAsync("proof.pdf", SampleFiles.Png, "PDF oder JPEG");
        await RefusedAsync("proof.pdf", SampleFiles.PdfWith("groß", 11 * 1024 * 1024), "zu groß");
        await RefusedAsync("proof.pdf", SampleFiles.PdfWith(FakeClamd.Eicar), "Virenscanner");
        citizen.Show(page);
        await citizen.UploadAsync("proof", "proof.pdf", new byte[17 * 1024 * 1024], Typed);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, citizen.Status);

        // The name says JPEG, the content is a PDF. The same press twice keeps one file.
        var first = SampleFiles.PdfWith("Erster Nachweis");
        citizen.Show(page);
        await citizen.UploadAsync("proof", @"C:\Fotos\Nachweis.jpg", first, Typed);
        Assert.EndsWith("/check", citizen.At, StringComparison.Ordinal);
        citizen.Show(page);
        await citizen.UploadAsync("proof", @"C:\Fotos\Nachweis.jpg", first, Typed);
        Assert.Contains("Nachweis.pdf (1 KiB)", citizen.Page, StringComparison.Ordinal);
        await citizen.GoAsync($"/case/{code}/form/relief");
        await citizen.UploadAsync("proof", "Foto.jpg", SampleFiles.Jpeg, Typed);
        await citizen.GoAsync($"/case/{code}/form/relief");
        await citizen.SubmitAsync([.. Typed, ("_remove", "proof")]);
        Assert.Equal(HttpStatusCode.BadRequest, citizen.Status); // It is needed.
        var second = SampleFiles.PdfWith("Zweiter Nachweis");
        await citizen.UploadAsync("proof", "Nachweis.pdf", second, Typed);
        Assert.EndsWith("/check", citizen.At, StringComparison.Ordinal);
        await citizen.SubmitAsync();
        Assert.Contains("data-state=\"received\"", citizen.Page, StringComparison.Ordinal);
        var number = (await hands.Citizens.ViewAsync("alsdorf", code))!.Number!;

        using var anna = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
        await hands.Hub.UntilAsync(async () => await hands.Staff.FindAsync("alsdorf", number, "anna") is not null, "The case is known");
        Assert.Contains($"/cases/{number}/files/proof", await anna.ReadAsync($"/staff/alsdorf/cases/{number}"), StringComparison.Ordinal);
        using var saved = await anna.GetAsync($"/staff/alsdorf/cases/{number}/files/proof");
        Assert.Equal(second, await saved.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", saved.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", saved.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await anna.ReadAsync($"/staff/alsdorf/cases/{number}/files/call", HttpStatusCode.NotFound);
        var today = TestHub.DayOf(hands.Hub.Clock.GetUtcNow());
        var noted = await hands.Hub.Services.GetRequiredService<IAccessBook>().SearchAsync("alsdorf",
            new(today.AddDays(-1), today, "anna", "case", 20), TestContext.Current.CancellationToken);
        Assert.Contains(noted.Rows, row => row.Subject == $"{number} proof");
        Assert.Null((await hands.Staff.OpenFileAsync("alsdorf", number, "dora", "proof")).File);

        // Asked for more, the citizen replaces the file; until it is sent, the case has the old one.
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Bitte einen neueren Nachweis.")));
        await citizen.GoAsync($"/case/{code}/form/relief?check=yes");
        Assert.Contains("Nachweis.pdf", citizen.Page, StringComparison.Ordinal);
        var third = SampleFiles.PdfWith("Dritter Nachweis");
        await citizen.UploadAsync("proof", "Neu.pdf", third, Typed);
        Assert.Equal(second, (await hands.Staff.OpenFileAsync("alsdorf", number, "anna", "proof")).File!.Content);
        await citizen.SubmitAsync();
        Assert.Equal(third, (await hands.Staff.OpenFileAsync("alsdorf", number, "anna", "proof")).File!.Content);
        Assert.Null(await hands.DoAsync(number, "anna", new(AskForMore, Reason: "Noch etwas?")));
        await citizen.GoAsync($"/case/{code}/check");
        await citizen.SubmitAsync(); // Sent unchanged, the file stays.
        Assert.Equal(third, (await hands.Staff.OpenFileAsync("alsdorf", number, "anna", "proof")).File!.Content);

        Assert.DoesNotContain("Nachweis", hands.Hub.Words, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(hands.Hub.Data, "vault*", SearchOption.AllDirectories))
        {
            await using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var whole = new MemoryStream();
            await bytes.CopyToAsync(whole, TestContext.Current.CancellationToken);
            Assert.True(whole.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes("Dritter Nachweis")) < 0, file);
        }

        async Task RefusedAsync(string name, byte[] content, string sentence)
        {
            citizen.Show(page);
            await citizen.UploadAsync("proof", name, content, Typed);
            Assert.Equal(HttpStatusCode.BadRequest, citizen.Status);
            Assert.Contains(sentence, WebUtility.HtmlDecode(citizen.Page), StringComparison.Ordinal);
            Assert.Contains("href=\"#proof\"", citizen.Page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_waits_for_the_scanner_and_is_opened_after_its_word_alone()
    {
        hands.Scanner.Stop();
        var (good, bad) = (await SendWithAsync(SampleFiles.Pdf), await SendWithAsync(SampleFiles.PdfWith(FakeClamd.Eicar)));
        Assert.Equal(Refusal.FileWaits, (await hands.Staff.OpenFileAsync("alsdorf", good, "anna", "proof")).Refusal);
        Assert.Contains("wartet auf den Virenscanner", await ReadAsync(good), StringComparison.Ordinal);
        await hands.Hub.UntilAsync(async () => await IsDueAsync(good) && await IsDueAsync(bad), "The deadlines are set", seconds: 20);
        hands.Scanner.Start();
        hands.Hub.Clock.Skipped += TimeSpan.FromHours(2); // A clock is believed an hour after the first start.
        await hands.Hub.UntilAsync(async () => (await hands.CaseAsync(good)).Scans.Count == 1
            && (await hands.CaseAsync(bad)).Scans.Count == 1,
            "The scanner is asked again", seconds: 40);
        Assert.Equal(SampleFiles.Pdf, (await hands.Staff.OpenFileAsync("alsdorf", good, "anna", "proof")).File!.Content);
        Assert.Equal(Refusal.FileInfected, (await hands.Staff.OpenFileAsync("alsdorf", bad, "anna", "proof")).Refusal);
        Assert.Contains("Virenfund", await ReadAsync(bad), StringComparison.Ordinal);

        async Task<bool> IsDueAsync(string number)
        {
            var due = hands.Hub.Clock.GetUtcNow() + TimeSpan.FromMinutes(10); // Perhaps after midnight.
            var wheels = new[] { due, due - TimeSpan.FromMinutes(2) }.Select(at => hands.Hub.Services.GetRequiredService<IGrainFactory>()
                .GetGrain<IWheelGrain>(Wheel.StreamOf("alsdorf", at)).View());
            return (await Task.WhenAll(wheels)).Any(wheel => wheel.Open.ContainsKey($"{FileScans.Kind}/alsdorf.{number}"));
        }

        async Task<string> ReadAsync(string number)
        {
            using var anna = await StaffBrowser.SignInAsync(hands.Hub, hands.Anna);
            return await anna.ReadAsync($"/staff/alsdorf/cases/{number}?lang=de");
        }
    }

    [Fact]
    public async Task No_text_of_a_form_is_a_file_and_a_field_of_another_type_takes_none()
    {
        var code = await hands.FillInAsync(("relief", "guide"), ("proof", $"{new string('a', 64)};17;application/pdf;forged.pdf"));
        Assert.False((await hands.Citizens.FormAsync("alsdorf", code))!.IsComplete);
        Assert.Equal(Refusal.FileUnsupported, (await hands.Citizens.AttachAsync("alsdorf", code,
            new("relief", "call", "a.pdf", SampleFiles.Pdf), CaseHands.New())).Refusal);
        Assert.Null((await hands.Citizens.AttachAsync("alsdorf", code, new("relief", "proof", "a.pdf", SampleFiles.Pdf), CaseHands.New()))
            .Refusal);
        await hands.Citizens.DiscardAsync("alsdorf", code, CaseHands.New());
        Assert.Equal(Refusal.ApplicationGone, (await hands.Citizens.AttachAsync("alsdorf", code,
            new("relief", "proof", "a.pdf", SampleFiles.Pdf), CaseHands.New())).Refusal);
    }

    [Fact]
    public async Task A_destroyed_case_leaves_no_file()
    {
        var number = await SendWithAsync(SampleFiles.Pdf);
        var stream = CitizenCase.StreamOf("alsdorf", number);
        await hands.Hub.Services.GetRequiredService<CaseSeals>().DestroyCaseAsync(stream);
        Assert.Equal(Refusal.FileGone, (await hands.Staff.OpenFileAsync("alsdorf", number, "anna", "proof")).Refusal);
    }

    private static readonly (string, string)[] Typed = [("relief", "guide"), ("debit", "false"), ("_do", "next")];

    private async Task<string> SendWithAsync(byte[] content)
    {
        var code = await hands.FillInAsync(("relief", "guide"));
        var answer = await hands.Citizens.AttachAsync("alsdorf", code, new("relief", "proof", "Nachweis.pdf", content), CaseHands.New());
        Assert.Null(answer.Refusal);
        return await hands.SendAsync(code);
    }
}
