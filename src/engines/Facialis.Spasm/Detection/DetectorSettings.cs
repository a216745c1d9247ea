namespace Facialis.Spasm.Detection;

/// <summary>Every constant of the detector, in one place; changing one changes <see cref="SpasmAnalysis.Version"/>.</summary>
/// <remarks>
/// Chosen on faces drawn by the project's own tool; how, and what no longer counts as blind, stands in
/// docs/decisions/0005. Lengths are interocular distances (IOD).
/// </remarks>
internal sealed record DetectorSettings
{
    public static DetectorSettings Default { get; } = new();

    /// <summary>Share of the lower lid's movement counted with the upper lid's: in closure the upper lid does most of the way.</summary>
    public double LowerLidWeight { get; init; } = 0.244;

    /// <summary>Share of the eye corners' movement taken off the lid's: half of the noise is the eye moving as a whole.</summary>
    public double CanthiWeight { get; init; } = 0.407;

    /// <summary>Weights of the mouth corner's rise and of its way outwards in the evidence: the way outwards is noisier.</summary>
    public double MouthUp { get; init; } = 0.8;

    public double MouthOut { get; init; } = 0.126;

    /// <summary>Direction along which a pull is measured, up and outwards; a unit vector.</summary>
    public double PullUp { get; init; } = 0.8;

    public double PullOut { get; init; } = 0.6;

    /// <summary>Window of the resting level that long holds must not bend, s.</summary>
    public double LongWindow { get; init; } = 20;

    /// <summary>Window of the resting level for short events, s; frames with large movement do not take part.</summary>
    public double ShortWindow { get; init; } = 2.3;

    /// <summary>Least noise believed, IOD: below it a still picture would make events of rounding.</summary>
    public double LeastLidNoise { get; init; } = 0.0028;

    public double LeastMouthNoise { get; init; } = 0.0019;

    // How much of a both-sided or head movement may appear as a difference between the sides.

    /// <summary>Of common lid closure, after the recording's own blink asymmetry is taken off.</summary>
    public double BlinkLeakToLids { get; init; } = 0.35;

    public double BlinkLeakToMouth { get; init; } = 0.06;

    /// <summary>Of common mouth-corner movement (smile, speech).</summary>
    public double SmileLeakToMouth { get; init; } = 0.127;

    public double SmileLeakToLids { get; init; } = 0.04;

    /// <summary>Of the change of mouth opening (speech).</summary>
    public double SpeechLeakToMouth { get; init; } = 0.055;

    /// <summary>IOD per degree per second of head turning.</summary>
    public double TurnLeakToLids { get; init; } = 0.0004;

    public double TurnLeakToMouth { get; init; } = 0.0003;

    /// <summary>IOD per degree away from the recording's usual pose.</summary>
    public double PoseLeak { get; init; } = 0.00021;

    /// <summary>Lengths of the movements that are looked for, s; 0 is a single frame.</summary>
    public IReadOnlyList<double> Widths { get; init; } = [0.0, 0.1, 0.2];

    /// <summary>Evidence that makes an event where the recording does not show which side is affected, standard deviations.</summary>
    public double Threshold { get; init; } = 6;

    /// <summary>Evidence below which nothing is a candidate: the least that can make an event on an affected side.</summary>
    public double LeastThreshold { get; init; } = 3.2;

    /// <summary>The most that is asked on an affected side, however restless the other side is.</summary>
    public double MostThreshold { get; init; } = 3.75;

    /// <summary>An affected side is asked for this many times what the other side reaches by chance ...</summary>
    public double ChanceFactor { get; init; } = 1.7;

    /// <summary>... as often as this, per minute.</summary>
    public double ChancePerMinute { get; init; } = 1.2;

    /// <summary>Evidence of an event so strong that what the other side shows meanwhile is its echo, not chance.</summary>
    public double EchoStrength { get; init; } = 6;

    /// <summary>That echo reaches this far before and after it, s.</summary>
    public double EchoSeconds { get; init; } = 0.4;

    /// <summary>What is asked of the side that is not affected.</summary>
    public double OtherThreshold { get; init; } = 12;

    /// <summary>Candidates of at least this evidence are counted to see which side is affected.</summary>
    public double ClearStrength { get; init; } = 4.4;

    /// <summary>That many of them show a side to be affected, if they are also this many times those of the other side.</summary>
    public double AffectedEvents { get; init; } = 4;

    public double AffectedRatio { get; init; } = 4;

    /// <summary>Candidates of any evidence show it too, where they are this many and this many times those of the other side.</summary>
    public double FaintEvents { get; init; } = 10;

    public double FaintRatio { get; init; } = 3;

    /// <summary>Evidence below which a run of movement ends.</summary>
    public double RunLevel { get; init; } = 1.4;

    /// <summary>Evidence of a single frame above which a run goes on, whatever the filters say.</summary>
    public double HoldLevel { get; init; } = 3;

    /// <summary>Both of two twitches have at least this evidence.</summary>
    public double SplitStrength { get; init; } = 2.1;

    /// <summary>Two peaks are two twitches where the evidence between them falls below this share of the lower one, and by that much.</summary>
    /// <remarks>The share is that of a camera of 30 frames a second: slower ones fill a pause, in proportion to the root of the time between frames.</remarks>
    public double ValleyShare { get; init; } = 0.38;

    public double ValleyDepth { get; init; } = 3;

    /// <summary>Evidence is averaged over so much time before it is split, s: what counts as two twitches must not hang on a quicker camera.</summary>
    public double PartedSeconds { get; init; } = 1.0 / 30;

    /// <summary>Closure of the eye that closes less, share of its open height, from which both are taken to blink.</summary>
    public double BlinkClosure { get; init; } = 0.2;

    /// <summary>In a blink two twitches are parted by the mouth alone, where its pull falls between them by this many times its noise ...</summary>
    public double BlinkValleyDepth { get; init; } = 4;

    /// <summary>... from what it reaches within so much time before and after, s.</summary>
    public double BlinkValleyReach { get; init; } = 0.3;

    /// <summary>An event reaches to where its evidence falls below this share of its peak.</summary>
    public double EdgeShare { get; init; } = 0.1;

    /// <summary>What is left of the noise after the matched filter is never believed to be less than this, standard deviations.</summary>
    public double LeastFilteredNoise { get; init; } = 0.92;

    /// <summary>The same for a plain mean over the movement's frames, whose noise is correlated.</summary>
    public double LeastAveragedNoise { get; init; } = 1;

    /// <summary>The matched filter is believed to stand out at most this many times as far as the plain mean.</summary>
    public double MostFilterGain { get; init; } = 2.3;

    // Seconds beyond these are left out.

    /// <summary>Degrees to either side of a frontal face.</summary>
    public double MostYawDegrees { get; init; } = 25;

    /// <summary>Degrees away from the recording's usual pose, yaw or pitch.</summary>
    public double MostPoseOffsetDegrees { get; init; } = 20;

    /// <summary>Mean speed of head turning within the second, degrees per second.</summary>
    public double MostTurnSpeed { get; init; } = 30;

    /// <summary>Mean change of the lid difference from frame to frame, IOD: more is a hand over the face or a lost track.</summary>
    public double MostUnrest { get; init; } = 0.03;

    /// <summary>A hold at least this long is tonic, s.</summary>
    public double TonicSeconds { get; init; } = 0.5;

    /// <summary>Evidence that makes a region part of an event, standard deviations.</summary>
    public double RegionEvidence { get; init; } = 3;

    /// <summary>Events less than this apart are one burst, s.</summary>
    public double BurstGap { get; init; } = 1;

    /// <summary>Closure from which the eye counts as closed enough to look for a rising brow, share of the eye's range.</summary>
    public double ClearClosure { get; init; } = 0.3;

    /// <summary>Least rise of the brow with closure, IOD.</summary>
    public double LeastBrowRise { get; init; } = 0.006;

    /// <summary>After a face appears, frames that are not looked at, s.</summary>
    public double SettlingSeconds { get; init; } = 0.25;

    /// <summary>Closure of an eye (share of its open height) and difference of the mouth corners (IOD) that are plainly movement, and one-sided where the other side does less than a share of it.</summary>
    public double PlainClosure { get; init; } = 0.25;

    public double PlainPull { get; init; } = 0.04;

    public double PlainShare { get; init; } = 0.4;

    /// <summary>What stands out for longer than this, s, is a hold or drift.</summary>
    public double LongestTwitch { get; init; } = 0.8;

    /// <summary>Noise is learned at rest where there is at least so much of it, s; else from all frames without a plain movement.</summary>
    public double LeastRest { get; init; } = 5;

    /// <summary>Narrowing of an eye (share of its open height) and pull of a mouth corner (IOD) above which the face is not at rest, unless noise is larger.</summary>
    public double RelaxedLid { get; init; } = 0.15;

    public double RelaxedPull { get; init; } = 0.012;

    /// <summary>Share of the time at rest up to which the resting level is learned from that time alone.</summary>
    public double LittleRest { get; init; } = 0.7;

    /// <summary>Degrees from the usual pose within which that can be told.</summary>
    public double PlainPose { get; init; } = 6;

    /// <summary>Weight of lids or mouth where the other does not move.</summary>
    public double AloneWeight { get; init; } = 0.5;

    /// <summary>A hold moves the lid by at least this share of its open height, or the mouth's corner by that much, IOD.</summary>
    public double FaintLid { get; init; } = 0.2;

    public double FaintMouth { get; init; } = 0.025;

    /// <summary>An event is drawn out under the noise by no more than this at either end, s.</summary>
    public double LongestTail { get; init; } = 0.04;
}
