using Aufruf.Contracts;
using Aufruf.Domain.Identity;

namespace Aufruf.Hub.Audit;

/// <summary>Changes of people's rights and ways in, as rows of the log. Signing in and out is none, here and at the provider.</summary>
internal static class PeopleRows
{
    /// <summary>Null: the event is no change of that kind.</summary>
    public static AccessRow? RowOf(PeopleEvent happened) => happened switch
    {
        PeopleEvent.PersonInvited e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.LinkOffered e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.PersonDisabled e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.PersonEnabled e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.KeyMade e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.SessionEnded e when e.By != e.Name && !e.By.StartsWith('@') => Row(e, e.At, e.By, e.Name),
        PeopleEvent.RoleGranted e => Row(e, e.At, e.By, $"{e.Name}: {e.Role}", e.Place),
        PeopleEvent.RoleTaken e => Row(e, e.At, e.By, $"{e.Name}: {e.Role}", e.Place),
        PeopleEvent.SubstituteNamed e => Row(e, e.At, e.By, e.Substitute is { } other ? $"{e.Name}: {other}" : e.Name),
        PeopleEvent.RoleDefined e => Row(e, e.At, e.By, e.Id),
        PeopleEvent.RoleRemoved e => Row(e, e.At, e.By, e.Id),
        PeopleEvent.ClaimMapped e => Row(e, e.At, e.By, $"{e.Value}: {e.Role}", e.Place),
        PeopleEvent.ClaimUnmapped e => Row(e, e.At, e.By, $"{e.Value}: {e.Role}", e.Place),
        PeopleEvent.ProviderAwaited e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.SignInUnlocked e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.TotpTurnedOff e => Row(e, e.At, e.By, e.Name),
        PeopleEvent.PasskeyRemoved e => Row(e, e.At, e.By, e.Name),
        _ => null,
    };

    /// <param name="place">Null: the whole authority. Its name has no '.'.</param>
    private static AccessRow Row<TEvent>(TEvent happened, DateTimeOffset at, string by, string subject, string? place = null)
        where TEvent : PeopleEvent =>
        new(at, by, place is not null && place.Contains('.', StringComparison.Ordinal) ? place : null,
            AccessSearch.NameOf(happened), subject, null);
}
