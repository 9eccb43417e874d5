using System.Text.Json;
using Aufruf.Grains;

namespace Aufruf.Hub.Cases;

/// <summary>The answers of citizens: sealed under a subject of each draft, and of each case.</summary>
internal sealed class CaseSeals(Vault vault)
{
    /// <param name="until">A draft ends by itself.</param>
    public ValueTask<string> SealDraftAsync(string stream, DateTimeOffset until, IReadOnlyDictionary<string, string> answers) =>
        vault.SealAsync(Subject.Parse(stream), until, stream, JsonSerializer.Serialize(answers));

    /// <summary>Null: they are destroyed.</summary>
    public async Task<Dictionary<string, string>?> OpenDraftAsync(string stream, string answers) =>
        answers.Length == 0 ? [] : Read(await vault.OpenAsync(Subject.Parse(stream), stream, answers));

    public Task DestroyDraftAsync(string stream) => vault.DestroyAsync(Subject.Parse(stream));

    public ValueTask<string> SealCaseAsync(string stream, IReadOnlyDictionary<string, string> answers) =>
        vault.SealAsync(Subject.Parse(stream), null, stream, JsonSerializer.Serialize(answers));

    /// <summary>Null: they are destroyed.</summary>
    public async Task<Dictionary<string, string>?> OpenCaseAsync(string stream, string answers) =>
        Read(await vault.OpenAsync(Subject.Parse(stream), stream, answers));

    /// <summary>A reason, or the result of a task.</summary>
    public ValueTask<string> SealNoteAsync(string stream, string text) =>
        vault.SealAsync(Subject.Parse(stream), null, $"{stream} note", text);

    public ValueTask<string?> OpenNoteAsync(string stream, string? text) =>
        vault.OpenAsync(Subject.Parse(stream), $"{stream} note", text);

    public Task DestroyCaseAsync(string stream) => vault.DestroyAsync(Subject.Parse(stream));

    private static Dictionary<string, string>? Read(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(text);
}
