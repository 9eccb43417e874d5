using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Aufruf.Contracts;
using Aufruf.Domain;
using Aufruf.Domain.Cases;
using Aufruf.Domain.Identity;
using Aufruf.Hub.Dispatching;
using Aufruf.Tests.Hub.Letters;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Aufruf.Tests.Flows;

/// <summary>A town with a seal whose clerks decide, print and post: the true hub with the procedures of the house.</summary>
public sealed class PaperTown : IAsyncLifetime
{
    public const string Town = "alsdorf";

    /// <summary>A certificate that needs no account and costs nothing. It is decided at once.</summary>
    public const string Certificate = "certificate-at-once";

    /// <summary>A dog is registered, and its tax is claimed once the notice is posted.</summary>
    public const string ClaimedByPost = "dog-registration-by-post";

    /// <summary>The pieces in the envelope beside a letter, and the number of the first one.</summary>
    public const string Tag = "dog-tag";

    public const int FirstTag = 701;

    /// <summary>Questions of the certificate whose ids a page could use for its own parts.</summary>
    private static readonly string[] PageIds = ["main", "entries", "code", "main-hint", "main-error", "form-1", "skip", "send"];

    private static readonly Dictionary<string, string> Citizen = new()
    {
        ["name.given"] = "Zoë",
        ["name.family"] = "Unverkennbar",
        ["born"] = "1990-02-28",
        ["address.street"] = "Hubertusstraße",
        ["address.number"] = "17",
        ["address.postcode"] = "52477",
        ["address.town"] = "Alsdorf",
    };

    private static readonly Dictionary<string, string> Animal = new()
    {
        ["call"] = "Bello",
        ["whelped"] = "2026-01-10",
        ["breed"] = "labrador",
        ["large"] = "false",
        ["since"] = "2026-03-20",
        ["others"] = "0",
        ["relief"] = "none",
        ["debit"] = "false",
    };

    private readonly TempFolder _folder = new();
    private InnerHub? _hub;

    internal InnerHub Hub => _hub ?? throw new InvalidOperationException("The hub does not run.");

    internal ICitizenCases Citizens => Hub.Services.GetRequiredService<ICitizenCases>();
    internal IStaffCases Staff => Hub.Services.GetRequiredService<IStaffCases>();
    internal ICaseDocuments Documents => Hub.Services.GetRequiredService<ICaseDocuments>();
    internal IStaffDocuments Papers => Hub.Services.GetRequiredService<IStaffDocuments>();
    internal IStaffDispatch Dispatch => Hub.Services.GetRequiredService<IStaffDispatch>();
    internal IGrainFactory Grains => Hub.Services.GetRequiredService<IGrainFactory>();

    internal DateOnly Today => TestHub.DayOf(Hub.Clock.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        using (var certificate = LetterRoom.Certificate())
        {
            await File.WriteAllBytesAsync(_folder.File("seal.p12"), certificate.Export(X509ContentType.Pkcs12, "secret"));
        }

        _folder.Write("password", "secret\n");
        var folder = _folder.File("procedures");
        CopyProcedures(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Certificate}.json"), AtOnce());
        await File.WriteAllTextAsync(Path.Combine(folder, $"{ClaimedByPost}.json"), ByPost());
        _hub = await TestHub.StartAsync(options: [$"--Hub:Procedures={folder}",
            $"--Hub:Seals:{Town}:CertificateFile={_folder.File("seal.p12")}",
            $"--Hub:Seals:{Town}:PasswordFile={_folder.File("password")}"]);
        foreach (var name in (string[])["anna", "bert"])
        {
            await Hub.HireAsync(Town, name, (Role.CaseWork.Id, Town));
        }

        Assert.Null(await Hub.Services.GetRequiredService<IStaffStock>().DoAsync(Town, Tag,
            new StockCommand.AddPieces(FirstTag, 200, new("anna")), New()));
    }

    /// <summary>The hub was stopped. It begins again and has read its lists.</summary>
    internal async Task BeginAgainAsync()
    {
        await Hub.StartAgainAsync();
        await Hub.UntilAsync(() => Task.FromResult(Hub.Services.GetRequiredService<DispatchCopies>().IsWhole), "The lists are read");
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A citizen applies. The code leads to the case, and the number is the clerks'.</summary>
    internal async Task<(string Code, string Number)> ApplyAsync(string procedure, string language = "de",
        params (string Path, string Text)[] other)
    {
        var code = (await Citizens.BeginAsync(Town, procedure, language, New())).Code!;
        var answers = Citizen.Concat(Animal).Append(new("form", "electronic")).Append(new("registered", "true")).ToDictionary();
        foreach (var (path, text) in other)
        {
            answers[path] = text;
        }

        var revision = 0;
        foreach (var page in (await Citizens.FormAsync(Town, code))!.Pages)
        {
            revision = (await Citizens.SaveAsync(Town, code, page.Id, answers, New())).Form!.Revision;
        }

        var sent = await Citizens.SubmitAsync(Town, code, revision, New());
        Assert.True(sent.Refusal is null, $"{sent.Refusal?.English} {string.Join(' ', sent.Form?.Faults ?? [])}");
        return (code, (await Citizens.ViewAsync(Town, code))!.Number!);
    }

    /// <summary>A dog is registered, and anna decides.</summary>
    internal async Task<(string Code, string Number)> DecideAsync(CaseDeedKind outcome, string? reason = null, string language = "de",
        params (string, string)[] other)
    {
        var (code, number) = await ApplyAsync("dog-registration", language, other);
        await Hub.UntilAsync(async () => await Staff.FindAsync(Town, number, "anna") is not null, "The case is known");
        await DoAsync(number, "anna", new(CaseDeedKind.Begin));
        await DoAsync(number, "anna", new(outcome, Reason: reason));
        return (code, number);
    }

    internal async Task DoAsync(string number, string who, CaseDeed deed) =>
        Assert.Null((await Staff.DoAsync(Town, number, who, deed, New()))?.English);

    internal Task<CitizenCase> CaseAsync(string number) => Grains.GetGrain<ICaseGrain>(CitizenCase.StreamOf(Town, number)).View();

    /// <summary>The number of the piece that a case has.</summary>
    internal async Task<int> TagOfAsync(string number) => Assert.Single((await Hub.Services.GetRequiredService<IStaffStock>()
        .FindAsync(Town, Tag))!.Loans, loan => loan.Number == number).Pieces.Single();

    /// <summary>The letter of a case on today's list.</summary>
    internal async Task<DispatchLetter?> LetterAsync(string number) => (await Dispatch.FindAsync(Town, Today))?.Letters
        .Select(line => line.Letter).FirstOrDefault(letter => letter.Number == number);

    internal Task UntilAsync(string number, LetterState state) => Hub.UntilAsync(async () =>
        (await LetterAsync(number))?.State == state, $"The letter of {number} is {state}");

    internal Task UntilAsync(string number, CaseState state) => Hub.UntilAsync(async () =>
        (await CaseAsync(number)).State == state, $"{number} is {state}");

    /// <summary>All letters that wait become a batch, which the answer names.</summary>
    internal async Task<int> PrintAsync()
    {
        Assert.Null(await Dispatch.PrintAsync(Town, Today, "anna", New()));
        return (await Dispatch.FindAsync(Town, Today))!.Batches[^1].Batch;
    }

    internal async Task<string> WordsOfBatchAsync(int batch) =>
        WordsOf((await Dispatch.OpenAsync(Town, Today, batch))!.File.Content);

    internal static string WordsOf(byte[] pdf)
    {
        using var file = PdfDocument.Open(pdf);
        return string.Join('\n', file.GetPages().Select(page => string.Join(' ', page.GetWords().Select(word => word.Text))));
    }

    internal static RequestId New() => new(Guid.CreateVersion7());

    private static void CopyProcedures(string to)
    {
        var house = Repository.PathOf("hub", "procedures");
        foreach (var file in Directory.GetFiles(house, "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(house, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string ByPost()
    {
        var procedure = JsonNode.Parse(File.ReadAllText(Repository.PathOf("hub", "procedures", "dog-registration.json")))!;
        procedure["procedure"] = ClaimedByPost;
        procedure["claims"]![0]!["at"] = "dispatched";
        return procedure.ToJsonString();
    }

    private static string AtOnce()
    {
        var procedure = JsonNode.Parse(File.ReadAllText(Repository.PathOf("hub", "procedures", "residence-certificate.json")))!;
        procedure["procedure"] = Certificate;
        procedure["identity"] = "none";
        procedure.AsObject().Remove("trust");
        foreach (var field in procedure["pages"]!.AsArray().SelectMany(page => page!["fields"]!.AsArray()))
        {
            field!.AsObject().Remove("from");
        }

        foreach (var id in PageIds)
        {
            procedure["pages"]!.AsArray()[^1]!["fields"]!.AsArray().Add(new JsonObject
            {
                ["id"] = id,
                ["type"] = "text",
                ["max"] = "40",
                ["required"] = "false",
                ["label"] = new JsonObject { ["de"] = $"Frage {id}", ["en"] = $"Question {id}" },
                ["hint"] = new JsonObject { ["de"] = "Ein Hinweis.", ["en"] = "A hint." },
            });
        }

        procedure["flow"]!["pay"] = "none";
        procedure["notify"] = new JsonArray();
        procedure.AsObject().Remove("claims");
        return procedure.ToJsonString();
    }
}
