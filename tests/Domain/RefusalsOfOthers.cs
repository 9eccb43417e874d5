using Aufruf.Domain;
using Aufruf.Domain.Appointments;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Deadlines;
using Aufruf.Domain.Identity;
using Aufruf.Domain.Offices;
using Aufruf.Domain.Outbox;
using Aufruf.Domain.Queues;

namespace Aufruf.Tests.Domain;

/// <summary>The refusals that no queue gives, and the tests of those who do.</summary>
internal static class RefusalsOfOthers
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        Refusal.NoNumberLeft, Refusal.UnknownService, Refusal.LettersShared, Refusal.DayIsOver,
        Refusal.RequestReused, // The shell refuses it: JournaledTests.
        Refusal.OfferWithdrawn, // Only recorded: TwoAreasTests.
        // Another room gives these: CredentialsTests.
        Refusal.UnknownHolder, Refusal.HolderMalformed, Refusal.HolderTaken, Refusal.PairingGone,
        // The administration of an office gives these: OfficeDraftTests.
        Refusal.DraftChanged, Refusal.OfficeChanged, Refusal.NoDraft, Refusal.UnknownEdition, Refusal.DraftTooLong, Refusal.DraftWrong,
        Refusal.LogoWrong, Refusal.LogoUnnamed,
        // The people of an authority give these: PeopleTests.
        Refusal.PersonUnknown, Refusal.PersonKnown, Refusal.PersonMalformed, Refusal.TooManyPeople, Refusal.LinkInvalid,
        Refusal.LastAdministrator, Refusal.RoleUnknown, Refusal.PlaceUnknown, Refusal.RoleMalformed, Refusal.TooManyRoles,
        Refusal.PersonDisabled, Refusal.SignInLocked, Refusal.CodeUsed, Refusal.SessionUnknown, Refusal.RoleHeld, Refusal.BeyondOwnRights,
        Refusal.NoAdministratorYet, Refusal.ProviderNameTaken, Refusal.ProviderNameUnusable, Refusal.MappingMalformed,
        Refusal.TooManyClaims, Refusal.LogoutUsed, Refusal.PasskeyUnknown, Refusal.PasskeyKnown, Refusal.TooManyPasskeys,
        Refusal.PasskeyMalformed, Refusal.PasskeyNotGood, Refusal.PasskeyAnswered, Refusal.KeyMalformed, Refusal.TooManyKeys,
        Refusal.PeopleLose, Refusal.SubstituteSame, Refusal.SubstituteTime,
        Refusal.NotYourCounter, // The API gives it: DeskSeatTests.
        // The outbox gives these: OutboxTests.
        Refusal.OutboxFull, Refusal.MessageExpired, Refusal.MessageTooLong, Refusal.MessageNotDue, Refusal.MessageNotSending,
        Refusal.UnknownMessage, Refusal.MessageNotStuck, Refusal.MessageContentGone, Refusal.MessageHasNoAddress,
        Refusal.MessageCameBack, Refusal.BarrierFormOff, Refusal.TooManyReports,
        Refusal.WheelFull, // The deadlines give this one: WheelTests.
        // Appointments give these: tests/Domain/Appointments, tests/Flows.
        Refusal.SlotTaken, Refusal.NoSuchSlot, Refusal.HoldOver, Refusal.HeldLongEnough, Refusal.MailsSent, Refusal.NotConfirmed,
        Refusal.AppointmentGone, Refusal.AppointmentOver, Refusal.AlreadyCheckedIn, Refusal.CheckInTooEarly, Refusal.CheckInTooLate,
        Refusal.UnknownCode, Refusal.AppointmentOnOtherDay, Refusal.AppointmentElsewhere, Refusal.CheckInByPhoneOff,
        Refusal.TooManyAppointments, Refusal.TooManyHolds, Refusal.TooManyNumbers, Refusal.PuzzleNeeded, Refusal.NewMailOver,
        Refusal.MailNotNeeded, Refusal.WishExists, Refusal.TooManyWishes, Refusal.WishesFull, Refusal.NothingToWish,
        Refusal.WishGone, Refusal.OfferOver, Refusal.NothingFreeToInvite, Refusal.NothingToInvite, Refusal.InvitationsFull,
        Refusal.InvitationGone, Refusal.InvitationOver, Refusal.InvitationMovedOnce, Refusal.OutsideInvitation,
        Refusal.UnknownPlan, Refusal.PlanWithdrawn, Refusal.PlanIsSending, Refusal.PlanLineSettled, Refusal.NothingToPlan,
        Refusal.PlansFull,
        // Citizens' cases give these: tests/Domain/Cases.
        Refusal.StepOfAnother, Refusal.CaseNotSent, Refusal.CaseChecked, Refusal.CaseUnpaid, Refusal.CaseNotBegun,
        Refusal.CaseIncomplete, Refusal.CaseInProgress, Refusal.CaseHeard, Refusal.CaseDecided, Refusal.CaseDispatched,
        Refusal.CaseClosed, Refusal.CaseEnded, Refusal.CaseRetained, Refusal.CaseGone, Refusal.TaskGone, Refusal.TaskHeld,
        Refusal.TasksOpen, Refusal.SamePerson, Refusal.ApprovalMissing, Refusal.HearingMissing, Refusal.ArchiveFirst,
        Refusal.ClockMoved, Refusal.CaseFull, Refusal.DocumentFixed, Refusal.LawPinned, Refusal.ReasonMissing, Refusal.ClaimUnknown,
        Refusal.ClaimMalformed, Refusal.ClaimFixed, Refusal.ClaimNotOpen, Refusal.AttemptLives, Refusal.AttemptUnknown,
        Refusal.AttemptOver, Refusal.TooManyAttempts, Refusal.RefundTooHigh, Refusal.StockShort, Refusal.StockMalformed,
        Refusal.StockUnknown, Refusal.PieceKnown, Refusal.PieceUnknown, Refusal.LoanUnknown, Refusal.PiecesAreOut,
        Refusal.NumbersUsedUp, Refusal.DayMissing,
        Refusal.PaymentOffline, Refusal.PaymentFailed, // tests/Flows/PaymentFlowTests.
        Refusal.ApplicationChanged, Refusal.ApplicationFull, Refusal.ApplicationGone, Refusal.ApplicationIncomplete,
        Refusal.ApplicationSent, Refusal.TooManyDrafts, Refusal.ProcedureFaulty, Refusal.ProcedureNotOffered,
        Refusal.ProcedureTooLarge, Refusal.ProcedureVersionUsed, Refusal.ProcedureUnnamed, Refusal.ProcedureTownUnknown,
        Refusal.ProcedureUnknown, Refusal.TextMissing, Refusal.TextTooLong, Refusal.RemedyOver,
        Refusal.FileUnsupported, Refusal.FileHeic, Refusal.FileBroken, Refusal.FileTooLarge, Refusal.FilesTooLarge, Refusal.FileInfected,
        Refusal.FileWaits, Refusal.FileGone, Refusal.NotOfRole,
        Refusal.AccountNeeded, Refusal.AccountTooWeak, Refusal.PersonFileFull, Refusal.TooManyOwnDrafts, // AccountTests, PersonFileTests.
        // The dispatch list gives these: DispatchTests, DispatchFlowTests.
        Refusal.DispatchFull, Refusal.NothingToPrint, Refusal.BatchUnknown, Refusal.LetterUnknown, Refusal.LetterPosted,
        Refusal.LetterNotPosted, Refusal.PostedByList, Refusal.PostingDayWrong, Refusal.CharacterMissing, Refusal.AddressMissing,
        // The small office has no hours: DayLimitsTests.
        Refusal.OfficeClosed, Refusal.TicketsEnded, Refusal.ServiceClosed, Refusal.CapReached
    ];
}
