using Aufruf.Domain.Cases;
using Aufruf.Hub.Cases.Payments;
using Aufruf.Hub.Connectors.Payments;
using Aufruf.Tests.Running;
using static Aufruf.Domain.Cases.AttemptState;
using static Aufruf.Hub.Connectors.Payments.PaymentAnswer;

namespace Aufruf.Tests.Hub.Payments;

/// <summary>The meaning of a provider's answers, the times of questions, the provider's file, and the settings.</summary>
public class AttemptNewsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<AttemptState, string, double, AttemptState?> Answers => new()
    {
        { Redirected, "paid", 0.1, Paid }, { Unknown, "paid", 0.1, Paid }, { Failed, "paid", 30, Paid }, { Expired, "paid", 300, Paid },
        { Redirected, "dollars", 0.1, null }, { Redirected, "failed", 0.1, Failed }, { Paid, "failed", 0.1, Failed },
        { Redirected, "cancelled", 0.1, AttemptState.Cancelled }, { Redirected, "open", 23, null }, { Redirected, "open", 24, Expired },
        { Started, "open", 0.1, Redirected }, { Unknown, "open", 0.1, Redirected }, { Paid, "open", 1, Failed },
        { Failed, "open", 1, null },
        { Redirected, "unheard", 30, null }, { Started, "unheard", 0.1, Unknown }, { Unknown, "unheard", 23, null },
        { Started, "refused", 0.1, Unknown }, { Redirected, "refused", 30, null }, { Paid, "refused", 1, null },
    };

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_means_one_thing(AttemptState state, string answer, double hours, AttemptState? news) =>
        Assert.Equal(news, AttemptNews.Of(AttemptIn(state, "t1"), Said(answer), Nine.AddHours(hours))?.State);

    [Theory]
    [InlineData("refused", 0.4, null)]
    [InlineData("refused", 0.5, Expired)]
    [InlineData("unreached", 0.5, null)]
    [InlineData("unheard", 23, null)]
    [InlineData("unheard", 24, Expired)]
    public void An_attempt_whose_page_nobody_saw_is_given_up(string answer, double hours, AttemptState? news) =>
        Assert.Equal(news, AttemptNews.Of(AttemptIn(Unknown, null), Said(answer), Nine.AddHours(hours))?.State);

    [Fact]
    public void Questions_come_soon_then_each_hour_and_then_each_day()
    {
        List<TimeSpan> all = [];
        for (int? step = 0; step is { } now; step = QuestionTimes.Next(AttemptIn(Redirected, "t1"), now, isAnswered: true, Nine + all[^1]))
        {
            all.Add(QuestionTimes.After(now)!.Value);
        }

        Assert.Equal([TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)], all[..4]);
        Assert.Equal(Enumerable.Range(1, 24).Select(hour => TimeSpan.FromHours(hour)), all[4..28]);
        Assert.Equal(Enumerable.Range(2, 14).Select(day => TimeSpan.FromDays(day)), all[28..]);
        // The hub stood still for ten hours, and an attempt that is over is asked about once more.
        Assert.Equal(TimeSpan.FromHours(11),
            QuestionTimes.After(QuestionTimes.Next(AttemptIn(Redirected, "t1"), 0, isAnswered: false, Nine.AddHours(10))!.Value));
        Assert.Equal(TimeSpan.FromHours(24),
            QuestionTimes.After(QuestionTimes.Next(AttemptIn(Paid, "t1"), 0, isAnswered: true, Nine)!.Value));
        Assert.Null(QuestionTimes.Next(AttemptIn(Paid, "t1"), 27, isAnswered: true, Nine.AddDays(1)));
        // The provider was silent after a day: the last word about an attempt that is over is still to come.
        Assert.Equal(TimeSpan.FromDays(2),
            QuestionTimes.After(QuestionTimes.Next(AttemptIn(Failed, "t1"), 27, isAnswered: false, Nine.AddDays(1))!.Value));
        Assert.Null(QuestionTimes.Next(AttemptIn(Failed, null), 0, isAnswered: true, Nine));
        Assert.Equal((new ClaimKey("alsdorf", "33.10-2026-000001", "fee"), 2, 5),
            QuestionTimes.Read("payment-question/alsdorf.33.10-2026-000001.fee/2/5"));
    }

    [Fact]
    public void The_providers_file_is_compared_line_by_line()
    {
        var found = ProviderFile.Compare("reference;cents\r\nT1;1990\nT1;1990\n\"1-2026-000002.fee.1\"; 500\nT3;100\nnonsense\n",
        [
            new("T1", "1-2026-000001.fee.1", 1990, "1-2026-000001", true), new(null, "1-2026-000002.fee.1", 500, "1-2026-000002", false),
            new("T3", "1-2026-000003.fee.1", 110, "1-2026-000003", true), new("T4", "1-2026-000004.fee.1", 70, "1-2026-000004", false),
        ]);
        Assert.Equal((2, 2490L), (found.Matched, found.MatchedCents));
        Assert.Equal([("T1", 1990L), ("T3", 100L)], found.MissingHere);
        Assert.Equal([("T3", 110L, "1-2026-000003")], found.MissingThere);
        Assert.Equal([6], found.Unreadable);
    }

    [Fact]
    public void Wrong_settings_are_named_before_the_hub_starts()
    {
        using var folder = new TempFolder();
        var secret = folder.Write("secret", "demo");
        var right = new PaymentOptions
        {
            Address = "https://pay.example/api",
            SignIn = "password",
            User = "alsdorf",
            SecretFile = secret,
            Originator = "a",
            Endpoint = "b",
        };
        Assert.Empty(right.Wrong("alsdorf"));
        foreach (var (wrong, named) in ((PaymentOptions, string)[])
            [(new() { Kind = "cash", Address = "https://pay.example" }, "Kind must be xbezahldienste or form"),
            (new() { Address = "http://pay.example" }, "Address must be an https address"),
            (new() { Address = "https://pay.example" }, "TokenAddress must be an https address"),
            (new() { Address = "https://pay.example", SignIn = "magic" }, "SignIn must be token, password or certificate"),
            (new() { Address = "https://pay.example", SignIn = "certificate", CertificateFile = secret }, "must be a PKCS#12 file"),
            (new() { Address = "https://pay.example", Kind = "form" }, "the numbers of merchant and project"),
            (new() { Address = "https://pay.example", Patience = TimeSpan.FromHours(1) }, "Patience must be between")])
        {
            Assert.Contains(wrong.Wrong("alsdorf"), sentence => sentence.Contains(named, StringComparison.Ordinal));
        }

        Assert.Contains(right.Wrong("Stadt"), sentence => sentence.Contains("must name authorities", StringComparison.Ordinal));
    }

    private static Attempt AttemptIn(AttemptState state, string? reference) => new(1, "pay", state, 0, reference, Nine, Nine, null);

    private static PaymentAnswer Said(string answer) => answer switch
    {
        "paid" => new Found(PaymentState.Paid, "t1", 1990, "EUR", null, Nine),
        "dollars" => new Found(PaymentState.Paid, "t1", 1990, "USD", null, Nine),
        "failed" => new Found(PaymentState.Failed, "t1", 1990, "EUR", null, null),
        "cancelled" => new Found(PaymentState.Cancelled, "t1", 1990, "EUR", null, null),
        "open" => new Found(PaymentState.Open, "t1", 1990, "EUR", null, null, new("https://pay.example/t1")),
        "refused" => new Refused("404"),
        "unreached" => new Refused("No connection", WasHeard: false),
        _ => new Unheard("silence"),
    };
}
