using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;

namespace Aufruf.Grains;

/// <summary>The file numbers of one authority, file plan and year.</summary>
/// <remarks>All applications of a year need it. So those that ask during one commit get their numbers together in the next one.</remarks>
[KeepAlive]
internal sealed class SequenceGrain(IGrainContext context)
    : AggregateGrain<Sequence, SequenceCommand, SequenceEvent>(context), ISequenceGrain
{
    private Task _last = Task.CompletedTask;
    private List<string>? _asking;

    public async Task<int?> NumberOf(string draft)
    {
        if (!(await GivenAsync()).ContainsKey(draft))
        {
            if (_asking is null)
            {
                _asking = [];
                _last = GiveAfterAsync(_last);
            }

            _asking.Add(draft);
            await _last;
        }

        return (await GivenAsync()).TryGetValue(draft, out var number) ? number : null;
    }

    public async Task<string?> DraftOf(int number) => (await View()).Given.FirstOrDefault(given => given.Value == number).Key;

    private async Task GiveAfterAsync(Task last)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield(); // Those who wake up together ask together.
        ImmutableArray<string> drafts = [.. _asking!];
        _asking = null;
        await Handle(new RequestId(Guid.CreateVersion7()), new SequenceCommand.GiveNumbers(drafts));
    }

    private async Task<ImmutableDictionary<string, int>> GivenAsync() => (await Shell.ViewAsync()).State.Given;
}
