namespace Aufruf.Domain.Cases;

/// <summary>Where a case stands. The first thirteen are the skeleton; the others are ends of it.</summary>
[JsonConverter(typeof(KebabEnum<CaseState>))]
public enum CaseState
{
    Draft,
    Submitted,
    AwaitingPayment,
    Received,
    Supplement,
    InProgress,
    Hearing,
    Decided,
    Dispatched,
    Announced,
    Closed,
    Retained,
    Offered,

    /// <summary>The citizen took it back.</summary>
    Withdrawn,

    /// <summary>It was not paid in time.</summary>
    Lapsed,

    /// <summary>The citizen did not add in time that which was missing.</summary>
    DeemedWithdrawn,

    /// <summary>The authority is not in charge, or the application is not admissible.</summary>
    Rejected,

    /// <summary>A draft that was never sent.</summary>
    Erased,

    /// <summary>The archive has it.</summary>
    HandedOver,

    /// <summary>Nothing is left but that it existed.</summary>
    Destroyed,
}

/// <summary>In which part somebody acts on a case. One person may have several parts, in different cases.</summary>
[JsonConverter(typeof(KebabEnum<CaseRole>))]
public enum CaseRole
{
    Citizen,
    Clerk,

    /// <summary>A second person, where two are needed.</summary>
    Second,

    /// <summary>The engine itself: checks, clocks, payment, dispatch.</summary>
    Engine,

    Archive,
}

/// <summary>A step from one state of a case to the next.</summary>
[JsonConverter(typeof(KebabEnum<CaseStep>))]
public enum CaseStep
{
    Submit,
    Erase,
    AskForPayment,
    Receive,
    Lapse,
    Reject,
    AskForMore,
    AddMissing,
    DecideOnFile,
    DeemWithdrawn,
    Begin,
    Hear,
    EndHearing,
    Decide,
    Return,
    Dispatch,
    Announce,
    ReturnPost,
    Close,
    Object,
    Reopen,
    Retain,
    Offer,
    HandOver,
    Destroy,
    Withdraw,
}

/// <summary>That which ends a state by itself.</summary>
[JsonConverter(typeof(KebabEnum<CaseClock>))]
public enum CaseClock
{
    None,

    /// <summary>Days that a draft is kept.</summary>
    DraftKept,

    /// <summary>Days until it must be paid.</summary>
    Payment,

    /// <summary>Days until somebody has looked whether all is there. At its end the case stands on the list of late ones.</summary>
    Completeness,

    /// <summary>Days that the citizen has to add something.</summary>
    Missing,

    /// <summary>Days until the decision. At its end the case stands on the list of late ones.</summary>
    Decision,

    /// <summary>Days that the citizen has to comment.</summary>
    Comment,

    /// <summary>Days until the documents leave the house. At its end the case stands on the list of late ones.</summary>
    Leaving,

    /// <summary>The day that the law takes for the day of announcement.</summary>
    Announcement,

    /// <summary>The last day of the remedy.</summary>
    Remedy,

    /// <summary>Years that the case is kept.</summary>
    Keeping,

    /// <summary>Months that the archive has for its answer.</summary>
    ArchiveAnswer,
}
