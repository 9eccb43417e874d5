using System.Collections.Immutable;

namespace Aufruf.Domain.Queues;

/// <summary>The numbers that may not be given now: somebody has them. A bit for each.</summary>
internal sealed record NumbersInUse
{
    private const int Bits = 64;
    private static readonly ImmutableArray<ulong> AllFree = ImmutableArray.Create(new ulong[(TicketNumber.Highest / Bits) + 1]);

    private NumbersInUse() { }

    public static NumbersInUse None { get; } = new();

    private ImmutableDictionary<char, ImmutableArray<ulong>> Letters { get; init; } = ImmutableDictionary<char, ImmutableArray<ulong>>.Empty;

    public bool Contains(TicketNumber number) => (Of(number.Letter)[number.Value / Bits] & Bit(number)) != 0;

    /// <exception cref="ArgumentException">Somebody has the number already.</exception>
    public NumbersInUse Add(TicketNumber number) => Contains(number)
        ? throw new ArgumentException($"{number} is in use.", nameof(number))
        : With(number, Of(number.Letter)[number.Value / Bits] | Bit(number));

    public NumbersInUse Remove(TicketNumber number) => With(number, Of(number.Letter)[number.Value / Bits] & ~Bit(number));

    private NumbersInUse With(TicketNumber number, ulong bits) =>
        new() { Letters = Letters.SetItem(number.Letter, Of(number.Letter).SetItem(number.Value / Bits, bits)) };

    private ImmutableArray<ulong> Of(char letter) => Letters.GetValueOrDefault(letter, AllFree);

    private static ulong Bit(TicketNumber number) => 1UL << (number.Value % Bits);
}
