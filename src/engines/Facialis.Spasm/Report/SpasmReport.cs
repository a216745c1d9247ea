using Facialis.Anatomy;

namespace Facialis.Spasm.Report;

/// <summary>What one recording shows of hemifacial spasm: movement that a camera saw, with how sure that is. Never a diagnosis.</summary>
public sealed record SpasmReport
{
    /// <summary>Version of the algorithm and its constants; reports of different versions are not compared.</summary>
    public required string AlgorithmVersion { get; init; }

    /// <summary>Whether the recording could be measured.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What limits the measurement, most serious first, each with how to mend it.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What was recorded.</summary>
    public required RecordingFacts Recording { get; init; }

    /// <summary>How good the recording was.</summary>
    public required QualitySummary Quality { get; init; }

    /// <summary>The patient's right side.</summary>
    public required SideMeasures Right { get; init; }

    /// <summary>The patient's left side.</summary>
    public required SideMeasures Left { get; init; }

    /// <summary>Which side moves by itself, and how certain that is.</summary>
    public required SideJudgement Affected { get; init; }

    /// <summary>Blinks: both-sided closures, counted apart from spasm.</summary>
    public required BlinkMeasures Blinks { get; init; }

    /// <summary>The spasm events in the order in which they began.</summary>
    public required IReadOnlyList<SpasmEvent> Events { get; init; }

    /// <summary>The measures of one side.</summary>
    public SideMeasures Of(Side side) => side == Side.PatientRight ? Right : Left;
}

/// <summary>Whether a recording could be measured.</summary>
public enum Verdict
{
    /// <summary>Measured without reservation.</summary>
    Measured = 0,

    /// <summary>Measured, but a finding limits what the figures mean.</summary>
    MeasuredWithWarnings = 1,

    /// <summary>Not measured: figures are zero and mean nothing; the findings say why.</summary>
    Refused = 2,
}

/// <summary>One thing that limits a measurement.</summary>
/// <param name="Code">Stable name, for example <c>too-far-away</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is the matter, with the figure, for a person to read.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Finding(string Code, FindingSeverity Severity, string Message, string Remedy);

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Note = 0,

    /// <summary>Limits what the figures mean.</summary>
    Warning = 1,

    /// <summary>Nothing was measured because of it.</summary>
    Refusal = 2,
}

/// <summary>What was recorded.</summary>
public sealed record RecordingFacts
{
    /// <summary>Seconds from the first to the last frame.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Seconds of rest that could be used: the denominator of every rate and share.</summary>
    public required double UsableSeconds { get; init; }

    /// <summary>Frames read.</summary>
    public required int Frames { get; init; }

    /// <summary>Median frames per second, from the frames' own times.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Median distance between the eyes' centres, pixels.</summary>
    public required double InterocularPixels { get; init; }

    /// <summary>Id of the landmark scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>True where right and left were confirmed by closing the right eye (or an importing file says so).</summary>
    public required bool SideConfirmed { get; init; }

    /// <summary>True where the picture was mirrored and the sides have been swapped back.</summary>
    public required bool SidesSwapped { get; init; }
}

/// <summary>A count per minute with its interval.</summary>
/// <param name="Count">Events counted.</param>
/// <param name="Minutes">Minutes of usable rest: the denominator.</param>
/// <param name="PerMinute">Events per minute; 0 where there was no usable time.</param>
/// <param name="Low">Lower end of the 95 % interval, per minute; null where the recording is too short for one.</param>
/// <param name="High">Upper end of the 95 % interval, per minute; null where the recording is too short for one.</param>
/// <param name="Dispersion">Variance of counts over what a Poisson process would give, at least 1; null without an interval.</param>
public sealed record Rate(int Count, double Minutes, double PerMinute, double? Low, double? High, double? Dispersion);

/// <summary>A share of time with its interval.</summary>
/// <param name="Seconds">Seconds in that state: the numerator.</param>
/// <param name="OfSeconds">Usable seconds: the denominator.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Low">Lower end of the 95 % interval by moving blocks; null where the recording is too short.</param>
/// <param name="High">Upper end of the 95 % interval by moving blocks; null where the recording is too short.</param>
public sealed record TimeShare(double Seconds, double OfSeconds, double Share, double? Low, double? High);

/// <summary>The distribution of an amplitude over events.</summary>
/// <param name="Count">Events it was measured in.</param>
/// <param name="Median">Median; 0 without events.</param>
/// <param name="P90">90th percentile; 0 without events.</param>
public sealed record Amplitude(int Count, double Median, double P90);

/// <summary>The measures of one side of the face.</summary>
public sealed record SideMeasures
{
    /// <summary>The side, the patient's own.</summary>
    public required Side Side { get; init; }

    /// <summary>Spasm events per minute of usable rest.</summary>
    public required Rate Events { get; init; }

    /// <summary>Bursts per minute: events less than 1 s apart count as one burst.</summary>
    public required Rate Bursts { get; init; }

    /// <summary>Clonic events.</summary>
    public required int ClonicCount { get; init; }

    /// <summary>Tonic events: held for 0.5 s or longer.</summary>
    public required int TonicCount { get; init; }

    /// <summary>Share of usable rest spent in spasm.</summary>
    public required TimeShare InSpasm { get; init; }

    /// <summary>Share of usable rest spent in tonic spasm.</summary>
    public required TimeShare InTonicSpasm { get; init; }

    /// <summary>Seconds per minute for which spasm (not blinking) held this eye more than half closed.</summary>
    public required double EyeClosedSecondsPerMinute { get; init; }

    /// <summary>Longest event, seconds.</summary>
    public required double LongestSeconds { get; init; }

    /// <summary>Twitches per second within bursts of three or more, Hz; null without such a burst.</summary>
    public required double? TwitchesPerSecondInBursts { get; init; }

    /// <summary>Lid closure at the events' peaks, as a share (0 to 1) of the way from this eye's own open to its own closed position.</summary>
    public required Amplitude LidClosure { get; init; }

    /// <summary>Narrowing of the lid opening at the events' peaks, interocular distances.</summary>
    public required Amplitude LidIod { get; init; }

    /// <summary>Mouth-corner shift at the events' peaks, interocular distances.</summary>
    public required Amplitude MouthIod { get; init; }

    /// <summary>Lid closure as a share of the patient's own gentle closure; null where that task was not recorded.</summary>
    public required Amplitude? LidShareOfVoluntary { get; init; }

    /// <summary>Mouth-corner shift as a share of the patient's own smile; null where that task was not recorded.</summary>
    public required Amplitude? MouthShareOfVoluntary { get; init; }

    /// <summary>Events in which the brow of this side rose while the eye closed ("other Babinski sign"), out of events with a clear lid closure.</summary>
    public required int BrowLiftWithClosure { get; init; }

    /// <summary>Events with a lid closure clear enough to look for the brow lift: the denominator.</summary>
    public required int EventsWithClosure { get; init; }
}

/// <summary>One one-sided involuntary contraction.</summary>
public sealed record SpasmEvent
{
    /// <summary>Number within the recording, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The patient's side.</summary>
    public required Side Side { get; init; }

    /// <summary>Onset, seconds on the recording's clock.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>End, seconds on the recording's clock.</summary>
    public required double EndSeconds { get; init; }

    /// <summary>Time of the largest movement, seconds on the recording's clock.</summary>
    public required double PeakSeconds { get; init; }

    /// <summary>Clonic (a twitch) or tonic (held).</summary>
    public required SpasmKind Kind { get; init; }

    /// <summary>Regions that took part, of those that the camera can tell apart on one side.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>Lid closure at the peak beyond the other eye's, share (0 to 1) of this eye's own range.</summary>
    public required double LidClosure { get; init; }

    /// <summary>Narrowing of the lid opening at the peak beyond the other eye's, interocular distances.</summary>
    public required double LidIod { get; init; }

    /// <summary>Mouth-corner shift up and outwards at the peak beyond the other corner's, interocular distances.</summary>
    public required double MouthIod { get; init; }

    /// <summary>Brow movement at the peak beyond the other brow's, interocular distances; up is positive.</summary>
    public required double BrowIod { get; init; }

    /// <summary>True where the brow rose while the eye closed.</summary>
    public required bool BrowLiftWithClosure { get; init; }

    /// <summary>How far the event stands above this recording's own noise, in its standard deviations.</summary>
    public required double Strength { get; init; }

    /// <summary>True where it stands in the phase that is counted (rest) and in usable seconds.</summary>
    public required bool Counted { get; init; }

    /// <summary>End minus start, seconds.</summary>
    public double DurationSeconds => EndSeconds - StartSeconds;
}

/// <summary>Twitch or hold.</summary>
public enum SpasmKind
{
    /// <summary>A twitch, shorter than 0.5 s.</summary>
    Clonic = 0,

    /// <summary>Held for 0.5 s or longer.</summary>
    Tonic = 1,
}

/// <summary>A region of one half of the face.</summary>
public enum Region
{
    /// <summary>The lids.</summary>
    Eye = 0,

    /// <summary>The brow.</summary>
    Brow = 1,

    /// <summary>The cheek; the mesh shows it as context only.</summary>
    Cheek = 2,

    /// <summary>The mouth's corner.</summary>
    Mouth = 3,

    /// <summary>The chin; the mesh shows it as context only.</summary>
    Chin = 4,
}

/// <summary>Blinks: both lids, together.</summary>
/// <param name="Rate">Blinks per minute of usable rest.</param>
/// <param name="MedianSeconds">Median duration, seconds; 0 without blinks.</param>
/// <param name="MedianAsymmetry">Median difference of the two closures over their sum, 0 (equal) to 1; 0 without blinks.</param>
/// <param name="Times">When each blink was deepest, seconds on the recording's clock.</param>
public sealed record BlinkMeasures(Rate Rate, double MedianSeconds, double MedianAsymmetry, IReadOnlyList<double> Times);

/// <summary>Which side moves by itself.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Certainty">0.5 (a coin) to 1; for <see cref="AffectedSide.CannotTell"/> and <see cref="AffectedSide.Neither"/> 0.</param>
/// <param name="Reason">Why, with the figures, for a person to read.</param>
public sealed record SideJudgement(AffectedSide Answer, double Certainty, string Reason);

/// <summary>The side that moves by itself.</summary>
public enum AffectedSide
{
    /// <summary>No more one-sided movement than chance gives.</summary>
    Neither = 0,

    /// <summary>The patient's right.</summary>
    Right = 1,

    /// <summary>The patient's left.</summary>
    Left = 2,

    /// <summary>Both, at different times.</summary>
    Both = 3,

    /// <summary>Too few events, too poor a recording, or sides too alike.</summary>
    CannotTell = 4,
}
