using Aufruf.Domain.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Aufruf.Hub.Identity;

/// <summary>Hashes and checks passwords: PBKDF2 with SHA-512, as ASP.NET Core Identity does.</summary>
internal sealed class Passwords : IDisposable
{
    // OWASP's password storage cheat sheet: at least 210,000 rounds of PBKDF2-HMAC-SHA512.
    public const int Rounds = 210_000;

    private readonly PasswordHasher<Person> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    // A check takes a core for about 0.1 s: a flood of guesses leaves the rest of the machine to the office.
    private readonly SemaphoreSlim _turns = new(2);

    // Somebody unknown takes as long as somebody known.
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => _hasher.HashPassword(Nobody, "no password"));

    private static Person Nobody { get; } = new("nobody", "");

    public Task<string> HashAsync(string password) => InTurnAsync(() => _hasher.HashPassword(Nobody, password));

    /// <param name="person">Null: there is none of that name.</param>
    /// <param name="password">Not limited here: its field and the body are.</param>
    public async Task<bool> IsRightAsync(Person? person, string password) =>
        await InTurnAsync(() => _hasher.VerifyHashedPassword(Nobody, person?.PasswordHash ?? _nobodys.Value, password))
            is not PasswordVerificationResult.Failed && person?.PasswordHash is not null;

    public void Dispose() => _turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work)
    {
        await _turns.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _turns.Release();
        }
    }
}
