using Aufruf.Domain.Identity;
using Aufruf.Tests.Running;
using Microsoft.Playwright;

namespace Aufruf.Tests.Browser.Portal;

/// <summary>An application with a file, from the sofa to the decision, in browsers without scripts.</summary>
public sealed class CaseMorePageTests(Chromium chromium, CasePageTests.CaseHall hall) : IClassFixture<CasePageTests.CaseHall>
{
    private const string Keeper = """
        name.given=Zoë;name.family=Müller;born=1990-02-28;address.street=Hubertusstraße;address.number=17;address.postcode=52477;
        address.town=Alsdorf
        """;

    [Theory]
    [InlineData(1280, "de")]
    [InlineData(390, "en")]
    public async Task A_proof_is_uploaded_more_is_asked_for_and_added_and_the_application_is_granted(int width, string language)
    {
        var name = $"clerk{width}";
        await using var citizen = await chromium.OpenAsync(width, 900, o => o.JavaScriptEnabled = false);
        await using var reader = await chromium.OpenAsync(width, 900); // axe needs scripts: it opens the same addresses.
        await citizen.GoAsync(hall.Hub.Address, $"/apply/dog-registration?lang={language}");
        await citizen.At("#begin").ClickAsync();
        await FillAsync(Keeper);
        await citizen.At("[value=next]").ClickAsync();
        await FillAsync("call=Bello;whelped=2026-01-10;since=2026-03-20;others=0");
        await citizen.At("select[name=breed], input[name=breed]").First.WaitForAsync();
        await ChooseAsync("breed", "labrador");
        await ChooseAsync("large", "false");
        await citizen.At("[value=next]").ClickAsync();
        await ChooseAsync("relief", "guide");
        await ChooseAsync("debit", "false");
        await citizen.At("[value=next]").ClickAsync();
        await citizen.SeesAsync("input[type=file]");
        await SeeAsync(citizen, $"upload-{width}");
        await UploadAsync("proof.heic", SampleFiles.Heic);
        await citizen.SeesAsync("#_proof-error");
        await SeeAsync(citizen, $"upload-refused-{width}");
        await UploadAsync("Nachweis.pdf", SampleFiles.Pdf);
        await citizen.SeesAsync("#send");
        var code = new Uri(citizen.Page.Url).Segments[2].Trim('/');
        await citizen.GoAsync(hall.Hub.Address, $"/case/{code}/form/relief?lang={language}");
        await SeeAsync(citizen, $"uploaded-{width}");
        await citizen.GoAsync(hall.Hub.Address, $"/case/{code}/check?lang={language}");
        await SeeAsync(citizen, $"upload-check-{width}");
        await citizen.At("#send").ClickAsync();
        var number = await citizen.At("#number").InnerTextAsync();

        var person = await hall.Hub.HireAsync("alsdorf", name, (Role.CaseWork.Id, "alsdorf"));
        await using var clerk = await chromium.OpenAsync(width, 900, o => o.JavaScriptEnabled = false);
        await clerk.EnterAsync(hall.Hub, $"/staff/alsdorf/cases/{number}?lang={language}", person: person);
        await clerk.SeesAsync("#deeds");
        await reader.EnterAsync(hall.Hub, $"/staff/alsdorf/cases/{number}?lang={language}", person: person);
        await clerk.At("#reason").FillAsync("Bitte nennen Sie den Rufnamen, der im Impfpass steht.");
        await clerk.At("[value=askformore]").ClickAsync();
        await clerk.SeesAsync("[data-state=supplement]");
        await SeeAsync(clerk, $"case-asked-{width}");

        await citizen.GoAsync(hall.Hub.Address, $"/case/{code}?lang={language}");
        await SeeAsync(citizen, $"my-case-asked-{width}");
        await citizen.At("#asked a").ClickAsync();
        await SeeAsync(citizen, $"add-{width}");
        await citizen.At("ul a[href*='form/dog']").ClickAsync();
        await FillAsync("call=Rex");
        await citizen.At("[value=next]").ClickAsync();
        await citizen.At("#send").ClickAsync();
        await citizen.SeesAsync("[data-state=received]");
        await citizen.GoAsync(hall.Hub.Address, $"/case/{code}/message?lang={language}");
        await citizen.At("#Text").FillAsync("Wann kommt die Marke?\nIch bin ab Montag verreist.");
        await SeeAsync(citizen, $"message-{width}");
        await citizen.At("#send").ClickAsync();
        await SeeAsync(citizen, $"my-case-message-{width}");

        await clerk.GoAsync(hall.Hub.Address, $"/staff/alsdorf/cases/{number}?lang={language}");
        await SeeAsync(clerk, $"case-message-{width}");
        await clerk.At("#text").FillAsync("Sie kommt in zwei Wochen.");
        await clerk.At("[value=answer]").ClickAsync();
        await clerk.At("[value=begin]").ClickAsync();
        await clerk.At("[value=grant]").ClickAsync();
        await clerk.SeesAsync("[data-state=decided]");
        await clerk.GoAsync(hall.Hub.Address, $"/staff/account?lang={language}");
        await clerk.SeesAsync("#substitute");
        await SeeAsync(clerk, $"substitute-{width}");

        async Task SeeAsync(Window window, string state)
        {
            await window.PictureAsync($"more-{state}", wholePage: true);
            await reader.GoAsync(hall.Hub.Address, new Uri(window.Page.Url).PathAndQuery);
            await reader.HasNoBarrierAsync(state);
            await reader.FitsANarrowScreenAsync();
            await reader.Page.SetViewportSizeAsync(width, 900);
        }

        async Task FillAsync(string answers)
        {
            foreach (var answer in answers.Replace("\n", "", StringComparison.Ordinal).Split(';'))
            {
                await citizen.At($"[name='{answer.Split('=')[0]}']").FillAsync(answer.Split('=')[1]);
            }
        }

        async Task ChooseAsync(string field, string choice)
        {
            if (await citizen.At($"select[name={field}]").CountAsync() > 0)
            {
                await citizen.At($"select[name={field}]").SelectOptionAsync(choice);
            }
            else
            {
                await citizen.At($"[name={field}][value={choice}]").CheckAsync();
            }
        }

        async Task UploadAsync(string file, byte[] content)
        {
            await citizen.At("input[type=file]").SetInputFilesAsync(new FilePayload
            {
                Name = file,
                MimeType = "application/octet-stream",
                Buffer = content,
            });
            await citizen.At("[value=next]").ClickAsync();
        }
    }
}
