namespace Facialis.Platform.Layout;

/// <summary>What a badge marks.</summary>
public enum BadgeKind
{
    Plain,

    /// <summary>Made by a generator, not by a patient.</summary>
    Demonstration,

    /// <summary>Right and left are not confirmed for this recording.</summary>
    SideUnconfirmed,

    Good,
    Warning,
}
