using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aufruf.Edge;

/// <summary>Exchanges a code of the administration for this device's password, once.</summary>
/// <remarks>The file is made before the hub is asked, so a folder that cannot be written uses up no code.</remarks>
public static class Pairing
{
    private const int LargestAnswer = 16 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <exception cref="SetupException">No password came, and the sentence says why.</exception>
    public static async Task RunAsync(EdgeOptions options, TextWriter to)
    {
        var (code, web) = options.Pair ?? throw new InvalidOperationException("There is no code.");
        Directory.CreateDirectory(options.Data);
        var draft = options.PasswordFile + ".new";
        try
        {
            await using (var file = new FileStream(draft, Draft))
            {
                var paired = await RedeemAsync(web, code);
                if (paired is not { Kind: "device" } || paired.Office != options.Office || paired.Holder != options.Device)
                {
                    throw new SetupException($"This code was for {paired.Holder} of {paired.Office}, and this device is "
                        + $"{options.Device} of {options.Office}. It is used up. Please make codes for both in the administration.");
                }

                await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(paired.Token));
            }

            File.Move(draft, options.PasswordFile, overwrite: true); // Whole or not at all.
        }
        finally
        {
            File.Delete(draft);
        }

        await to.WriteLineAsync($"{options.Device} of {options.Office} is paired.");
    }

    private static FileStreamOptions Draft
    {
        get
        {
            var draft = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                draft.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return draft;
        }
    }

    private static async Task<PairAnswer> RedeemAsync(Uri web, string code)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = Limit,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(web, "/api/v1/pair"), new(code), PairingJson.Default.PairQuestion);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await answer.Content.ReadFromJsonAsync(PairingJson.Default.PairAnswer)
                    ?? throw new JsonException("The answer is empty."),
                HttpStatusCode.NotFound =>
                    throw new SetupException("The code is wrong, used or over. Please make a new one in the administration."),
                HttpStatusCode.TooManyRequests =>
                    throw new SetupException("Too many codes were tried from here. Please wait some minutes, then try again."),
                var other => throw new SetupException($"--web {web} answers with {(int)other}: it is not the address of the hub's pages."),
            };
        }
        catch (JsonException)
        {
            throw new SetupException($"--web {web} gives no password: it is not the address of the hub's pages.");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            throw new SetupException($"--web {web} does not answer: {fault.Message}");
        }
    }
}

internal sealed record PairQuestion(string Code);

/// <param name="Kind">A device, or a screen.</param>
/// <param name="Token">The password.</param>
internal sealed record PairAnswer(string Kind, string Office, string Holder, string Token);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PairQuestion))]
[JsonSerializable(typeof(PairAnswer))]
internal sealed partial class PairingJson : JsonSerializerContext;
