namespace Facialis.Anatomy.Synthesis;

/// <summary>How a movement rises and falls: 0 to 1 over its duration.</summary>
internal static class MovementShape
{
    /// <summary>Amplitude of the movement at that time, 0 to 1; 0 before and after.</summary>
    public static float At(PlantedMovement movement, double timeSeconds)
    {
        var t = timeSeconds - movement.StartSeconds;
        var length = movement.DurationSeconds;
        if (t <= 0 || t >= length)
        {
            return 0;
        }

        return movement.Kind switch
        {
            MovementKind.Clonic => Trapezoid(t, length, Math.Min(0.06, 0.4 * length), Math.Min(0.1, 0.4 * length)),
            // A held spasm trembles a little while it lasts.
            MovementKind.Tonic => Trapezoid(t, length, Math.Min(0.1, 0.3 * length), Math.Min(0.18, 0.3 * length))
                * (float)(0.95 + (0.05 * Math.Sin(Math.Tau * 6 * t))),
            MovementKind.Blink => Trapezoid(t, length, 0.32 * length, 0.5 * length),
            MovementKind.Talk => Trapezoid(t, length, 0.15, 0.15) * Syllables(t),
            MovementKind.FaceLost => 1,
            _ => Trapezoid(t, length, Math.Min(0.5, 0.35 * length), Math.Min(0.5, 0.35 * length)),
        };
    }

    private static float Trapezoid(double t, double length, double rise, double fall) =>
        Smooth(t / rise) * Smooth((length - t) / fall);

    /// <summary>About four syllables a second, none like the next.</summary>
    private static float Syllables(double t) =>
        (float)Math.Clamp(0.5 + (0.35 * Math.Sin(Math.Tau * 3.7 * t)) + (0.25 * Math.Sin((Math.Tau * 5.3 * t) + 1)), 0, 1);

    private static float Smooth(double share)
    {
        var x = (float)Math.Clamp(share, 0, 1);
        return x * x * (3 - (2 * x));
    }
}
