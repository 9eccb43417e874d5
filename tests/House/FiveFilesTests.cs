using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Aufruf.Contracts;
using Aufruf.Grains;
using Aufruf.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Aufruf.Tests.House;

/// <summary>Follows the section "A new aggregate in five files": compiles its files and runs the aggregate in a silo.</summary>
public sealed partial class FiveFilesTests : IDisposable
{
    private const string Section = "## A new aggregate in five files";

    /// <summary>The projects of the five files give these by themselves.</summary>
    private const string GivenUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Diagnostics;
        global using System.Linq;
        global using System.Text.Json.Serialization;
        global using System.Threading.Tasks;
        global using Orleans;
        global using Orleans.Runtime;
        """;

    /// <summary>Command, repeat, refusals, the state read again; then enough entries for a snapshot.</summary>
    private const string Use = """
        using Aufruf.Contracts;
        using Aufruf.Domain;
        using Aufruf.Domain.Notices;
        using Xunit;

        public static class Use
        {
            public static async Task RunAsync(IGrainFactory grains)
            {
                var notices = grains.GetGrain<INoticesGrain>("notices/alsdorf.rathaus");
                var (request, post) = (Next(), new NoticesCommand.Post("closed", "Am Montag geschlossen"));
                var first = await notices.Handle(request, post);
                Assert.Equal("closed", Assert.IsType<NoticesEvent.NoticePosted>(Assert.Single(first.Events)).Name);
                var again = await notices.Handle(request, post);
                Assert.Equal((first.Version, first.Events[0]), (again.Version, again.Events[0]));
                Assert.Equal("request-reused", (await notices.Handle(request, new NoticesCommand.TakeDown("closed"))).Refusal!.Code);
                Assert.Equal("notice-posted", (await notices.Handle(Next(), post)).Refusal!.Code);
                Assert.Equal("unknown-notice", (await notices.Handle(Next(), new NoticesCommand.TakeDown("open"))).Refusal!.Code);
                for (var n = 1; n < 500; n++)
                {
                    Assert.Null((await notices.Handle(Next(), new NoticesCommand.Post($"{n}", "Text"))).Refusal);
                }

                await notices.ReadAgain();
                Assert.Equal(("Am Montag geschlossen", 500), ((await notices.View()).Texts["closed"], (await notices.View()).Texts.Count));

                static RequestId Next() => new(Guid.NewGuid());
            }
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_section_leads_to_an_aggregate_that_runs()
    {
        var files = FilesOfSection();
        Assert.Equal(5, files.Count);
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(await CompileAsync(files));
        var journal = new MemoryJournal();
        using (var host = await StartAsync(assembly, journal))
        {
            await (Task)assembly.GetType("Use")!.GetMethod("RunAsync")!.Invoke(null, [host.Services.GetRequiredService<IGrainFactory>()])!;
            await host.StopAsync(Stop);
            await ((IAsyncDisposable)host).DisposeAsync(); // Snapshots that wait are saved.
        }

        Assert.Equal(500, journal.Of("notices/alsdorf.rathaus").Count);
        Assert.Equal("notices.alsdorf.rathaus.schema-1.json",
            Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.File("snapshots")))));
    }

    private static async Task<IHost> StartAsync(Assembly assembly, IJournal journal)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(journal);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Ports.Next(), Ports.Next()));
        builder.Services.AddAufrufSerialization().AddSerializer(serializer => serializer.AddAssembly(assembly));
        builder.Services.AddAggregates(Path.Combine(Path.GetDirectoryName(assembly.Location)!, "snapshots"));
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }

    /// <summary>The compiler of the SDK with Orleans' generator, as a build of the projects would call it.</summary>
    private async Task<string> CompileAsync(IReadOnlyDictionary<string, string> files)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(framework, "..", "..", ".."));
        var sdk = Directory.GetDirectories(Path.Combine(dotnet, "sdk")).Order(StringComparer.Ordinal).Last();
        var web = Path.Combine(dotnet, "shared", "Microsoft.AspNetCore.App", Path.GetFileName(framework));
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = ThreeNumbers().Match(typeof(Grain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion).Value;
        var output = _folder.File("Aufruf.Notices.dll");
        var references = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Concat(Directory.GetFiles(framework, "*.dll"))
            .Concat(Directory.GetFiles(web, "*.dll")).Where(IsManaged).DistinctBy(Path.GetFileName);
        var arguments = _folder.Write("arguments.rsp", string.Join('\n', [
            "-nologo", "-target:library", "-langversion:latest", "-nullable:enable", "-warn:0", $"-out:\"{output}\"",
            $"-analyzer:\"{Path.Combine(packages, "microsoft.orleans.codegenerator", version, "analyzers", "dotnet", "cs",
                "Orleans.CodeGenerator.dll")}\"",
            .. references.Select(reference => $"-reference:\"{reference}\""),
            .. files.Append(new("Usings.cs", GivenUsings)).Append(new("Use.cs", Use))
                .Select(file => $"\"{_folder.Write(Path.GetFileName(file.Key), file.Value)}\""),
        ]));
        using var compiler = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"), "-noconfig", $"@{arguments}"]) { RedirectStandardOutput = true })!;
        var words = await compiler.StandardOutput.ReadToEndAsync(Stop);
        await compiler.WaitForExitAsync(Stop);
        Assert.True(compiler.ExitCode == 0, words);
        return output;
    }

    private static bool IsManaged(string file)
    {
        try
        {
            return AssemblyName.GetAssemblyName(file) is not null;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    /// <summary>A path in quotes at the end of a line, and the code after it.</summary>
    private static Dictionary<string, string> FilesOfSection()
    {
        var readme = File.ReadAllText(Repository.PathOf("grains", "README.md"));
        var section = readme[readme.IndexOf(Section, StringComparison.Ordinal)..];
        section = section[..(section.IndexOf("\n## ", Section.Length, StringComparison.Ordinal) is > 0 and var end ? end : section.Length)];
        return FileWithCode().Matches(section).ToDictionary(match => match.Groups["path"].Value, match => match.Groups["code"].Value);
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex ThreeNumbers();

    [GeneratedRegex(@"`(?<path>grains/[\w/]+\.cs)`:\n\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileWithCode();
}
