using Aufruf.Domain.Cases.Expressions;

namespace Aufruf.Domain.Cases.Declarations;

/// <summary>Looks for that which would fail a citizen or a clerk later on. A declaration is published only without findings.</summary>
public sealed class Linter
{
    /// <summary>Names that the engine gives to documents.</summary>
    private static readonly string[] EngineNames = ["caseNumber", "today", "town", "remedy"];

    private readonly ProcedureDefinition _procedure;
    private readonly Library _library;
    private readonly Faults _faults = new();

    private Linter(ProcedureDefinition procedure, Library library) => (_procedure, _library) = (procedure, library);

    /// <summary>Everything that reading, these rules and the walk of random citizens find.</summary>
    public static IReadOnlyList<Fault> Check(string json, Library library, DateOnly today, Town town, int seed = 1)
    {
        var (procedure, faults) = ProcedureReader.Read(json, library);
        return procedure is null ? faults : Of(procedure, library) is { Count: > 0 } found ? found : Walk.Of(procedure, today, town, seed);
    }

    public static IReadOnlyList<Fault> Of(ProcedureDefinition procedure, Library library)
    {
        Linter linter = new(procedure, library);
        linter.CheckWhole();
        linter.CheckFields();
        AccountRules.Check(procedure, linter._faults);
        LabelRules.Check(procedure, linter._faults);
        linter.CheckTexts();
        linter.CheckRates();
        linter.CheckFlow();
        linter.CheckDocuments();
        linter.CheckStock();
        return [.. linter._faults.All.OrderBy(fault => (fault.Line, fault.Column))];
    }

    private JsonPart At => _procedure.At!;

    private JsonPart FlowAt => At["flow"] ?? At;

    private IEnumerable<Field> Fields => _procedure.Pages.SelectMany(page => page.Fields).SelectMany(f => f.Fields.Prepend(f));

    private void CheckWhole()
    {
        if (_procedure.Article is not { } article)
        {
            _faults.Add(At, "no-article");
        }
        else if (_library.Articles?.Contains(article) is false)
        {
            _faults.Add(At["article"]!, "unknown-article", article);
        }

        foreach (var follower in _procedure.Follows.Where(f => _library.Procedures?.Contains(f) is false))
        {
            _faults.Add(At["follows"]!, "unknown-procedure", follower);
        }

        foreach (var page in _procedure.Pages.Where(page => page.If?.Always is false))
        {
            _faults.Add(At["pages"]!, "never", page.Id);
        }
    }

    private void CheckFields()
    {
        foreach (var field in Fields)
        {
            if (field.If?.Always is false)
            {
                _faults.Add(field.At!, "never", field.Path);
            }

            if (field.Type is FieldType.File && (field.Mime.Count == 0 || field.MaxMiB is null))
            {
                _faults.Add(field.At!, "file-open");
            }

            if (field.Say is { } say && !_procedure.Texts.ContainsKey(say) && !FieldFaults.Codes.Contains(say))
            {
                _faults.Add(field.At!["say"]!, "unknown-text", say);
            }

            foreach (var fim in field.Fim)
            {
                // The parts of a name and an address are as long as the catalogue allows.
                if (FimElements.Known.GetValueOrDefault(fim).Longest is { } longest && field.Type.Parts().Count == 0
                    && int.TryParse(field.Max?.Source, CultureInfo.InvariantCulture, out var max) && max < longest)
                {
                    _faults.Add(field.At!["max"]!, "fim-narrower", fim, max, longest);
                }
            }
        }
    }

    private void CheckTexts()
    {
        CheckText(At["title"], _procedure.Title, _procedure.Id);
        foreach (var (page, at) in _procedure.Pages.Zip(At["pages"]?.Items ?? []))
        {
            CheckText(at["title"], page.Title, page.Id);
        }

        foreach (var field in Fields)
        {
            CheckText(field.At, field.Label, field.Path);
            CheckText(field.At, field.Hint, field.Path);
        }

        foreach (var (id, text) in _procedure.Tasks.Select(t => (t.Id, t.Label)).Concat(_procedure.Hearings.Select(h => (h.Id, h.Label))))
        {
            CheckText(At["tasks"] ?? At["hearings"], text, id);
        }

        foreach (var (code, text) in _procedure.Texts)
        {
            CheckText(At["texts"], text, code);
        }

        foreach (var (state, text) in _procedure.Says)
        {
            CheckText(At["says"], text, state.ToString());
        }

        foreach (var (notice, at) in _procedure.Notices.Zip(At["notify"]?.Items ?? [])
            .Where(n => !_procedure.Texts.ContainsKey(n.First.Text) && !NoticeTexts.Codes.Contains(n.First.Text)))
        {
            _faults.Add(at, "unknown-text", notice.Text);
        }
    }

    private void CheckText(JsonPart? at, Texts? text, string name)
    {
        foreach (var language in _procedure.Languages.Where(l => text is not null && string.IsNullOrWhiteSpace(text.GetValueOrDefault(l))))
        {
            _faults.Add(at ?? At, "text-missing", language, name);
        }
    }

    /// <summary>From the first day of the declaration on, every combination of keys has a rate on every day.</summary>
    private void CheckRates()
    {
        foreach (var (name, table) in _procedure.Tables.Rates)
        {
            var combinations = Enumerable.Range(0, table.Keys.Count).Aggregate((IEnumerable<ImmutableList<string>>)[[]], (before, column) =>
                before.SelectMany(keys => table.Rows.Select(row => row.Keys[column]).Distinct().Select(keys.Add)));
            // A gap begins at the first day, or on the day after a row ends. One is named; the next one shows up after its mending.
            var gap = combinations.SelectMany(keys => table.Rows.Where(row => row.Keys.SequenceEqual(keys))
                .Select(row => row.Until?.AddDays(1)).OfType<DateOnly>().Append(_procedure.ValidFrom)
                .Where(day => day >= _procedure.ValidFrom && table.On(day, keys) is null)
                .Select(day => (Day: day, Keys: keys))).OrderBy(g => g.Day).Take(1);
            foreach (var (day, keys) in gap)
            {
                _faults.Add(At["rates"]?[name] ?? At, "rate-gap", name, day.ToString("O", CultureInfo.InvariantCulture),
                    string.Join(", ", keys));
            }
        }
    }

    private void CheckFlow()
    {
        var flow = _procedure.Flow;
        var reachable = Reachable().ToHashSet();
        // A case that was submitted goes on at once, so no task begins there.
        foreach (var (id, at, always, place) in _procedure.Tasks
            .Select(t => (t.Id, t.At is CaseState.Submitted ? CaseState.Draft : t.At, t.If?.Always, t.Place))
            .Concat(_procedure.Documents.Select(d => (d.Id, d.At, d.If?.Always, d.Place)))
            .Concat(_procedure.Claims.Select(c => (c.Id, c.At, (bool?)null, c.Place)))
            .Where(part => part.Item3 is false || !reachable.Contains(part.Item2)))
        {
            _faults.Add(place!, "never", id);
        }

        _procedure.Tasks.Where(task => CaseTask.Own.Contains(task.Id)).ToList()
            .ForEach(task => _faults.Add(task.Place!, "name-twice", task.Id));

        foreach (var (role, at) in _procedure.Tasks.Select(t => (t.Role, t.Place!["role"]!))
            .Concat(_procedure.Hearings.Select(h => (h.Role, h.Place!["role"]!)))
            .Concat(((string?[])[flow.Complete.Role, flow.Decide.Role]).OfType<string>().Select(role => (role, FlowAt)))
            .Where(r => _library.Roles?.Contains(r.Item1) is false))
        {
            _faults.Add(at, "role-unheld", role);
        }

        CheckDeciding(flow);
        foreach (var claim in _procedure.Claims.Where(claim => string.IsNullOrEmpty(claim.Account)))
        {
            _faults.Add(claim.Place!, "no-account");
        }

        if (flow.Pay is not PayWhen.None && !_procedure.Claims.Any(c =>
            (c.At is CaseState.AwaitingPayment) == (flow.Pay is PayWhen.Before)))
        {
            _faults.Add(FlowAt, "no-claim");
        }
    }

    private void CheckDeciding(Flow flow)
    {
        if (flow.Complete is { Role: null, Automatic: not { Always: true } })
        {
            _faults.Add(FlowAt["complete"] ?? FlowAt, "no-role", "complete");
        }

        if (flow.Decide is { Role: null, Automatic: not { Always: true } })
        {
            _faults.Add(FlowAt["decide"] ?? FlowAt, "no-role", "decide");
        }

        if (flow.Retain is null)
        {
            _faults.Add(FlowAt, "no-retention");
        }

        if (flow.Decide.Decides && flow.Decide.Remedy is null)
        {
            _faults.Add(FlowAt["decide"] ?? FlowAt, "no-remedy");
        }
        else if (flow.Decide.Remedy is { } remedy && !_library.Templates.ContainsKey(remedy))
        {
            _faults.Add(FlowAt["decide"]!, "unknown-template", remedy);
        }

        if (flow.Decide.Decides && (flow.Announce.Law is not { } law || !Announcing.Laws.Contains(law)))
        {
            _faults.Add(FlowAt["announce"] ?? FlowAt, "no-rule", "announced", string.Join(", ", Announcing.Laws));
        }
    }

    private IEnumerable<CaseState> Reachable() => Enum.GetValues<CaseState>().Where(state => state switch
    {
        CaseState.Draft or CaseState.Erased or CaseState.HandedOver or CaseState.Destroyed => false, // No case yet, or nothing of it.
        CaseState.AwaitingPayment => _procedure.Flow.Pay is PayWhen.Before,
        CaseState.Hearing => _procedure.Flow.Decide.Adverse is not null,
        CaseState.Offered => _procedure.Flow.Retain?.Then is RetainThen.Offer,
        _ => true,
    });

    private void CheckDocuments()
    {
        foreach (var document in _procedure.Documents)
        {
            if (document.Address is { } address && !Fields.Any(field => field.Path == address && field.Type is FieldType.Address))
            {
                _faults.Add(document.Place!["address"]!, "not-an-address", address);
            }

            if (!_library.Templates.TryGetValue(document.Template, out var template))
            {
                _faults.Add(document.Place!, "unknown-template", document.Template);
                continue;
            }

            foreach (var language in _procedure.Languages.Where(l => l == "de" && !template.Paragraphs.ContainsKey(l)))
            {
                _faults.Add(document.Place!, "text-missing", language, template.Id);
            }

            var facts = document.If?.Facts([]) ?? [];
            foreach (var (name, mayLack) in template.Paragraphs.Values.SelectMany(lines => lines).SelectMany(DocumentText.NamesIn)
                .Distinct().Where(n => !EngineNames.Contains(n.Name)))
            {
                var known = _procedure.Names.Known.GetValueOrDefault(name);
                if (known is null && !DocumentText.IsPiece(name, _procedure, document.At))
                {
                    _faults.Add(document.Place!, "placeholder-unknown", template.Id, name);
                }
                else if (!mayLack && (known is null || !Facts.IsPresent(known, facts)))
                {
                    _faults.Add(document.Place!, "placeholder-absent", template.Id, name);
                }
            }
        }
    }

    private void CheckStock()
    {
        foreach (var stock in _procedure.Stock)
        {
            foreach (var field in stock.By.Where(name => !Fields.Any(field => field.Path == name && field.Type is FieldType.Code)
                || !Facts.IsPresent(_procedure.Names.Known[name], [])))
            {
                _faults.Add(stock.Place!["by"]!, "stock-by", field);
            }

            if (stock.At is CaseState.Submitted && !Fields.Any(field => field.Type is FieldType.StockItem && field.Item == stock.Item))
            {
                _faults.Add(stock.Place!, "stock-unseen", stock.Item);
            }

            foreach (var (task, at) in new[] { (stock.Out, "out"), (stock.Back, "back") }
                .Where(t => t.Item1 is { } id && !_procedure.Tasks.Any(task => task.Id == id)))
            {
                _faults.Add(stock.Place![at]!, "unknown-task", task!);
            }
        }
    }
}
