namespace Aufruf.Simulation.Clockwork;

/// <summary>One after the other, in order of arrival: what a broker does for a connection, and a printer for its paper.</summary>
internal sealed class Turns
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private bool _taken;

    public async Task<T> TakeAsync<T>(Func<Task<T>> turn)
    {
        if (_taken)
        {
            var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(called);
            await called.Task;
        }

        _taken = true;
        try
        {
            return await turn();
        }
        finally
        {
            // Handed on, not released: nobody can push in between.
            _taken = _waiting.TryDequeue(out var next);
            next?.TrySetResult();
        }
    }
}
