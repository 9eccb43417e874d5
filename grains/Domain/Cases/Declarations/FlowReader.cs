using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Reads that which happens with a case after it was sent.</summary>
internal sealed class FlowReader(Formulas formulas)
{
    private static readonly ImmutableHashSet<string> None = [];

    public Flow Read(PartReader part)
    {
        Flow flow = new()
        {
            Pay = part.Choice<PayWhen>("pay", PayWhen.None),
            PaymentDays = part.MaybeNumber("paymentDays", 1, 90) ?? 14,
            Complete = part.Object("complete") is { } complete ? Complete(complete) : new(),
            Decide = part.Object("decide") is { } decide ? Decide(decide) : new() { Decides = false },
            Announce = part.Object("announce") is { } announce ? Announce(announce) : new(),
            Retain = part.Object("retain") is { } retain ? Retain(retain) : null,
        };
        part.End();
        return flow;
    }

    public DeclaredTask Task(PartReader part) => Ended(part, new DeclaredTask(part.Id("id"), part.Choice<CaseState>("at"),
        part.Text("role"), part.Number("days", 0, 3650), part.Texts("label"), Condition(part))
    { Place = part.Part });

    public DeclaredHearing Hearing(PartReader part) => Ended(part, new DeclaredHearing(part.Id("id"), part.Text("role"),
        part.Number("days", 1, 3650), part.Texts("label"), part.Choice<WhenSilent>("silence"), Condition(part))
    { Place = part.Part });

    public DeclaredClaim Claim(PartReader part)
    {
        var years = formulas.Read(part, "years", None, Kind.Date);
        var seen = years is null ? formulas.Names : formulas.Names.With(new("from", Kind.Date, null, false, []));
        var at = part.Find("amount") ?? part.Part;
        var amount = formulas.Of(at, part.Text("amount"), seen, None, Kind.Money) ?? Formula.Of("euro(0)", seen, None);
        if (part.MaybeText("debit") is { } debit && !seen.Known.ContainsKey(debit))
        {
            formulas.Faults.Add(part.Find("debit")!, "unknown-name", debit);
        }

        return Ended(part, new DeclaredClaim(part.Id("id"), part.Choice<CaseState>("at"), amount, part.Choice<Collect>("collect"),
            part.MaybeText("debit"), part.MaybeText("account"), years)
        { Place = part.Part, Label = part.MaybeTexts("label") });
    }

    public DeclaredStock Stock(PartReader part) => Ended(part, new DeclaredStock(part.Id("item"), part.Words("by"),
        formulas.Read(part, "quantity", None, Kind.Int) ?? Formula.Of("1", formulas.Names, None), part.Choice<CaseState>("at"),
        formulas.Read(part, "from", None, Kind.Date), formulas.Read(part, "until", None, Kind.Date),
        part.MaybeText("out"), part.MaybeText("back"))
    {
        Place = part.Part,
        Label = part.MaybeTexts("label"),
        Returns = part.Find("returns") is { Kind: JsonTokenType.True } || part.Has("back"),
    });

    public DeclaredDocument Document(PartReader part) => Ended(part, new DeclaredDocument(part.Id("id"), part.Choice<CaseState>("at"),
        part.Text("template"), part.Choice<DocumentTo>("to"), part.Words("encloses"), Condition(part))
    {
        Place = part.Part,
        Sealed = part.Find("sealed") is { Kind: JsonTokenType.True },
        Address = part.MaybeText("address"),
    });

    public static DeclaredNotice Notice(PartReader part) => Ended(part, new DeclaredNotice(part.Choice<CaseState>("at"),
        part.Text("text")));

    private CompleteCheck Complete(PartReader part) => Ended(part, new CompleteCheck(part.MaybeText("role"),
        part.MaybeNumber("days", 1, 365) ?? 14, part.MaybeNumber("supplementDays", 1, 365) ?? 21,
        part.Choice<WhenMissing>("else", WhenMissing.DeemWithdrawn), formulas.Read(part, "automatic", None, Kind.Bool)));

    private DecidingRule Decide(PartReader part) => Ended(part, new DecidingRule(part.MaybeText("role"),
        part.MaybeNumber("days", 1, 3650) ?? 90, formulas.Read(part, "fourEyes", None, Kind.Bool),
        formulas.Read(part, "automatic", None, Kind.Bool), formulas.Read(part, "adverse", None, Kind.Bool),
        part.MaybeNumber("hearingDays", 7, 365) ?? 28, part.MaybeText("remedy"), part.MaybeNumber("remedyMonths", 1, 12) ?? 1)
    {
        Decides = part.Find("decides") is not { Kind: JsonTokenType.False },
    });

    private static AnnouncingRule Announce(PartReader part) =>
        Ended(part, new AnnouncingRule(part.Choice<AnnounceBy>("by"), part.MaybeText("rule")));

    private RetentionRule Retain(PartReader part)
    {
        if (part.MaybeText("from") is { } from && from != "closed")
        {
            formulas.Faults.Add(part.Find("from")!, "not-a-choice", from, "closed");
        }

        return Ended(part, new RetentionRule(part.Number("years", 0, 110), part.Choice<RetainThen>("then"),
            part.Find("alone") is { Kind: JsonTokenType.True }));
    }

    private Formula? Condition(PartReader part) => formulas.Read(part, "if", None, Kind.Bool);

    private static T Ended<T>(PartReader part, T read)
    {
        part.End();
        return read;
    }
}
