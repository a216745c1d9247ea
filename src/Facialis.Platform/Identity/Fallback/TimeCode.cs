using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Facialis.Platform.Identity.Fallback;

/// <summary>The codes of an authenticator program: RFC 6238 with SHA-1, 30 seconds and 6 digits, as all such programs know it.</summary>
public static class TimeCode
{
    public const int Digits = 6;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Number of the step that a moment lies in, since 1970.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of one step, with leading zeros.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238; authenticator programs know SHA-1 only, and its weakness (collisions) does not touch HMAC.")]
    public static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        // RFC 4226, 5.3: the last four bits say where the 31 bits of the code begin.
        var code = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF;
        return (code % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step around now whose code this is, one step early or late allowed; null when it is none of theirs.</summary>
    public static long? Find(byte[] secret, string typed, DateTimeOffset now)
    {
        var code = new string([.. typed.Where(char.IsAsciiDigit)]);
        if (code.Length != Digits)
        {
            return null;
        }

        var current = StepAt(now);
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(At(secret, step)), System.Text.Encoding.ASCII.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }
}
