namespace Aufruf.Simulation.Clockwork;

/// <summary>Runs tasks that a hub gives to other threads on the one thread of the world.</summary>
internal sealed class OneThread(Scheduler scheduler) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task) => scheduler.Post(_ => TryExecuteTask(task), null);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
