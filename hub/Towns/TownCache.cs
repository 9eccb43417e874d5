using System.Collections.Concurrent;
using Aufruf.Contracts;
using Aufruf.Domain.Towns;
using Aufruf.Grains.Subscriptions;
using Aufruf.Hub.Running;

namespace Aufruf.Hub.Towns;

/// <summary>The settings of all towns: each page and each mail finds them here, without a grain call.</summary>
public sealed class TownCache(UnreadableStreams? unreadable = null) : ICopies<TownConfiguration, TownEvent>, ITownThemes
{
    private readonly ConcurrentDictionary<string, (long Version, TownConfiguration Known)> _towns = new();

    public TownConfiguration Of(string authority) => CopyOf(TownConfiguration.StreamOf(authority))?.State ?? TownConfiguration.Empty;

    public Task<Theme> OfAsync(string authority) => Task.FromResult(Of(authority).Settings.Theme);

    public Task<LogoSign?> LogoOfAsync(string authority) => Task.FromResult(LogoSign.Of(authority, Of(authority).Settings.Logo));

    public Task<byte[]?> PictureAsync(string authority, string name) => Task.FromResult(
        Of(authority).Settings.Logo is { } logo && logo.Name == name ? Convert.FromBase64String(logo.Picture) : null);

    /// <summary>The settings in force may have changed; the town's name is handed on.</summary>
    public event Action<string>? Changed;

    public void Announce(string stream, long version, TownConfiguration state, IReadOnlyList<TownEvent>? happened)
    {
        _towns.AddOrUpdate(stream, (version, state),
            (_, known) => happened is not null && version <= known.Version ? known : (version, state));
        unreadable?.Remove(stream);
        Changed?.Invoke(stream[(TownConfiguration.StreamKind.Length + 1)..]);
    }

    public (long Version, TownConfiguration State)? CopyOf(string stream) =>
        _towns.GetValueOrDefault(stream, (0, TownConfiguration.Empty));

    /// <summary>The settings read before count on.</summary>
    public void CannotRead(string stream, string reason) => unreadable?.Add(stream, stream, reason);
}
