using System.Net;
using Aufruf.Contracts;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Aufruf.Edge.Simulator;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Texts;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aufruf.Tests.Flows;

/// <summary>The slip that the administration shows is the slip that comes out.</summary>
public sealed class SlipPreviewTests : IPrinterListener
{
    private const string Preview = $"/api/v1/offices/{TestHub.Office}/slip-preview";

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(80)]
    [InlineData(58)]
    public async Task Each_demo_slip_in_each_language_has_the_pixels_of_the_emulator(int paper)
    {
        await using var hub = await TestHub.StartAsync();
        var previews = hub.Services.GetRequiredService<ISlipPreviews>();
        var (office, _) = previews.OfficeOf(TestHub.Office) ?? throw new InvalidOperationException("The demo office is not there.");
        var profile = PrinterProfile.Load(Repository.PathOf("hardware", "printers",
            paper == 80 ? "epson-tm-t20iii.json" : "generic-58mm.json"));
        using var emulator = new EscPosEmulator(0, TimeProvider.System, profile.Dots);
        await emulator.StartAsync(Now);
        using var end = new CancellationTokenSource();
        var printer = new SlipPrinter(PrinterTarget.Parse($"tcp:127.0.0.1:{emulator.Port}"), profile, this, TimeProvider.System,
            NullLogger.Instance);
        var printing = printer.RunAsync(end.Token);
        await _ready.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);

        var seen = 0;
        foreach (var service in office.Areas.SelectMany(area => area.Services))
        {
            foreach (var language in PortalTexts.OfCitizens.Select(words => words.Language))
            {
                var shown = previews.Of(office, service.Id, language, paper);
                var slip = ((SlipPreviews)previews).SlipOf(office, service.Id, language);
                Assert.NotNull(shown);
                Assert.NotNull(slip);
                _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                printer.Print(Guid.NewGuid(), slip, TimeSpan.FromSeconds(15));
                await _printed.Task.WaitAsync(TimeSpan.FromSeconds(20), Now);
                Assert.True(shown.Png.AsSpan().SequenceEqual(SlipRenderer.Png(emulator.Slips[0])), $"{service.Id}, {language}, {paper} mm");
                seen++;
            }
        }

        Assert.Equal(36, seen);
        await end.CancelAsync();
        await printing;
        await emulator.StopAsync(Now);
    }

    [Fact]
    public async Task The_slip_of_the_draft_is_shown_before_it_is_published()
    {
        await using var hub = await TestHub.StartAsync();
        var before = await PictureAsync(hub, "auskunft");
        var administration = hub.Services.GetRequiredService<IOfficeAdministration>();
        var text = administration.Find(TestHub.Office)?.Text ?? "";
        await administration.SaveAsync(TestHub.Office, text.Replace("Etwas anderes", "Auskunft", StringComparison.Ordinal), 1, 0, "anna");
        Assert.NotEqual(before, await PictureAsync(hub, "auskunft"));
        await administration.SaveAsync(TestHub.Office, "{}", 1, 1, "anna");
        Assert.Equal(before, await PictureAsync(hub, "auskunft"));
    }

    [Theory]
    [InlineData("service=no-such")]
    [InlineData("service=auskunft&paper=70")]
    [InlineData("service=auskunft&paper=-1")]
    public async Task There_is_no_picture_of_a_slip_that_cannot_be_printed(string query)
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.Clerk.GetAsync($"{Preview}?{query}", Now);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    void IPrinterListener.PrinterIs(PrinterCondition condition)
    {
        if (condition is PrinterCondition.Ready)
        {
            _ready.TrySetResult();
        }
    }

    void IPrinterListener.PrintEnded(Guid command, CommandOutcome outcome, string? reason) => _printed.TrySetResult();

    private static async Task<string> PictureAsync(TestHub hub, string service)
    {
        var shown = (await hub.Clerk.GetByteArrayAsync($"{Preview}?service={service}", Now)).AsSpan();
        Assert.Equal(576, shown[18] << 8 | shown[19]);
        return Convert.ToBase64String(shown);
    }
}
