using Aufruf.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Aufruf.Portal.Staff.Cases.Counter;

/// <summary>The case that was begun, with the slip for the citizen: its number, and the code of "my case".</summary>
public sealed class CounterSentPage(ICounterCases cases, IStaffCases staff) : CounterPage(cases)
{
    /// <summary>Null: it cannot be read now.</summary>
    public CaseView? Known { get; private set; }

    /// <summary>The case is among those that the clerk works on.</summary>
    public bool IsOwn { get; private set; }

    public Task<IActionResult> OnGetAsync() => InAuthorityAsync(async () =>
    {
        if ((Known = await Cases.SentAsync(Authority, Code)) is null)
        {
            return Gone();
        }

        IsOwn = Known.Number is { } number && staff.Sees(Authority, number, SignedInAs);
        return Page();
    });
}
