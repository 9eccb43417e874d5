namespace Aufruf.Edge;

/// <summary>Where names of new things come from: chance in production, a seed in the simulator.</summary>
public interface IIds
{
    /// <summary>A UUID version 7 for one event.</summary>
    Guid NewEvent(DateTimeOffset at);

    /// <summary>Names one run of the program, such as "b-7f3a90c1".</summary>
    string NewBoot();
}

/// <summary>Ids by chance.</summary>
public sealed class RandomIds : IIds
{
    public Guid NewEvent(DateTimeOffset at) => Guid.CreateVersion7(at);

    public string NewBoot() => $"b-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}";
}
