using System.Globalization;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Grains;
using Aufruf.Grains.Journal;

namespace Aufruf.Hub.Cases.Notices;

/// <summary>Finds the citizen's code of a case again. It stands nowhere: it follows from the request that began the draft.</summary>
internal sealed class CaseCodes(AppointmentSecrets secrets, IJournal journal, IGrainFactory grains)
{
    /// <returns>The code, and the language in which the draft was begun. Null: the case came in another way.</returns>
    public async Task<(string Code, string Language)?> OfAsync(string authority, string number)
    {
        if (number.Split('-') is not [.. var plan, var year, var last] || !int.TryParse(year, NumberStyles.None,
            CultureInfo.InvariantCulture, out var of) || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return null;
        }

        if (await grains.GetGrain<ISequenceGrain>(Sequence.StreamOf(authority, string.Join('-', plan), of)).DraftOf(n) is not { } hash)
        {
            return null;
        }

        return await OfDraftAsync(authority, hash) is { } code
            ? (code, (await grains.GetGrain<ICaseDraftGrain>(CaseDraft.StreamOf(authority, hash)).View()).Language) : null;
    }

    /// <summary>The code of a draft; null: it was begun in another way.</summary>
    public async Task<string?> OfDraftAsync(string authority, string hash)
    {
        var begun = await journal.ReadAsync(CaseDraft.StreamOf(authority, hash), 0, CancellationToken.None).FirstOrDefaultAsync();
        return begun is not null && EntryContent.RequestOf(begun) is { } request && secrets.CodeOf(authority, request) is var code
            && AppointmentSecrets.HashOf(code) == hash ? code : null;
    }
}
