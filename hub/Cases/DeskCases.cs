using Aufruf.Domain.Cases;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Cases;

/// <summary>The title of the case that a ticket is for, for clerks who work on it.</summary>
internal sealed class DeskCases(CaseCopies copies, Procedures procedures, PeopleCache people) : IDeskCases
{
    public bool MayWork(string authority, ClerkId clerk) => CaseRoles.Of(people.Of(authority), authority, clerk.Value).Ids.Count > 0;

    public Texts? TitleOf(string authority, ClerkId clerk, string number) =>
        copies.CopyOf(CitizenCase.StreamOf(authority, number)) is { State: { Plan: { } plan } found }
        && CaseRoles.Of(people.Of(authority), authority, clerk.Value).See(found)
            ? procedures.Find(authority, plan.Procedure, plan.Version)?.Is.Title : null;
}
