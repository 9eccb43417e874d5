using System.Collections.Concurrent;
using System.Diagnostics;
using Aufruf.Hub.Gateway;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aufruf.Tests.Flows;

public class TracingTests
{
    [Fact]
    public async Task From_press_to_push_is_one_trace_and_Prometheus_hears_of_it()
    {
        var spans = new ConcurrentQueue<(string Name, ActivityTraceId Trace)>();
        var tags = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Aufruf.Hub" or "Microsoft.AspNetCore"
                || source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                spans.Enqueue((span.OperationName, span.TraceId));
                tags.Enqueue(string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")));
            },
        };
        ActivitySource.AddActivityListener(listener);

        // No program listens at this address; the hub traces only when one is named.
        await using var hub = await TestHub.StartAsync(options: "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1");
        var events = hub.Services.GetRequiredService<DeviceEvents>();
        var wanted = """
            {"v":1,"id":"0193a5c2-7b1e-7c33-9d52-0f6f6d1f2a11","seq":1,"boot":"b-1","mono":5,"sent":5,"at":"2026-11-23T09:00:00+01:00",
            "clock":"synced","type":"ticket.wanted","data":{"button":"1","language":"de"}}
            """u8.ToArray();
        ActivityTraceId ours;
        using (var arrival = new Activity("arrival").Start()) // Other hubs run beside this one, with traces of their own.
        {
            ours = arrival.TraceId;
            await events.HandleAsync(TestHub.Office, "printer-1", wanted);
        }

        await hub.UntilAsync(() => Task.FromResult(spans.Contains(("push", ours))), "The push is in the trace of the press");
        Assert.Single(spans, ("press", ours));
        var ticket = (await hub.TakeAsync()).StatusPath;
        using (await hub.Anybody.GetAsync(ticket, TestContext.Current.CancellationToken))
        {
            await hub.UntilAsync(() => Task.FromResult(tags.Any(t => t.Contains("http.route=t/{queue}/{code}", StringComparison.Ordinal))),
                "The request for the ticket's page is traced");
        }

        Assert.DoesNotContain(tags, t => t.Contains(ticket.Split('/')[^1], StringComparison.Ordinal));
        var metrics = await hub.Anybody.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("aufruf_journal_entries_total", metrics, StringComparison.Ordinal);
    }
}
