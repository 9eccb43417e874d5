namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Something in a declaration that is not right: where it stands, and the remedy, in the languages of staff.</summary>
/// <param name="Line">From 1; 0: the file as a whole.</param>
/// <param name="Path">"pages[1].fields[4].if".</param>
public sealed record Fault(int Line, int Column, string Path, string Code, Texts Says, Texts Remedy)
{
    internal static Fault Of(JsonPart at, string code, params object[] parts) => new(at.Line, at.Column, at.Path, code,
        FaultTexts.Says(code, parts), FaultTexts.Remedy(code, parts));

    public override string ToString() => $"{Line}:{Column} {Path}: {Says.In("en")} {Remedy.In("en")}";
}

/// <summary>Collects the faults of one file.</summary>
internal sealed class Faults
{
    public List<Fault> All { get; } = [];

    public void Add(JsonPart at, string code, params object[] parts) => All.Add(Fault.Of(at, code, parts));
}
