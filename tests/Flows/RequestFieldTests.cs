using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aufruf.Tests.Running;

namespace Aufruf.Tests.Flows;

/// <summary>A request with a wrong field is refused with the field's name: no field is ignored in silence.</summary>
public class RequestFieldTests(GuardedHub guarded)
{
    private const string Id = "\"requestId\":\"0190f5a4-7e1e-7cc0-9d2e-6f2f5a1c7b11\"";

    /// <param name="path">Behind /api/v1/.</param>
    [Theory]
    [InlineData("kiosks/{kiosk}/tickets", """{"service":"ausweis","language":"de"}""", "requestId")]
    [InlineData("kiosks/{kiosk}/tickets", "{ID,\"language\":\"de\"}", "service")]
    [InlineData("kiosks/{kiosk}/tickets", "{ID,\"service\":null,\"language\":\"de\"}", "service")]
    [InlineData("kiosks/{kiosk}/tickets", "{ID,\"service\":\"ausweis\",\"language\":\"de\",\"prio\":1}", "prio")]
    [InlineData("kiosks/{kiosk}/tickets", "{ID,\"service\":7,\"language\":\"de\"}", "service")]
    [InlineData("areas/{area}/counters/1/call-next", "{}", "requestId")]
    [InlineData("areas/{area}/counters/1/call-next", "{ID,\"sen\":7}", "sen")]
    [InlineData("areas/{area}/counters/1/call-next", "{ID,\"seen\":\"7\"}", "seen")]
    [InlineData("areas/{area}/counters/1/call-next", "{ID,\"ticket\":\"0190f5a4-7e1e-7cc0-9d2e-6f2f5a1c7b12\"}", "ticket")]
    [InlineData("areas/{area}/counters/1/call-next", "{ID,\"queue\":\"gestern\"}", "queue")]
    [InlineData("areas/{area}/counters/1/call", "{ID}", "ticket")]
    [InlineData("areas/{area}/counters/1/call", "{ID,\"became\":\"lost\"}", "became")]
    [InlineData("areas/{area}/counters/1/finish", "{ID,\"given\":[{\"service\":\"ausweis\"}]}", "quantity")]
    [InlineData("areas/{area}/counters/1/finish", "{ID,\"given\":[{\"service\":\"ausweis\",\"quantity\":1,\"price\":2}]}", "price")]
    [InlineData("areas/{area}/counters/1/return", "{ID,\"way\":\"after\"}", "after")]
    [InlineData("areas/{area}/counters/1/return", "{ID,\"way\":\"at-time\"}", "until")]
    [InlineData("areas/{area}/counters/1/transfer", "{ID,\"to\":{\"room\":\"2\"}}", "room")]
    [InlineData("areas/{area}/counters/1/recall", "{ID,\"forPickup\":true}", "forPickup")]
    [InlineData("areas/{area}/tickets", "{ID,\"language\":\"de\"}", "service")]
    [InlineData("areas/{area}/tickets", "{ID,\"service\":\"ausweis\",\"language\":\"de\",\"also\":[1]}", "also")]
    [InlineData("areas/{area}/tickets/0190f5a4-7e1e-7cc0-9d2e-6f2f5a1c7b12/cancel", "{ID,\"reason\":\"notlage\"}", "reason")]
    [InlineData("areas/{area}/services/ausweis/stop", "{ID,\"until\":\"12:00\"}", "until")]
    public async Task A_wrong_a_missing_or_an_unknown_field_is_named(string path, string body, string field)
    {
        var hub = await guarded.HubAsync();
        using var content = new StringContent(body.Replace("ID", Id, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        var caller = path.StartsWith("kiosks", StringComparison.Ordinal) ? hub.AtKiosk : hub.Clerk;
        using var answer = await caller.PostAsync("/api/v1/" + path.Replace("{kiosk}", TestHub.Kiosk, StringComparison.Ordinal)
            .Replace("{area}", TestHub.Area, StringComparison.Ordinal), content, TestContext.Current.CancellationToken);
        var words = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{answer.StatusCode}: {words}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(field, (string?)JsonNode.Parse(words)!["detail"], StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null")]
    public async Task A_body_that_is_no_request_is_refused_without_a_trace_in_the_log(string body)
    {
        var hub = await guarded.HubAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await hub.Clerk.PostAsync($"/api/v1/areas/{TestHub.Area}/counters/1/call-next", content,
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("BadHttpRequestException", hub.Words, StringComparison.Ordinal);
    }
}
