using System.Collections.Immutable;
using Aufruf.Contracts;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Cases.Declarations;
using Aufruf.Grains;
using Aufruf.Hub.Cases;
using Aufruf.Hub.Connectors.Payments;

namespace Aufruf.Simulation.Cases;

/// <summary>A citizen with one application: fills it in, sends it, pays, adds, comments, objects, or leaves it.</summary>
internal sealed class Applicant(CaseTown town)
{
    private const int Visits = 14;

    private KnownProcedure _procedure = null!;
    private string _code = "";

    /// <summary>The hash of the code that leads to the case.</summary>
    public string Hash => AppointmentSecrets.HashOf(_code);

    /// <summary>An address was given, so each notice becomes a mail.</summary>
    public bool HasMail { get; private set; }

    /// <summary>A hub said that the application is sent.</summary>
    public bool IsSent { get; private set; }

    public async Task LiveAsync()
    {
        await town.Scheduler.PauseAsync(town.Pause(0, 20 * 86_400));
        _procedure = town.Chance.Of(CaseLaw.All);
        await BeginAsync();
        if (!await FillInAsync() || town.Chance.Hits(0.04))
        {
            return; // It is left, and ends by itself.
        }

        await SendAsync();
        for (var visit = 0; visit < Visits && IsSent && !town.IsOver; visit++)
        {
            await town.Scheduler.PauseAsync(town.Pause(60, 5 * 86_400));
            if (await town.AskAsync(hub => hub.Get<ICitizenCases>().ViewAsync(CaseTown.Authority, _code)) is { } view)
            {
                await GoOnAsync(view);
            }
        }
    }

    private async Task BeginAsync()
    {
        var request = town.NewRequest();
        var isOnline = CaseLaw.Procedures.IsOnline(CaseTown.Authority, _procedure.Is) && town.Chance.Hits(0.85);
        var begun = await town.AskAsync(hub => isOnline
            ? hub.Get<ICitizenCases>().BeginAsync(CaseTown.Authority, _procedure.Is.Id, "de", request)
            : hub.Get<ICounterCases>().BeginAsync(CaseTown.Authority, _procedure.Is.Id, new(DraftOrigin.Counter, new("anna"), null), "de",
                request));
        town.Promise(begun.Code is not null, () => $"{_procedure.Is.Id} could not begin: {begun.Refusal?.English}");
        _code = begun.Code ?? "";
    }

    /// <summary>All answers at once, sometimes from two windows.</summary>
    private async Task<bool> FillInAsync()
    {
        for (var tries = 0; tries < 10; tries++)
        {
            Dictionary<string, string> answers = [];
            RandomCitizen random = new(town.Chance.Below(int.MaxValue), _procedure.DayAt(town.Clock.Now), _procedure.Version.Place);
            var found = random.FillIn(_procedure.Is, answers);
            if (found.IsComplete && found.Faults.Count == 0)
            {
                await StockAsync(found);
                await SaveAsync(answers);
                HasMail = _procedure.Is.Pages.SelectMany(page => page.Fields)
                    .Any(field => field.Type is FieldType.Email && found.Values.ContainsKey(field.Path));
                return true;
            }
        }

        return false;
    }

    private async Task SaveAsync(Dictionary<string, string> answers)
    {
        await Task.WhenAll(Enumerable.Range(0, town.Chance.Hits(0.15) ? 2 : 1).Select(_ =>
        {
            var request = town.NewRequest();
            return town.AskAsync(hub => hub.Get<OpenForms>().ChangeAsync(CaseTown.Authority, _code, request,
                _ => answers.ToImmutableDictionary()));
        }));
    }

    /// <summary>The town buys pieces when one is asked for. Those that are lent are few.</summary>
    private async Task StockAsync(Evaluation found)
    {
        foreach (var need in found.Stock)
        {
            var stream = Stock.StreamOf(CaseTown.Authority, need.Item);
            if (!town.Truth.Stocks.ContainsKey(stream))
            {
                var request = town.NewRequest();
                await town.AskAsync(hub => hub.Get<IGrainFactory>().GetGrain<IStockGrain>(stream).Handle(request,
                    new StockCommand.AddPieces(1, need.Declared.At is CaseState.Submitted ? 6 : 900, new("anna"))));
            }
        }
    }

    /// <summary>The button is pressed twice now and then, in two windows, at two hubs.</summary>
    private async Task SendAsync()
    {
        for (var tries = 0; tries < 4 && !IsSent; tries++)
        {
            if (await town.AskAsync(hub => hub.Get<ICitizenCases>().FormAsync(CaseTown.Authority, _code)) is not { } form)
            {
                return;
            }

            var presses = await Task.WhenAll(Enumerable.Range(0, town.Chance.Hits(0.2) ? 2 : 1).Select(_ =>
            {
                var request = town.NewRequest();
                return town.AskAsync(hub => hub.Get<ICitizenCases>().SubmitAsync(CaseTown.Authority, _code, form.Revision, request));
            }));
            IsSent = presses.Any(press => press.Refusal is null);
            if (!IsSent && !await FillInAsync()) // Not so many pieces are free, or the day has changed a rule.
            {
                return;
            }
        }
    }

    private async Task GoOnAsync(CaseView view)
    {
        var request = town.NewRequest();
        switch (view.State)
        {
            case CaseState.AwaitingPayment when town.Chance.Hits(0.6):
                await PayAsync();
                break;
            case CaseState.Supplement when town.Chance.Hits(0.5):
                await AddAsync();
                break;
            case CaseState.Hearing when view.MayComment && town.Chance.Hits(0.4):
                await WriteAsync(CitizenText.Comment);
                break;
            case CaseState.Announced or CaseState.Closed when view.MayObject && town.Chance.Hits(0.1):
                await WriteAsync(CitizenText.Objection);
                break;
            case var state when state.IsLive() && town.Chance.Hits(0.03):
                var answer = await town.AskAsync(hub => hub.Get<ICitizenCases>().WithdrawAsync(CaseTown.Authority, _code, request));
                Acknowledge(answer, request);
                break;
            case var state when state.TakesMessages() && view.MayWrite && town.Chance.Hits(0.08):
                await WriteAsync(CitizenText.Message);
                break;
        }
    }

    private async Task AddAsync()
    {
        var day = town.Truth.Cases.GetValueOrDefault(StreamOfCase() ?? "")?.Plan?.Day;
        RandomCitizen random = new(town.Chance.Below(int.MaxValue), day ?? _procedure.DayAt(town.Clock.Now), _procedure.Version.Place);
        Dictionary<string, string> answers = [];
        var found = random.FillIn(_procedure.Is, answers);
        if (!found.IsComplete || found.Faults.Count > 0)
        {
            return;
        }

        await SaveAsync(answers);
        if (await town.AskAsync(hub => hub.Get<ICitizenCases>().FormAsync(CaseTown.Authority, _code)) is { } form)
        {
            var request = town.NewRequest();
            await town.AskAsync(hub => hub.Get<ICitizenCases>().SubmitAsync(CaseTown.Authority, _code, form.Revision, request));
        }
    }

    private async Task WriteAsync(CitizenText kind)
    {
        var request = town.NewRequest();
        Acknowledge(await town.AskAsync(hub => hub.Get<ICitizenCases>()
            .WriteAsync(CaseTown.Authority, _code, kind, "A sentence.", request)), request);
    }

    private void Acknowledge(CaseAnswer answer, Domain.RequestId request)
    {
        if (answer.Refusal is null && StreamOfCase() is { } stream)
        {
            town.Truth.Acknowledged.Add((stream, request));
        }
    }

    private string? StreamOfCase() => town.Truth.Drafts.GetValueOrDefault(CaseDraft.StreamOf(CaseTown.Authority, Hash))?.Number
        is { } number ? CitizenCase.StreamOf(CaseTown.Authority, number) : null;

    private async Task PayAsync()
    {
        for (var tries = 0; tries < 3; tries++)
        {
            var view = await town.AskAsync(hub => hub.Get<ICasePayments>().ViewAsync(CaseTown.Authority, _code));
            if (view?.Claims.FirstOrDefault(claim => claim.IsByCitizen && (claim.IsOpen || claim.Page is not null)) is not { } due)
            {
                return;
            }

            var begun = await Task.WhenAll(Enumerable.Range(0, town.Chance.Hits(0.25) ? 2 : 1).Select(_ =>
            {
                var request = town.NewRequest();
                return town.AskAsync(hub => hub.Get<ICasePayments>().BeginAsync(CaseTown.Authority, _code, due.Id, request));
            }));
            var page = begun.Select(one => one.View?.Claims.FirstOrDefault(claim => claim.Id == due.Id)?.Page)
                .FirstOrDefault(known => known is not null);
            await town.Scheduler.PauseAsync(town.Chance.Hits(0.2) ? town.Pause(3_600, 8 * 3_600) : town.Pause(5, 300));
            if (page is not null && town.Provider.Open(page) is { } payment)
            {
                Press(payment);
            }

            if (town.Chance.Hits(0.7))
            {
                await town.AskAsync(hub => hub.Get<ICasePayments>().AskAsync(CaseTown.Authority, _code));
            }
        }
    }

    private void Press(Payment payment)
    {
        payment.State = town.Chance.Below(10) switch
        {
            < 7 => PaymentState.Paid,
            7 => PaymentState.Failed,
            8 => PaymentState.Cancelled,
            _ => PaymentState.Open,
        };
        if (payment.State is not PaymentState.Open && town.Chance.Hits(0.12))
        {
            // The provider takes its word back, or a failure was none.
            town.Scheduler.At(town.Clock.Now + town.Pause(1, 4 * 3_600), () => payment.State =
                town.Clock.Now - payment.At >= LyingProvider.Doubt ? payment.State : payment.State is PaymentState.Paid ? PaymentState.Failed : PaymentState.Paid);
        }
    }
}
