namespace Aufruf.Domain.Cases.Declarations;

/// <summary>The linter's rules about accounts: a level of trust, and fields that have their answer from there.</summary>
internal static class AccountRules
{
    public static void Check(ProcedureDefinition procedure, Faults faults)
    {
        var (at, needsAccount) = (procedure.At!, procedure.Identity is IdentityNeeded.Account);
        if (needsAccount && procedure.Trust is null)
        {
            faults.Add(at["identity"]!, "no-trust");
        }
        else if (!needsAccount && procedure.Trust is not null)
        {
            faults.Add(at["trust"]!, "trust-alone");
        }

        foreach (var field in procedure.Pages.SelectMany(page => page.Fields).SelectMany(f => f.Fields.Prepend(f)))
        {
            if (field.From is not null && !needsAccount)
            {
                faults.Add(field.At!["from"]!, "trust-alone");
            }
            else if (field.From is { } source && (!source.Answers(field) || field.Path.Contains('.', StringComparison.Ordinal)))
            {
                faults.Add(field.At!["from"]!, "source-lacks", field.Path);
            }
        }
    }
}
