using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Aufruf.Edge.Simulator;

public enum PrinterFault { NearEnd, PaperOut, CoverOpen, CutterError, Slow, LinkLost, PowerOff }

/// <summary>An emulated ESC/POS printer in the network: it prints pictures, answers as a real one, and fails on demand.</summary>
/// <remarks>It listens on 127.0.0.1 only, to one connection at a time as real ones do. The buffer outlives a connection, not a loss of
/// power.</remarks>
public sealed class EscPosEmulator : BackgroundService
{
    /// <summary>The tray holds the last 20 slips.</summary>
    public const int Tray = 20;

    // A real receive buffer has 4 to 64 kB; TCP stops the sender when it is full.
    private const int BufferedCommands = 4096;

    private readonly TcpListener _listener;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly HashSet<PrinterFault> _faults = [];
    private readonly Channel<EscPosToken> _buffer = Channel.CreateBounded<EscPosToken>(BufferedCommands);
    private readonly EscPosPage _page;
    private readonly List<PrintedSlip> _slips = [];
    private TcpClient? _line;
    private bool _isAutomatic;
    private int _bytesUntilLost = -1;

    /// <param name="dots">Width of its paper: 576 for 80 mm, 384 for 58 mm.</param>
    public EscPosEmulator(int port, TimeProvider time, int dots = 576)
    {
        _page = new(dots);
        _time = time;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The slips in the tray, newest first.</summary>
    public IReadOnlyList<PrintedSlip> Slips
    {
        get
        {
            lock (_lock)
            {
                return [.. Enumerable.Reverse(_slips)];
            }
        }
    }

    public bool Has(PrinterFault fault)
    {
        lock (_lock)
        {
            return _faults.Contains(fault);
        }
    }

    /// <summary>Switches a fault on or off.</summary>
    public void Set(PrinterFault fault, bool on)
    {
        lock (_lock)
        {
            _ = on ? _faults.Add(fault) : _faults.Remove(fault);
            if (on && fault is PrinterFault.LinkLost or PrinterFault.PowerOff)
            {
                _line?.Dispose();
            }

            if (on && fault is PrinterFault.PowerOff)
            {
                _page.Clear();
                while (_buffer.Reader.TryRead(out _))
                {
                }
            }
        }

        SendAutomaticStatus();
    }

    /// <summary>Pulls the plug in the middle of a job, once: after so many more bytes.</summary>
    public void LoseLinkAfter(int bytes) => _bytesUntilLost = bytes;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var printing = PrintAsync(stoppingToken);
        try
        {
            while (true)
            {
                using var line = await _listener.AcceptTcpClientAsync(stoppingToken);
                if (!Has(PrinterFault.LinkLost) && !Has(PrinterFault.PowerOff))
                {
                    lock (_lock)
                    {
                        (_line, _isAutomatic) = (line, false);
                    }

                    await ServeAsync(line, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await printing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    private async Task ServeAsync(TcpClient line, CancellationToken stop)
    {
        var tokenizer = new EscPosTokenizer();
        var bytes = new byte[1024];
        try
        {
            while (await line.GetStream().ReadAsync(bytes, stop) is var read and > 0)
            {
                var isLost = _bytesUntilLost >= 0 && read >= _bytesUntilLost;
                var got = isLost ? _bytesUntilLost : read;
                _bytesUntilLost = isLost ? -1 : _bytesUntilLost < 0 ? -1 : _bytesUntilLost - read;
                foreach (var token in tokenizer.Feed(bytes.AsSpan(0, got)))
                {
                    if (token.IsRealTime)
                    {
                        AnswerRealTime(token);
                    }
                    else
                    {
                        await _buffer.Writer.WriteAsync(token, stop);
                    }
                }

                if (isLost)
                {
                    line.Dispose();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection ended, by either side.
        }
    }

    private async Task PrintAsync(CancellationToken stop)
    {
        await foreach (var token in _buffer.Reader.ReadAllAsync(stop))
        {
            while (IsBlocked)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), _time, stop);
            }

            if (token.Op is EscPosOp.LineFeed or EscPosOp.Cut && Has(PrinterFault.Slow))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(400), _time, stop);
            }

            if (!Has(PrinterFault.PowerOff))
            {
                Work(token);
            }
        }
    }

    private void Work(EscPosToken token)
    {
        switch (token.Op)
        {
            case EscPosOp.AutomaticStatus:
                _isAutomatic = token.Data[0] != 0;
                SendAutomaticStatus();
                break;
            case EscPosOp.AskPaper:
                Send(Status.Paper(Has));
                break;
            case EscPosOp.ProcessId when token.Data is [0x30, 0x30, .. { Length: 4 } id]:
                Send([0x37, 0x22, .. id, 0x00]);
                break;
            default:
                if (_page.Take(token) is { } slip)
                {
                    lock (_lock)
                    {
                        _slips.Add(slip);
                        _slips.RemoveRange(0, Math.Max(0, _slips.Count - Tray));
                    }
                }

                break;
        }
    }

    private bool IsBlocked => Has(PrinterFault.PaperOut) || Has(PrinterFault.CoverOpen) || Has(PrinterFault.CutterError);

    private void AnswerRealTime(EscPosToken token)
    {
        if (token.Op is EscPosOp.AskStatus)
        {
            Send(Status.RealTime(token.Data[0], Has));
        }
        else if (Has(PrinterFault.CutterError))
        {
            Set(PrinterFault.CutterError, false);
        }
    }

    private void SendAutomaticStatus()
    {
        if (_isAutomatic)
        {
            Send(Status.Automatic(Has));
        }
    }

    private void Send(byte[] bytes)
    {
        lock (_lock)
        {
            try
            {
                _line?.GetStream().Write(bytes);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                _line = null; // the connection is gone
            }
        }
    }

    /// <summary>Status bytes as Epson documents them for DLE EOT, GS a and GS r.</summary>
    private static class Status
    {
        public static byte[] RealTime(byte question, Func<PrinterFault, bool> has) => [(byte)(0x12 | question switch
        {
            1 => Offline(has) ? 0x08 : 0,
            2 => (has(PrinterFault.CoverOpen) ? 0x04 : 0) | (has(PrinterFault.PaperOut) ? 0x20 : 0)
                | (has(PrinterFault.CutterError) ? 0x40 : 0),
            3 => has(PrinterFault.CutterError) ? 0x08 : 0,
            4 => (has(PrinterFault.NearEnd) ? 0x0C : 0) | (has(PrinterFault.PaperOut) ? 0x60 : 0),
            _ => 0,
        })];

        public static byte[] Automatic(Func<PrinterFault, bool> has) =>
        [
            (byte)(0x10 | (Offline(has) ? 0x08 : 0) | (has(PrinterFault.CoverOpen) ? 0x20 : 0)),
            (byte)(has(PrinterFault.CutterError) ? 0x08 : 0),
            Paper(has)[0],
            0,
        ];

        public static byte[] Paper(Func<PrinterFault, bool> has) =>
            [(byte)((has(PrinterFault.NearEnd) ? 0x03 : 0) | (has(PrinterFault.PaperOut) ? 0x0C : 0))];

        private static bool Offline(Func<PrinterFault, bool> has) =>
            has(PrinterFault.CoverOpen) || has(PrinterFault.PaperOut) || has(PrinterFault.CutterError);
    }
}
