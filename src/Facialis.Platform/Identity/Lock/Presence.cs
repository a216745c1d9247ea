namespace Facialis.Platform.Identity.Lock;

/// <summary>What is known of the person in front of the screen since signing in.</summary>
/// <param name="Sitting">The sign-in it belongs to; a presence of another sign-in counts for nothing.</param>
/// <param name="ActiveAt">Last touch, key or click; the earliest moment of all when the screen was locked on purpose.</param>
/// <param name="CheckedAt">Last time that the person proved who it is, by passkey, password or code.</param>
/// <param name="OwnDevice">True on a device that nobody else uses: it does not lock.</param>
/// <param name="CheckedBy">By what the person proved it then.</param>
internal sealed record Presence(Guid Sitting, DateTimeOffset ActiveAt, DateTimeOffset CheckedAt, bool OwnDevice, WayIn CheckedBy)
{
    private const int Length = 16 + 8 + 8 + 1 + 1;

    public byte[] ToBytes() =>
    [
        .. Sitting.ToByteArray(), .. BitConverter.GetBytes(ActiveAt.UtcTicks), .. BitConverter.GetBytes(CheckedAt.UtcTicks), (byte)(OwnDevice ? 1 : 0), (byte)CheckedBy,
    ];

    public static Presence? FromBytes(byte[] bytes) => bytes.Length != Length ? null : new(
        new Guid(bytes.AsSpan(0, 16)), At(bytes, 16), At(bytes, 24), bytes[32] == 1, (WayIn)bytes[33]);

    private static DateTimeOffset At(byte[] bytes, int index) => new(BitConverter.ToInt64(bytes, index), TimeSpan.Zero);
}
