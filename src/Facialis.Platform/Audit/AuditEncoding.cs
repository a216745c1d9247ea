using System.Buffers.Binary;
using System.Text;

namespace Facialis.Platform.Audit;

/// <summary>The bytes of an entry that are hashed. docs/audit.md describes them for other programs; version 1 never changes.</summary>
public static class AuditEncoding
{
    private const byte Version = 1;

    /// <summary>The entry without root and seal.</summary>
    public static byte[] Encode(AuditEntry entry)
    {
        using var bytes = new MemoryStream(160);
        bytes.WriteByte(Version);
        bytes.Write(entry.ClinicId.ToByteArray(bigEndian: true));
        WriteInt64(bytes, entry.Sequence);
        WriteInt64(bytes, Microseconds(entry.At));
        WriteInt32(bytes, (int)entry.Action);
        WriteId(bytes, entry.ActorId);
        WriteId(bytes, entry.SubjectId);
        WriteId(bytes, entry.PatientId);
        WriteText(bytes, entry.What);
        WriteText(bytes, entry.Detail);
        return bytes.ToArray();
    }

    /// <summary>Microseconds since 1970 in UTC, the finest that both databases keep.</summary>
    public static long Microseconds(DateTimeOffset moment) =>
        Math.DivRem(moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.TicksPerMicrosecond, out _);

    private static void WriteId(MemoryStream to, Guid? id)
    {
        to.WriteByte(id is null ? (byte)0 : (byte)1);
        if (id is { } there)
        {
            to.Write(there.ToByteArray(bigEndian: true));
        }
    }

    private static void WriteText(MemoryStream to, string? text)
    {
        if (text is null)
        {
            WriteInt32(to, -1);
            return;
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        WriteInt32(to, utf8.Length);
        to.Write(utf8);
    }

    private static void WriteInt32(MemoryStream to, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        to.Write(bytes);
    }

    private static void WriteInt64(MemoryStream to, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        to.Write(bytes);
    }
}
