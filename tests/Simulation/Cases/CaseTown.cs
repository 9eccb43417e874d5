using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Simulation.Clockwork;
using Aufruf.Simulation.Hub;

namespace Aufruf.Simulation.Cases;

/// <summary>A town's cases over some months, with everything in it: two hubs, one journal, citizens, clerks and a provider.</summary>
internal sealed class CaseTown : Stage, IDisposable
{
    public const string Authority = "alsdorf";

    private readonly string _folder = Directory.CreateTempSubdirectory("aufruf-cases-").FullName;

    public CaseTown(ulong seed, Sabotage sabotage = Sabotage.None, TextWriter? verbose = null)
        : base(seed, chance => new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero).AddHours(chance.Below(24 * 60)), sabotage, verbose)
    {
        KeyFile = Path.Combine(_folder, "vault.key");
        SecretFile.Make(KeyFile);
        Checkpoints = new(this);
        Leases = new(this);
        Provider = new(this);
        Keys = new(this);
        Truth = new(this);
        Staff = new(this);
        Machines = [new(this, "hub 1"), new(this, "hub 2")];
    }

    public string KeyFile { get; }
    public SimulatedCheckpoints Checkpoints { get; }
    public SimulatedLeases Leases { get; }
    public LyingProvider Provider { get; }
    public TownKeys Keys { get; }
    public Contents Contents { get; } = new();
    public CaseTruth Truth { get; }
    public CaseStaff Staff { get; }
    public IReadOnlyList<CaseMachine> Machines { get; }

    /// <summary>Where each grain lives.</summary>
    public Dictionary<string, CaseHub> Homes { get; } = [];

    /// <summary>People begin nothing new any more.</summary>
    public bool IsOver { get; set; }

    public IEnumerable<CaseHub> Up => Machines.Select(machine => machine.Now).OfType<CaseHub>();

    public RequestId NewRequest() => new(Chance.NewGuid());

    /// <summary>Asks a hub, and another one until one has answered. Each time it is the same request.</summary>
    public async Task<T> AskAsync<T>(Func<CaseHub, Task<T>> ask)
    {
        while (true)
        {
            if (Up.ToArray() is { Length: > 0 } up)
            {
                var hub = Chance.Of(up);
                try
                {
                    var answer = ask(hub);
                    if (await Task.WhenAny(answer, hub.Gone) == answer)
                    {
                        return await answer;
                    }
                }
                catch (Exception error) when (IsExpected(error))
                {
                    // Whether it was done is unknown, so the same request is sent again.
                }
            }

            await Scheduler.PauseAsync(Pause(0.5, 5));
        }
    }

    /// <summary>As people see it: the page says that the hub cannot be reached.</summary>
    public static bool IsExpected(Exception error) => error is JournalUnavailableException or VersionConflictException
        or System.Data.Common.DbException or HubGoneException;

    public void Dispose()
    {
        foreach (var hub in Up.ToArray())
        {
            hub.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    protected override void Written(JournalEntry stored) => Truth.Written(stored);
}

/// <summary>The hub that a call went to has died.</summary>
internal sealed class HubGoneException(string hub) : Exception($"{hub} does not answer.");

/// <summary>A computer that a hub runs on. Its clock is a little off, as every clock is.</summary>
internal sealed class CaseMachine(CaseTown town, string name)
{
    public string Name => name;

    public SteppingClock Clock { get; } = new(town.Clock) { Off = town.Pause(-4, 4) };

    /// <summary>The states that the next run of the hub reads, by their kind.</summary>
    public Dictionary<Type, object> Snapshots { get; } = [];

    /// <summary>The run that is on; null while there is none.</summary>
    public CaseHub? Now { get; private set; }

    public void Start() => town.Scheduler.Start($"The machine of {name}", StartAsync);

    public void Crash()
    {
        if (Now is { } hub)
        {
            Now = null;
            hub.Dispose();
            town.Log($"{name}: dead");
            Start();
        }
    }

    private async Task StartAsync()
    {
        while (true)
        {
            await town.Scheduler.PauseAsync(town.Pause(0.5, 8));
            var hub = new CaseHub(town, this);
            try
            {
                await hub.StartAsync();
                Now = hub;
                town.Log($"{name}: up");
                return;
            }
            catch (Exception error) when (CaseTown.IsExpected(error))
            {
                hub.Dispose();
            }
        }
    }
}

/// <summary>The keys of all hubs. When one is destroyed, every hub hears it.</summary>
internal sealed class TownKeys(CaseTown town) : IVaultKeys
{
    private readonly MemoryVaultKeys _keys = new();

    public HashSet<Subject> Destroyed { get; } = [];

    public Task<VaultKey?> FindAsync(Subject subject) => _keys.FindAsync(subject);

    public Task<VaultKey?> FindOrMakeAsync(Subject subject, DateTimeOffset? until) =>
        Destroyed.Contains(subject) ? Task.FromResult<VaultKey?>(null) : _keys.FindOrMakeAsync(subject, until);

    public async Task DestroyAsync(Subject subject)
    {
        Destroyed.Add(subject);
        await _keys.DestroyAsync(subject);
        foreach (var hub in town.Up)
        {
            hub.Vault.Forget(subject);
        }
    }

    public Task DestroyDueAsync(DateTimeOffset now) => _keys.DestroyDueAsync(now);
}

/// <summary>Files and documents, sealed.</summary>
internal sealed class Contents : IVaultContents
{
    private readonly Dictionary<(Subject, string), byte[]> _all = [];

    public Task KeepAsync(Subject subject, string hash, byte[] content)
    {
        _all.TryAdd((subject, hash), content);
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadAsync(Subject subject, string hash) => Task.FromResult(_all.GetValueOrDefault((subject, hash)));

    public Task DeleteAsync(Subject subject, string hash)
    {
        _all.Remove((subject, hash));
        return Task.CompletedTask;
    }
}
