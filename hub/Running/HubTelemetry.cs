using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aufruf.Hub.Running;

/// <summary>The traces: press, grain, journal and push are one.</summary>
internal static class HubTrace
{
    public static ActivitySource Source { get; } = new("Aufruf.Hub");
}

/// <summary>The metrics for Prometheus.</summary>
internal static class HubMetrics
{
    public const string Name = "Aufruf.Hub";

    private static readonly Meter Meter = new(Name);

    public static Counter<long> Presses { get; } = Meter.CreateCounter<long>("aufruf.presses", description: "Presses decided, by outcome");
    public static Counter<long> Malformed { get; } =
        Meter.CreateCounter<long>("aufruf.mqtt.malformed", description: "Device messages that were not understood");
    public static Counter<long> Denied { get; } =
        Meter.CreateCounter<long>("aufruf.denied", description: "Messages, connections and requests refused, and screens that failed");

    /// <summary>Shows figures of one hub. They end with its meters, so a stopped hub leaves memory.</summary>
    public static void Observe(IMeterFactory meters, Func<int> screens, Func<int> waiting)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge("aufruf.screens", screens, description: "Connected screens");
        meter.CreateObservableGauge("aufruf.waiting", waiting, description: "Tickets that wait now, all areas");
    }
}

internal static class TelemetrySetup
{
    public static IServiceCollection AddHubTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(HubMetrics.Name, "Aufruf.Journal", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime")
            .AddPrometheusExporter());

        if (IsTraced(configuration))
        {
            telemetry.WithTracing(traces => traces
                .AddSource("Aufruf.Hub", "Microsoft.Orleans.Application")
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = (span, answer) =>
                    // The path may hold a ticket's code.
                    span.SetTag("url.path", (answer.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText))
                .AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Without a collector no traces are made.</summary>
    public static bool IsTraced(IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
}
