namespace Aufruf.Contracts;

/// <summary>The hubs of one installation, for Orleans.</summary>
public static class HubCluster
{
    /// <summary>One database is one cluster, so its name need not be chosen.</summary>
    public const string Name = "aufruf";
}
