using Aufruf.Edge.Protocol;

namespace Aufruf.Edge;

/// <summary>Whoever wants to know about the printer. Called on the printer's task: return at once.</summary>
public interface IPrinterListener
{
    void PrinterIs(PrinterCondition condition);

    /// <summary>Exactly once for each slip given to the printer.</summary>
    void PrintEnded(Guid command, CommandOutcome outcome, string? reason);
}
