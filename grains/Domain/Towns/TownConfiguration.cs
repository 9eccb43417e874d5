using static Aufruf.Domain.Towns.TownCommand;
using static Aufruf.Domain.Towns.TownEvent;

namespace Aufruf.Domain.Towns;

/// <summary>The settings of a town as they are in force, and the draft beside them.</summary>
public sealed record TownConfiguration(TownSettings Settings) : IAggregate<TownConfiguration, TownCommand, TownEvent>
{
    public static int Schema => 2;

    public static TownConfiguration Empty { get; } = new(TownSettings.Usual);

    public const string StreamKind = "town";

    /// <param name="authority">"alsdorf".</param>
    public static string StreamOf(string authority) => $"{StreamKind}/{authority}";

    /// <summary>How often settings were published. The history names each edition by this number; 0: those of every new town.</summary>
    public int Edition { get; init; }

    /// <summary>The one who published this edition: "staff:anna"; null: nobody yet.</summary>
    public string? By { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Administrators prepare it beside the settings in force; null: there is none.</summary>
    public TownDraft? Draft { get; init; }

    /// <summary>The number of the last saved draft. A discarded one keeps its number, so an old page never fits a new draft.</summary>
    public int Revisions { get; init; }

    public Decision<TownEvent> Decide(TownCommand command, DateTimeOffset now) => command switch
    {
        SaveDraft c when c.Settings.IsTooLong => Refusal.DraftTooLong,
        SaveDraft c when c.Seen != (Draft?.Revision ?? 0) => Refusal.DraftChanged,
        SaveDraft c when c.BasedOn > Edition || c.BasedOn < 0 => Refusal.UnknownEdition,
        SaveDraft c when Draft is { } same && same.BasedOn == c.BasedOn && same.Settings.IsSame(c.Settings) => Array.Empty<TownEvent>(),
        SaveDraft c => new DraftSaved(c.Settings, c.BasedOn, Revisions + 1, c.By, now),
        TakeBack c when c.Edition >= Edition || c.Edition < 0 => Refusal.UnknownEdition,
        TakeBack c when c.Seen != Edition => Refusal.OfficeChanged,
        TakeBack c => Settings.IsSame(c.Settings) ? Array.Empty<TownEvent>() : new Published(c.Settings, c.Edition, c.By, now),
        _ when Draft is null => Refusal.NoDraft,
        DiscardDraft c when c.Seen != Draft.Revision => Refusal.DraftChanged,
        DiscardDraft c => new DraftDiscarded(Draft.Revision, c.By, now),
        PublishDraft c when c.Seen != Draft.Revision => Refusal.DraftChanged,
        PublishDraft when Draft.BasedOn != Edition => Refusal.OfficeChanged,
        PublishDraft when ThemeRules.FaultsOf(Draft.Settings.Theme).Count > 0 => Refusal.DraftWrong,
        PublishDraft c when Settings.IsSame(Draft.Settings) => new DraftDiscarded(Draft.Revision, c.By, now), // It changes nothing.
        PublishDraft c => new Published(Draft.Settings, null, c.By, now),
        _ => throw new UnreachableException(),
    };

    public TownConfiguration Apply(TownEvent happened) => happened switch
    {
        DraftSaved e => this with { Draft = new(e.Settings, e.BasedOn, e.Revision, e.By, e.At), Revisions = e.Revision },
        DraftDiscarded => this with { Draft = null },
        Published e => this with
        {
            Settings = e.Settings,
            Edition = Edition + 1,
            By = e.By,
            Since = e.At,
            Draft = e.Again is null ? null : Draft,
        },
        _ => throw new UnreachableException(),
    };
}

/// <summary>Settings that administrators prepare. They may be wrong until they are published.</summary>
/// <param name="BasedOn">The edition that it changes.</param>
/// <param name="Revision">Grows with each saved change.</param>
/// <param name="By">The last one who saved it.</param>
public sealed record TownDraft(TownSettings Settings, int BasedOn, int Revision, string By, DateTimeOffset At);
