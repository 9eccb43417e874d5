using Aufruf.Domain;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Aufruf.Contracts;

/// <summary>How our messages cross grain calls: as the domain's JSON between machines, as themselves inside one.</summary>
public static class GrainSerialization
{
    public static IServiceCollection AddAufrufSerialization(this IServiceCollection services) => services
        .AddSerializer(serializer => serializer.AddJsonSerializer(IsOurs, isCopyable: _ => false,
            options => options.Configure(json => json.SerializerOptions = DomainJson.Options)))
        .AddSingleton<IGeneralizedCopier, SharedMessages>();

    private static bool IsOurs(Type type) => type.Namespace is { } name
        && (name.StartsWith("Aufruf.Domain", StringComparison.Ordinal) || name.StartsWith("Aufruf.Contracts", StringComparison.Ordinal))
        && !type.IsAssignableTo(typeof(Exception));

    /// <summary>Messages are immutable, so a call inside one process may share them instead of copying.</summary>
    private sealed class SharedMessages : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsOurs(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
