using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Deadlines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aufruf.Grains.Deadlines;

/// <summary>The deadlines of one authority and day, with Orleans' reminder and timer.</summary>
[KeepAlive]
internal sealed class WheelGrain : AggregateGrain<Wheel, WheelCommand, WheelEvent>, IWheelGrain, IRemindable, IWakeUp
{
    private const string Reminder = "due";

    private readonly TurningWheel _wheel;
    private readonly IGrainTimer _timer;

    public WheelGrain(IGrainContext context) : base(context)
    {
        var services = context.ActivationServices;
        var clock = services.GetRequiredService<TimeProvider>();
        var work = new DueWork(Stream, Shell, services.GetServices<IDeadlineHandler>(), services.GetRequiredService<ISteadyClock>(),
            services.GetRequiredService<LateDeadlines>(), clock, services.GetRequiredService<ILogger<WheelGrain>>());
        _wheel = new(Stream, Shell, services.GetRequiredService<IJournal>(), work, this, clock);
        _timer = this.RegisterGrainTimer(Turn, new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    public override Task<Answer<WheelEvent>> Handle(RequestId request, WheelCommand command) => _wheel.HandleAsync(request, command);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Turn();

    public Task<bool> Turn() => _wheel.TurnAsync();

    Task<IGrainReminder?> IWakeUp.FindReminderAsync() => this.GetReminder(Reminder);

    Task IWakeUp.SetReminderAsync(TimeSpan after, TimeSpan period) => this.RegisterOrUpdateReminder(Reminder, after, period);

    Task IWakeUp.RemoveReminderAsync(IGrainReminder reminder) => this.UnregisterReminder(reminder);

    void IWakeUp.SetTimer(TimeSpan after) => _timer.Change(after, Timeout.InfiniteTimeSpan);

    void IWakeUp.Leave() => DeactivateOnIdle();
}
