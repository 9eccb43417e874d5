using Aufruf.Domain;
using Aufruf.Domain.Identity;
using Aufruf.Portal.Texts;

namespace Aufruf.Portal.Staff;

/// <summary>The sentences about a sign-in by the provider that came to nothing. The address names one; no text comes from there.</summary>
internal static class ProviderWords
{
    private static readonly Refusal[] Refusals =
    [
        Refusal.NoAdministratorYet, Refusal.PersonDisabled, Refusal.ProviderNameTaken, Refusal.ProviderNameUnusable, Refusal.TooManyPeople,
    ];

    public static string Say(string why, PortalTexts words) =>
        Refusals.FirstOrDefault(refusal => refusal.Code == why)?.Texts.In(words.Language)
            ?? words[$"provider.why.{why}" is var key && words.Keys.Contains(key) ? key : "provider.why.failed"];
}
