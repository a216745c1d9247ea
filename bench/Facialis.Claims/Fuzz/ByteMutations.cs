namespace Facialis.Claims.Fuzz;

/// <summary>Damage that any file can take.</summary>
internal static class ByteMutations
{
    /// <summary>Damage to the bytes as they lie on disk.</summary>
    public static IReadOnlyList<(string Name, Mutate Mutate)> Any { get; } =
    [
        ("cut off", (file, chance) => file[..chance.Next(file.Length)]),
        ("bits flipped", FlipBits),
        ("bytes overwritten", Overwrite),
        ("piece removed", Remove),
        ("piece doubled", Double),
        ("extreme numbers", ExtremeNumber),
    ];

    private static byte[] FlipBits(byte[] file, Random chance)
    {
        var damaged = file.ToArray();
        for (var count = chance.Next(1, 9); count > 0; count--)
        {
            damaged[chance.Next(damaged.Length)] ^= (byte)(1 << chance.Next(8));
        }

        return damaged;
    }

    private static byte[] Overwrite(byte[] file, Random chance)
    {
        var damaged = file.ToArray();
        var at = chance.Next(damaged.Length);
        chance.NextBytes(damaged.AsSpan(at, Math.Min(chance.Next(1, 65), damaged.Length - at)));
        return damaged;
    }

    private static byte[] Remove(byte[] file, Random chance)
    {
        var at = chance.Next(file.Length);
        return [.. file[..at], .. file[Math.Min(file.Length, at + chance.Next(1, 200))..]];
    }

    private static byte[] Double(byte[] file, Random chance)
    {
        var at = chance.Next(file.Length);
        var end = Math.Min(file.Length, at + chance.Next(1, 5000));
        return [.. file[..end], .. file[at..]];
    }

    /// <summary>Puts a number that breaks careless arithmetic where a length may stand; more often near the start.</summary>
    private static byte[] ExtremeNumber(byte[] file, Random chance)
    {
        var damaged = file.ToArray();
        var at = chance.Next(2) == 0 ? chance.Next(Math.Min(64, damaged.Length)) : chance.Next(damaged.Length);
        uint[] numbers = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFF0];
        BitConverter.GetBytes(numbers[chance.Next(numbers.Length)]).AsSpan(0, Math.Min(4, damaged.Length - at)).CopyTo(damaged.AsSpan(at));
        return damaged;
    }
}
