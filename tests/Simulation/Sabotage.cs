namespace Aufruf.Simulation;

/// <summary>Ways to break the system on purpose: a simulator that has never failed has proved nothing.</summary>
internal enum Sabotage
{
    None,
    /// <summary>The gateway gives every repeat of a press a new request id.</summary>
    HubForgetsRequestIds,
    /// <summary>The journal says "durable" before it is.</summary>
    JournalAnswersEarly,
    /// <summary>A board applies a change that does not follow on what it shows.</summary>
    BoardAppliesGaps,
    /// <summary>A device forgets an event once it is sent.</summary>
    DeviceForgetsOnSend,
    /// <summary>The gateway carries out presses however old they are.</summary>
    HubCarriesOutOldPresses,
    /// <summary>A device prints a command again when it is delivered again.</summary>
    DevicePrintsTwice,
    /// <summary>The hub sends to screens before the entry is durable.</summary>
    ScreensRunAhead,
    /// <summary>The day's end forgets parked tickets.</summary>
    DayEndForgetsTheParked,
    /// <summary>A counter may take back its last step whatever others have done since.</summary>
    UndoTakesFromOthers,
    /// <summary>A snapshot does not know the requests that led to it.</summary>
    SnapshotsForgetRequestIds,
    /// <summary>A deadline that is carried out again has another request id.</summary>
    DeadlinesForgetRequestIds,
    /// <summary>A wheel believes a clock that has stepped.</summary>
    DeadlinesTrustAnyClock,
    /// <summary>The reports never get some entries.</summary>
    ReportsLoseEntries,
}
