namespace Facialis.VirtualPatient.SpasmDrive;

/// <summary>One firing of the nerve, as the common drive sends it to all muscles of one side.</summary>
/// <param name="Kind">Twitch, train or hold.</param>
/// <param name="StartSeconds">When it begins, seconds.</param>
/// <param name="EndSeconds">When the last twitch fires or the hold ends, seconds.</param>
/// <param name="Drive">Drive in usual twitches: of a hold all the while, of twitches on average.</param>
/// <param name="FirstTwitch">Place of its first twitch in <see cref="DriveScript.Twitches"/>.</param>
/// <param name="TwitchCount">How many twitches it has; none for a hold.</param>
public readonly record struct Contraction(ContractionKind Kind, double StartSeconds, double EndSeconds, double Drive, int FirstTwitch, int TwitchCount);

/// <summary>How the nerve fires.</summary>
public enum ContractionKind
{
    /// <summary>One twitch.</summary>
    Twitch = 0,

    /// <summary>Several twitches, 5 to 20 a second.</summary>
    Train = 1,

    /// <summary>A hold.</summary>
    Hold = 2,
}

/// <summary>One twitch of the drive.</summary>
/// <param name="Seconds">When it fires.</param>
/// <param name="Size">Its size, 1 for a usual one.</param>
public readonly record struct Twitch(double Seconds, double Size);
