using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aufruf.Edge;
using Aufruf.Edge.Protocol;
using Microsoft.Extensions.Logging;

namespace Aufruf.Bench;

/// <summary>64 button boxes in one process, each on the link of the real agent. They press "next" at a steady rate, or as fast as the hub
/// answers.</summary>
internal static class PressChild
{
    private sealed class Box : IHubListener
    {
        private readonly ConcurrentQueue<TaskCompletionSource> _unanswered = new();
        private readonly TaskCompletionSource _up = new();
        private readonly MqttLink _link;

        public Box(string device, int port, string data, ILogger log)
        {
            Device = device;
            _link = new MqttLink(
                new() { Device = device, Office = BenchOffice.Key, PinMapFile = "", Hubs = [("127.0.0.1", port)], Data = data },
                this, TimeProvider.System, log);
        }

        public string Device { get; }
        public long Seq { get; private set; }

        public Task ConnectAsync()
        {
            _ = _link.RunAsync(CancellationToken.None);
            return _up.Task;
        }

        /// <summary>Completed when the hub has accepted the press.</summary>
        public Task PressAsync()
        {
            var mono = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _unanswered.Enqueue(answered);
            _link.Send(new DeviceEvent(1, Guid.CreateVersion7(), ++Seq, "b-bench", mono, mono, TimeProvider.System.GetUtcNow(),
                ClockState.Synced, DeviceEventTypes.ButtonPressed,
                JsonSerializer.SerializeToElement(new ButtonPressed(Buttons.Next, null), ProtocolJson.Default.ButtonPressed)));
            return answered.Task;
        }

        void IHubListener.LinkUp() => _up.TrySetResult();

        void IHubListener.LinkDown()
        {
            while (_unanswered.TryDequeue(out var press))
            {
                press.SetException(new InvalidOperationException($"{Device} has lost its connection."));
            }
        }

        // The link sends one event after the other: answers come in the order of the presses.
        void IHubListener.Acked(EventAck ack)
        {
            foreach (var answer in ack.Answers)
            {
                if (_unanswered.TryDequeue(out var press) && answer.Outcome is EventOutcome.Accepted)
                {
                    press.SetResult();
                }
                else
                {
                    press?.SetException(new InvalidOperationException($"{Device}'s press was not carried out: {answer}"));
                }
            }
        }

        void IHubListener.Commanded(DeviceCommand command) { }
        void IHubListener.Faced(Face face) { }
        void IHubListener.Heard(TimeBeacon beacon) { }
        void IHubListener.ResultDelivered(Guid command) { }
    }

    /// <param name="args">MQTT ports, which the boxes take in turn, with commas between; folder with the passwords.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        using var logs = LoggerFactory.Create(log => log.SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var ports = args[0].Split(',');
        var boxes = BenchOffice.Boxes.Select((box, n) => new Box(box.Device,
            int.Parse(ports[n % ports.Length], CultureInfo.InvariantCulture),
            Path.Combine(args[1], box.Device), logs.CreateLogger("press"))).ToList();
        await Task.WhenAll(boxes.Select(box => box.ConnectAsync()));
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
                            await box.PressAsync();
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
            running.Add(box.PressAsync());
        }), TaskCreationOptions.LongRunning);
        await Task.WhenAll(running);
        await Task.Delay(200);
        Console.WriteLine("sent " + string.Join(' ', sent.Select(s => $"{s.Device}:{s.Seq}:{s.At}")));
    }
}
