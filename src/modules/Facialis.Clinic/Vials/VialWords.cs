using Facialis.Platform.Layout;

namespace Facialis.Clinic.Vials;

/// <summary>What stands beside a vial on pages and in the API.</summary>
internal static class VialWords
{
    public static string Of(VialState state) => state switch
    {
        VialState.Open => "in use",
        VialState.Sealed => "sealed",
        VialState.Empty => "empty",
        VialState.ToThrowAway => "throw away",
        _ => "closed out",
    };

    public static BadgeKind Badge(VialState state) => state switch
    {
        VialState.Open => BadgeKind.Good,
        VialState.ToThrowAway => BadgeKind.Warning,
        _ => BadgeKind.Plain,
    };

    public static string Of(VialMovementKind kind) => kind switch
    {
        VialMovementKind.Drawn => "drawn",
        VialMovementKind.Wasted => "wasted",
        VialMovementKind.Returned => "drawing corrected: less",
        VialMovementKind.LessDiscarded => "thrown away corrected: less",
        _ => "thrown away",
    };
}
