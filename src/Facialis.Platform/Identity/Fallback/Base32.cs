namespace Facialis.Platform.Identity.Fallback;

/// <summary>Base32 of RFC 4648 without padding: capitals and the digits 2 to 7, so that nothing looks like something else.</summary>
public static class Base32
{
    private const string Signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <exception cref="ArgumentException">The number of bytes is not a multiple of five.</exception>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 5 != 0)
        {
            throw new ArgumentException("Only whole groups of five bytes are encoded here.", nameof(bytes));
        }

        var text = new char[bytes.Length / 5 * 8];
        for (var group = 0; group < bytes.Length / 5; group++)
        {
            var bits = 0L;
            foreach (var value in bytes.Slice(group * 5, 5))
            {
                bits = (bits << 8) | value;
            }

            for (var sign = 7; sign >= 0; sign--, bits >>= 5)
            {
                text[(group * 8) + sign] = Signs[(int)(bits & 31)];
            }
        }

        return new string(text);
    }

    /// <summary>In groups of four, to be read and typed.</summary>
    public static string InGroups(string text) => string.Join('-', text.Chunk(4).Select(four => new string(four)));

    /// <summary>What was typed, in capitals and without blanks and strokes.</summary>
    public static string Plain(string typed) => new([.. typed.ToUpperInvariant().Where(Signs.Contains)]);
}
