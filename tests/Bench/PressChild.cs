using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aufruf.Edge.Protocol;
using MQTTnet;
using MQTTnet.Protocol;

namespace Aufruf.Bench;

/// <summary>64 button boxes in one process: presses "next", QoS 1, at a steady rate or as fast as the hub answers.</summary>
internal static class PressChild
{
    private sealed record Box(string Device, bool IsAnswered, IMqttClient Client)
    {
        public long Seq;
    }

    private static readonly string Boot = "b-bench";

    /// <param name="args">MQTT port, folder with passwords or "-".</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var boxes = new List<Box>();
        foreach (var (device, _, _) in BenchOffice.Boxes)
        {
            var client = new MqttClientFactory().CreateMqttClient();
            var user = $"{BenchOffice.Key}/{device}";
            var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", int.Parse(args[0], CultureInfo.InvariantCulture))
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithClientId(user)
                .WithCredentials(user, args[1] == "-" ? "-" : await File.ReadAllTextAsync(Path.Combine(args[1], device, "password")));
            await client.ConnectAsync(options.Build());
            if (args[1] != "-")
            {
                // As a true box: it hears its answers and its face.
                await client.SubscribeAsync(Topics.Device(BenchOffice.Key, device, "#"), MqttQualityOfServiceLevel.AtLeastOnce);
            }

            boxes.Add(new Box(device, args[1] != "-", client));
        }

        Console.WriteLine("ready");
        await foreach (var line in Orders.ReadAsync())
        {
            switch (line.Split(' '))
            {
                case ["steady", var rate, var count]:
                    await SteadyAsync(boxes, int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
                    break;
                case ["flat-out", var count]:
                    var perBox = int.Parse(count, CultureInfo.InvariantCulture) / boxes.Count;
                    Console.WriteLine($"began {Stopwatch.GetTimestamp()}");
                    await Task.WhenAll(boxes.Select(box => Task.Run(async () =>
                    {
                        for (var i = 0; i < perBox; i++)
                        {
                            await PressAsync(box);
                        }
                    })));
                    Console.WriteLine($"pressed {perBox * boxes.Count}");
                    break;
            }
        }

        return 0;
    }

    /// <summary>One press every 1/rate seconds, box after box; says when each was sent.</summary>
    private static async Task SteadyAsync(List<Box> boxes, int rate, int count)
    {
        var sent = new ConcurrentQueue<(string Device, long Seq, long At)>();
        var running = new List<Task>(count);
        await Task.Factory.StartNew(() => Pace.Run(rate, count, i =>
        {
            var box = boxes[i % boxes.Count];
            sent.Enqueue((box.Device, box.Seq, Stopwatch.GetTimestamp()));
            running.Add(PressAsync(box));
        }), TaskCreationOptions.LongRunning);
        await Task.WhenAll(running);
        await Task.Delay(200);
        Console.WriteLine("sent " + string.Join(' ', sent.Select(s => $"{s.Device}:{s.Seq}:{s.At}")));
    }

    private static async Task PressAsync(Box box)
    {
        var mono = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);
        var happened = new DeviceEvent(1, Guid.CreateVersion7(), ++box.Seq, Boot, mono, mono, TimeProvider.System.GetUtcNow(), ClockState.Synced,
            DeviceEventTypes.ButtonPressed, JsonSerializer.SerializeToElement(new ButtonPressed(Buttons.Next, null), ProtocolJson.Default.ButtonPressed));
        var answer = await box.Client.PublishAsync(new MqttApplicationMessage
        {
            Topic = Topics.Device(BenchOffice.Key, box.Device, Topics.Event),
            PayloadSegment = JsonSerializer.SerializeToUtf8Bytes(happened, ProtocolJson.Default.DeviceEvent),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        });
        if (!answer.IsSuccess && answer.ReasonCode is not MqttClientPublishReasonCode.NoMatchingSubscribers)
        {
            throw new InvalidOperationException($"{box.Device}'s press was refused: {answer.ReasonCode} {answer.ReasonString}");
        }

        if (box.IsAnswered && !answer.UserProperties.Any(p => p.Name == Topics.AnswerProperty
            && JsonSerializer.Deserialize(p.ValueBuffer.Span, ProtocolJson.Default.EventAck) is { Answers: [{ Outcome: EventOutcome.Accepted }] }))
        {
            throw new InvalidOperationException($"{box.Device}'s press was not carried out.");
        }
    }
}
