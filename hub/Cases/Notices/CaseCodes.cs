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

        var stream = CaseDraft.StreamOf(authority, hash);
        var begun = await journal.ReadAsync(stream, 0, CancellationToken.None).FirstOrDefaultAsync();
        return begun is not null && EntryContent.RequestOf(begun) is { } request && secrets.CodeOf(authority, request) is var code
            && AppointmentSecrets.HashOf(code) == hash
            ? (code, (await grains.GetGrain<ICaseDraftGrain>(stream).View()).Language) : null;
    }
}
