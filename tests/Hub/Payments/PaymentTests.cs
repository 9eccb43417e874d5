using Aufruf.Hub.Connectors.Payments;
using Aufruf.Provider;
using static Aufruf.Hub.Connectors.Payments.PaymentAnswer;

namespace Aufruf.Tests.Hub.Payments;

public class PaymentTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => ["password", "token", "form"];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_citizen_pays_at_the_providers_page_and_the_office_hears_it(string way)
    {
        await using var room = await PaymentRoom.OpenAsync();
        var provider = room.Speaking(way);
        var begun = Assert.IsType<Begun>(await provider.BeginAsync(PaymentRoom.Order, Now));
        Assert.Equal(PaymentState.Open, Assert.IsType<Found>(await provider.AskAsync(begun.Transaction, Now)).State);

        using var citizen = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        Assert.Contains("19,90 Euro", await citizen.GetStringAsync(begun.Page, Now), StringComparison.Ordinal);
        using var back = await citizen.PostAsync(new Uri($"{begun.Page}/Paid"), null, Now);
        Assert.Equal(PaymentRoom.Order.Return, back.Headers.Location);

        var found = Assert.IsType<Found>(await provider.AskAsync(begun.Transaction, Now));
        Assert.Equal((PaymentState.Paid, 1990L, "EUR"), (found.State, found.Cents, found.Currency));
        Assert.Equal(1990, room.Provider.Book.Held);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_refused_card_and_a_citizen_who_breaks_off_are_two_ends(string way)
    {
        await using var room = await PaymentRoom.OpenAsync();
        var provider = room.Speaking(way);
        foreach (var (end, state) in ((PaymentStatus, PaymentState)[])[(PaymentStatus.Failed, PaymentState.Failed),
            (PaymentStatus.Cancelled, PaymentState.Cancelled)])
        {
            var begun = Assert.IsType<Begun>(await provider.BeginAsync(PaymentRoom.Order, Now));
            room.Provider.Book.Settle(room.Provider.Book.Find(begun.Transaction)!, end);
            Assert.Equal(state, Assert.IsType<Found>(await provider.AskAsync(begun.Transaction, Now)).State);
        }
    }

    [Theory]
    [InlineData("password", Fault.LoseAnswer, 1)]
    [InlineData("password", Fault.LoseQuestion, 0)]
    [InlineData("token", Fault.Break, 0)]
    [InlineData("form", Fault.LoseAnswer, 1)]
    [InlineData("form", Fault.Babble, 0)]
    [InlineData("password", Fault.OtherAttempt, 1)]
    [InlineData("form", Fault.OtherAttempt, 1)]
    [InlineData("password", Fault.BadPage, 1)]
    [InlineData("form", Fault.BadPage, 1)]
    public async Task An_attempt_without_a_sound_answer_is_unheard_and_begins_once(string way, Fault fault, int kept)
    {
        await using var room = await PaymentRoom.OpenAsync();
        room.Provider.Faults.Order(fault);
        Assert.IsType<Unheard>(await room.Speaking(way).BeginAsync(PaymentRoom.Order, Now));
        Assert.Equal(kept, room.Provider.Book.All.Count());
    }

    [Theory]
    [InlineData("password")]
    [InlineData("form")]
    public async Task A_clear_no_and_a_closed_door_are_no_attempts(string way)
    {
        await using var room = await PaymentRoom.OpenAsync();
        var provider = room.Speaking(way);
        room.Provider.Faults.Order(Fault.Refuse);
        Assert.IsType<Refused>(await provider.BeginAsync(PaymentRoom.Order, Now));
        await room.Provider.DisposeAsync();
        Assert.IsType<Refused>(await provider.BeginAsync(PaymentRoom.Order, Now));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_office_sees_the_amount_that_the_provider_names(string way)
    {
        await using var room = await PaymentRoom.OpenAsync();
        var provider = room.Speaking(way);
        var begun = Assert.IsType<Begun>(await provider.BeginAsync(PaymentRoom.Order, Now));
        room.Provider.Faults.Order(Fault.OtherAmount, Fault.OtherAttempt);
        Assert.Equal(1991, Assert.IsType<Found>(await provider.AskAsync(begun.Transaction, Now)).Cents);
        if (way == "form")
        {
            Assert.IsType<Unheard>(await provider.AskAsync(begun.Transaction, Now)); // The signature is not the provider's.
        }
    }

    [Fact]
    public async Task A_stranger_and_a_wrong_token_get_a_no()
    {
        await using var room = await PaymentRoom.OpenAsync();
        var stranger = new XBezahldienste(room.Kept(PaymentClient.ByPassword(room.Provider.Address, "alsdorf", "guess")), "alsdorf", "1");
        Assert.IsType<Refused>(await stranger.BeginAsync(PaymentRoom.Order, Now));
        var forger = new XBezahldienste(room.Kept(PaymentClient.ByToken(room.Provider.Address, new(room.Provider.Address, "oauth/token"),
            "alsdorf", "guess", TimeProvider.System)), "alsdorf", "1");
        Assert.IsType<Refused>(await forger.BeginAsync(PaymentRoom.Order, Now));
        Assert.Empty(room.Provider.Book.All);
    }

    [Theory]
    [InlineData("Geburtsurkunde Łucja Müller", "Geburtsurkunde ucja Muller")]
    [InlineData("Straße; 100 % <b>", "Strasse 100  b")]
    [InlineData("Anwohnerparkausweis 2026-000017 Alsdorf", "Anwohnerparkausweis 2026-00")]
    public void A_purpose_fits_on_an_account_statement(string text, string shown) => Assert.Equal(shown, RedirectPayment.Purpose(text));

    [Theory]
    [InlineData("19.90", 1990L)]
    [InlineData("0", 0L)]
    [InlineData("19.905", null)]
    [InlineData("100000000", null)]
    public void An_amount_is_a_whole_number_of_cents(string euros, long? cents) =>
        Assert.Equal(cents, PaymentLink.Cents(decimal.Parse(euros, System.Globalization.CultureInfo.InvariantCulture)));
}
