using System.Collections.Concurrent;
using System.Diagnostics;
using Aufruf.Hub.Running;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

public class TracingTests
{
    [Fact]
    public async Task From_press_to_push_is_one_trace_and_Prometheus_hears_of_it()
    {
        await using var hub = await HubProcess.StartAsync();
        var spans = new ConcurrentQueue<(string Name, ActivityTraceId Trace)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Aufruf.Hub" || source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue((span.OperationName, span.TraceId)),
        };
        ActivitySource.AddActivityListener(listener);

        // The same program, this once inside the test, where its spans can be heard.
        using var folder = new TempFolder();
        await using var inside = Server.Build(
        [
            $"--Hub:Data={folder.File("data")}", $"--Hub:Offices={hub.Offices}", $"--Hub:PairInto={folder.File("edge")}",
            "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", // No program listens there; the hub traces only when an endpoint is named.
            .. HubProcess.FreePorts(4).Zip(["HttpPort", "MqttPort", "SiloPort", "GatewayPort"], (port, name) => $"--Hub:{name}={port}"),
        ]);
        await inside.StartAsync(TestContext.Current.CancellationToken);
        var events = inside.Services.GetRequiredService<Aufruf.Hub.Gateway.DeviceEvents>();
        var wanted = """
            {"v":1,"id":"0193a5c2-7b1e-7c33-9d52-0f6f6d1f2a11","seq":1,"boot":"b-1","mono":5,"sent":5,"at":"2026-11-23T09:00:00+01:00",
            "clock":"synced","type":"ticket.wanted","data":{"button":"1","language":"de"}}
            """u8;
        await events.HandleAsync(HubProcess.Office, "printer-1", wanted.ToArray());
        await inside.StopAsync(TestContext.Current.CancellationToken);

        var press = Assert.Single(spans, s => s.Name == "press");
        Assert.Contains(("push", press.Trace), spans);

        await hub.TakeAsync();
        var metrics = await hub.Anybody.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("aufruf_journal_entries_total", metrics, StringComparison.Ordinal);
    }
}
