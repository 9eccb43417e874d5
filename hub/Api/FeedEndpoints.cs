using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Appointments;
using Aufruf.Hub.Identity;
using Aufruf.Hub.Offices;
using Aufruf.Portal.Citizens.Mine;
using Aufruf.Portal.Identity;
using Aufruf.Portal.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Aufruf.Hub.Api;

/// <summary>Appointments of an office in a clerk's calendar program. The token in the address is the credential.</summary>
internal static class FeedEndpoints
{
    public const string Token = "token";

    public static string AddressOf(Secret secret) => $"/feeds/{secret.Token}.ics";

    public static void MapFeeds(this IEndpointRouteBuilder app) => app.MapGet($"/feeds/{{{Token}}}.ics", Read).Needs(Permission.ReadFeed)
        .WithTags("Feeds").WithSummary("An office's appointments as a calendar to subscribe to, without personal data")
        .WithDescription("calendar names one calendar, \"buergerservice\"; lang the language of the services.")
        .Produces(StatusCodes.Status200OK, contentType: "text/calendar").ProducesProblem(StatusCodes.Status404NotFound);

    private static Results<FileContentHttpResult, ProblemHttpResult> Read(string token, string? calendar, string? lang,
        OfficeDirectory offices, StaffFeeds feeds, Grant grant, HttpContext http)
    {
        if (Secret.Parse(token) is not { } secret || offices.Find(secret.Place) is not { } office || !grant.IsGoodIn(office.Key))
        {
            return Problems.NotFound();
        }

        var file = Encoding.UTF8.GetBytes(feeds.Of(office, calendar, PortalTexts.For(lang is null ? office.Languages : [lang])));
        http.Response.Headers.CacheControl = "private, no-cache"; // Kept by the program that has the token, and asked for again each time.
        return TypedResults.Bytes(file, CalendarFile.Type,
            entityTag: new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(file))}\""));
    }
}
