using static Aufruf.Domain.Offices.OfficeCommand;
using static Aufruf.Domain.Offices.OfficeEvent;

namespace Aufruf.Domain.Offices;

/// <summary>A configuration that administrators prepare. It may be wrong until it is published.</summary>
/// <param name="Text">In the form of an office file.</param>
/// <param name="BasedOn">The edition that it changes.</param>
/// <param name="Revision">Grows with each saved change.</param>
/// <param name="By">The last one who saved it.</param>
public sealed record OfficeDraft(string Text, int BasedOn, int Revision, string By, DateTimeOffset At)
{
    public const int LongestText = 512 * 1024;

    /// <summary>Two administrators at once: the second one sees the change of the first one before anything is replaced.</summary>
    public static Decision<OfficeEvent> Decide(OfficeConfiguration known, OfficeCommand command, DateTimeOffset now) => command switch
    {
        SaveDraft c when c.Text.Length > LongestText => Refusal.DraftTooLong,
        SaveDraft c when c.Seen != (known.Draft?.Revision ?? 0) => Refusal.DraftChanged,
        SaveDraft c when c.BasedOn > known.Edition || c.BasedOn < 0 => Refusal.UnknownEdition,
        SaveDraft c when c.Text == known.Draft?.Text && c.BasedOn == known.Draft.BasedOn => Array.Empty<OfficeEvent>(),
        SaveDraft c => new DraftSaved(c.Text, c.BasedOn, known.Revisions + 1, c.By, now),
        TakeBack c when c.Edition >= known.Edition || c.Edition < 1 => Refusal.UnknownEdition,
        TakeBack c when c.Seen != known.Edition => Refusal.OfficeChanged,
        TakeBack c => known.Office is { } same && OfficeConfiguration.IsSame(same, c.Office) ? Array.Empty<OfficeEvent>()
            : new OfficePublished(c.Office, c.By, null, now, c.Edition),
        _ when known.Draft is null => Refusal.NoDraft,
        DiscardDraft c when c.Seen != known.Draft.Revision => Refusal.DraftChanged,
        DiscardDraft c => new DraftDiscarded(known.Draft.Revision, c.By, now),
        PublishDraft c when c.Seen != known.Draft.Revision => Refusal.DraftChanged,
        PublishDraft when known.Draft.BasedOn != known.Edition => Refusal.OfficeChanged,
        PublishDraft c when known.Office is { } same && OfficeConfiguration.IsSame(same, c.Office) =>
            new DraftPublished(known.Draft.Revision, c.By, now),
        PublishDraft c => new OfficeEvent[]
        {
            new OfficePublished(c.Office, c.By, null, now), new DraftPublished(known.Draft.Revision, c.By, now),
        },
        _ => throw new UnreachableException(),
    };
}

public static class OfficeDraftRefusals
{
    extension(Refusal)
    {
        public static Refusal DraftChanged => new("draft-changed",
            "Jemand anderes hat den Entwurf inzwischen geändert. Ihre Eingabe wurde noch nicht gespeichert.",
            "Somebody else has changed the draft meanwhile. Your input is not saved yet.");

        public static Refusal OfficeChanged => new("office-changed",
            "Inzwischen gilt eine andere Fassung. Sehen Sie die Unterschiede an, bevor Sie weitermachen.",
            "Another edition is in force meanwhile. Look at the differences before you go on.");

        public static Refusal NoDraft => new("no-draft",
            "Es gibt keinen Entwurf. Er wurde veröffentlicht oder verworfen.",
            "There is no draft. It was published or discarded.");

        public static Refusal UnknownEdition => new("unknown-edition",
            "Diese Fassung gibt es nicht.", "There is no such edition.", RefusalKind.NotFound);

        public static Refusal DraftTooLong => new("draft-too-long",
            "Der Entwurf ist zu lang. Entfernen Sie alte Ausnahmen und Texte.",
            "The draft is too long. Remove old exceptions and texts.");

        public static Refusal DraftWrong => new("draft-wrong",
            "Der Entwurf hat noch Fehler. Er kann erst ohne Fehler veröffentlicht werden.",
            "The draft still has errors. It cannot be published before they are mended.");

        public static Refusal LogoWrong => new("logo-wrong",
            "Das Bild wurde nicht angenommen. Erlaubt ist PNG oder JPEG mit höchstens 1 MB und 2048 Punkten je Seite.",
            "The picture was not accepted. A PNG or JPEG of at most 1 MB and 2048 pixels on each side is allowed.");

        public static Refusal LogoUnnamed => new("logo-unnamed",
            "Der Text zum Bild fehlt auf Deutsch. Wer das Bild nicht sieht, braucht ihn.",
            "The German text of the picture is missing. Those who do not see the picture need it.");
    }
}
