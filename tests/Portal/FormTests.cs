using Aufruf.Domain.Appointments;
using Aufruf.Portal.Citizens;
using Aufruf.Portal.Citizens.Booking;
using Aufruf.Portal.Web;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Tests.Portal;

/// <summary>The forms of the citizens' pages, and the addresses between them.</summary>
public class FormTests
{
    [Fact]
    public void The_same_form_with_the_same_content_is_one_request_and_every_other_one_is_new()
    {
        var form = FormId.New();
        Assert.Equal(FormId.RequestOf(form, "9:00"), FormId.RequestOf(form, "9:00"));
        Assert.NotEqual(FormId.RequestOf(form, "9:00"), FormId.RequestOf(form, "9:10"));
        Assert.NotEqual(FormId.RequestOf(form, "9:00"), FormId.RequestOf(FormId.New(), "9:00"));
        Assert.NotEqual(FormId.RequestOf("no id", "9:00"), FormId.RequestOf("no id", "9:00"));
    }

    [Fact]
    public void All_that_is_chosen_stands_in_the_address_and_comes_back_from_it()
    {
        var choice = BookingChoice.Of(new(["ausweis:2", "wohnsitz"]), "rathaus");
        Assert.Equal([new Wanted(new("ausweis"), 2), new Wanted(new("wohnsitz"))], choice.Services);
        Assert.Equal([("service", "ausweis:2"), ("service", "wohnsitz"), ("office", "rathaus")], choice.Parts);
        Assert.Equal("alsdorf.rathaus", choice.Question("alsdorf").Office);
        Assert.Equal(("case", "abcd"), BookingChoice.Of("x", null, "abcd").Parts.Last());
        var call = BookingChoice.Of("x", "phone");
        Assert.Equal((AppointmentKind.Phone, null), (call.Kind, call.Question("alsdorf").Office));
    }

    [Theory]
    [InlineData("ausweis:0")]
    [InlineData("ausweis:100")]
    [InlineData("ausweis:-1")]
    [InlineData("ausweis:x")]
    [InlineData("ausweis:1:1")]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public void A_service_that_nobody_could_choose_is_left_out(string text) => Assert.Empty(BookingChoice.Of(text, null).Services);

    [Theory]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", null, true)]
    [InlineData("same-site", null, true)]
    [InlineData(null, null, false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "http://town.example:5280", false)]
    [InlineData(null, "https://evil.example", true)]
    [InlineData(null, "nonsense", true)]
    public void A_form_on_another_site_is_known(string? site, string? origin, bool isForeign)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new("town.example", 5280);
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;
        Assert.Equal(isForeign, request.IsForeign());
    }
}
