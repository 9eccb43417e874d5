using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aufruf.Contracts;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Identity;
using Aufruf.Grains;
using Aufruf.Grains.Journal;
using Aufruf.Hub.Appointments;

namespace Aufruf.Hub.Running;

/// <summary>"person": writes all that is kept about one person, for a request by GDPR articles 15 and 20.</summary>
/// <remarks>The log of access says so.</remarks>
internal sealed class PersonCommand(IConfiguration configuration, TimeProvider clock)
{
    private const string Usage = """
        Usage: person --contact ADDRESS --authority alsdorf [--to FILE]
        ADDRESS is the mail address or the phone number that was entered. Check first that the person who asks is the one who has it.
        """;

    private static readonly JsonSerializerOptions Readable = new(Domain.DomainJson.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // A person reads it.
    };

    /// <returns>0; 1: nothing is kept; 2: the command cannot be carried out.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider clock, TextWriter output)
    {
        var configuration = CommandSettings.Read(args);
        if (configuration["contact"] is not { Length: > 0 } contact || configuration["authority"] is not { Length: > 0 } authority)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            var kept = await new PersonCommand(configuration, clock).GatherAsync(authority, contact);
            var text = JsonSerializer.Serialize(kept, Readable);
            if (configuration["to"] is { Length: > 0 } file)
            {
                PrivateFiles.ForThisProcess();
                await File.WriteAllTextAsync(file, text + "\n");
                await output.WriteLineAsync(
                    $"{kept.Appointments.Count} appointments, {kept.Wishes.Count} wishes and {kept.Invitations.Count} invitations are in "
                    + $"{file}. Delete it in the end.");
            }
            else
            {
                await output.WriteLineAsync(text);
            }

            return kept.Appointments.Count + kept.Wishes.Count + kept.Invitations.Count > 0 ? 0 : 1;
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException or InvalidDataException
            or JournalUnavailableException)
        {
            await output.WriteLineAsync(error.Message);
            return 2;
        }
    }

    /// <summary>The person stands in the log as the keyed hash that the journal has already.</summary>
    private async Task NoteAsync(IJournal journal, string authority, string contact)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await Journaled.Of<AccessLog, AccessLogCommand, AccessLogEvent>(
            AccessLog.StreamOf(authority, day), journal, new NoAnnouncement(), clock).Handle(new(Guid.CreateVersion7()),
            new AccessLogCommand.Note([new(CommandSettings.By, null, AccessKind.Person, contact, AccessWay.Command)]));
    }

    private sealed class NoAnnouncement : IAnnouncer<AccessLog, AccessLogEvent>
    {
        public void Announce(string stream, long version, AccessLog state, IReadOnlyList<AccessLogEvent>? happened)
        {
            // The hub reads the journal itself.
        }
    }

    private async Task<KeptAboutPerson> GatherAsync(string authority, string contact)
    {
        var data = CommandSettings.Data(configuration);
        var hash = new AppointmentSecrets(CommandSettings.VaultKeyIn(data)).ContactOf(authority, contact);
        var vault = new Vault(CommandSettings.VaultKeys(configuration.GetConnectionString("Aufruf"), data));
        await using var journal = await CommandSettings.OpenJournalAsync(configuration, readOnly: false);
        await NoteAsync(journal, authority, hash);
        var (appointments, wishes) = (new List<KeptAppointment>(), new List<KeptWish>());
        await foreach (var stream in journal.StreamsAsync(CalendarWeekKey.StreamKind, CancellationToken.None))
        {
            if (CalendarWeekKey.TryParseStream(stream, out var key) && key.Value.Authority == authority)
            {
                var week = await FoldAsync<CalendarWeek, CalendarEvent>(stream, CalendarWeek.Empty, (state, e) => state.Apply(e));
                foreach (var found in week.Appointments.Values.Where(a => a.Contact == hash).OrderBy(a => a.From))
                {
                    appointments.Add(new(key.Value.Calendar, found.Office, found.From, found.Minutes, found.Services, found.Kind,
                        found.State,
                        found.Language, await Bookings.CitizenOfAsync(vault, found)));
                }
            }
        }

        var all = await FoldAsync<Wishes, WishEvent>(Wishes.StreamOf(authority), Wishes.Empty, (state, e) => state.Apply(e));
        foreach (var wish in all.All.Values.Where(wish => wish.Contact == hash).OrderBy(wish => wish.Place))
        {
            wishes.Add(new(wish.Services, wish.Offices, wish.Windows, wish.NotBefore, wish.NotAfter, wish.State, wish.Language,
                wish.KeptUntil, await new WishCitizens(vault).OpenAsync(wish)));
        }

        var invitations = new List<KeptInvitation>();
        var placed = await FoldAsync<Invitations, InvitationEvent>(
            Invitations.StreamOf(authority), Invitations.Empty, (state, e) => state.Apply(e));
        foreach (var found in placed.All.Values.Where(found => found.Contact == hash).OrderBy(found => found.Place))
        {
            invitations.Add(new(await PlacedInvitations.ReferenceOfAsync(vault, found), found.Services, found.Slot.Office, found.Slot.From,
                found.NotBefore, found.NotAfter, found.State, found.Language, await PlacedInvitations.CitizenOfAsync(vault, found)));
        }

        return new(authority, clock.GetUtcNow(), appointments, wishes, invitations);

        async Task<TState> FoldAsync<TState, TEvent>(string stream, TState state, Func<TState, TEvent, TState> apply)
        {
            await foreach (var entry in journal.ReadAsync(stream, 0, CancellationToken.None))
            {
                state = EntryContent<TEvent>.Read(entry).Events.Aggregate(state, apply);
            }

            return state;
        }
    }
}

/// <param name="Appointments">Those whose data are not destroyed yet.</param>
internal sealed record KeptAboutPerson(string Authority, DateTimeOffset At, IReadOnlyList<KeptAppointment> Appointments,
    IReadOnlyList<KeptWish> Wishes, IReadOnlyList<KeptInvitation> Invitations);

internal sealed record KeptAppointment(string Calendar, string Office, DateTimeOffset From, int Minutes, IReadOnlyList<Wanted> Services,
    AppointmentKind Kind, AppointmentState State, string Language, CitizenData? Citizen);

/// <param name="KeptUntil">Then it is destroyed.</param>
internal sealed record KeptWish(IReadOnlyList<Wanted> Services, IReadOnlyList<string> Offices, IReadOnlyList<WishWindow> Windows,
    DateOnly NotBefore, DateOnly NotAfter, WishState State, string Language, DateTimeOffset KeptUntil, CitizenData? Citizen);

/// <param name="Reference">The authority's own sign for it; null: it is destroyed.</param>
internal sealed record KeptInvitation(string? Reference, IReadOnlyList<Wanted> Services, string Office, DateTimeOffset From,
    DateOnly NotBefore, DateOnly NotAfter, InvitationState State, string Language, CitizenData? Citizen);
