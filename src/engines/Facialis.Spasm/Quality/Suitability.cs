using System.Globalization;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Spasm.Detection;
using Facialis.Spasm.Report;

namespace Facialis.Spasm.Quality;

/// <summary>Says what a recording can and cannot be used for, and how to mend it.</summary>
/// <remarks>Limits: measurement on filmed and drawn faces (docs/accuracy.md); frame rate, size and pose as in the capture gates.</remarks>
internal static class Suitability
{
    /// <summary>Pixels between the eyes: below the first nothing is measured, below the second with a warning.</summary>
    public const double LeastInterocularPixels = 30;
    public const double GoodInterocularPixels = 60;

    /// <summary>Frames per second: below the first nothing is measured, below the second with a warning.</summary>
    public const double LeastFramesPerSecond = 12;
    public const double GoodFramesPerSecond = 24; // after rounding: what cameras call 24 is 23.976

    /// <summary>Noise of the lid or mouth difference, IOD: above the first a warning, above the second nothing is measured.</summary>
    public const double FairNoise = 0.006;
    public const double WorstNoise = 0.02;

    public const double LeastUsableSeconds = 5;

    /// <summary>A reason not to measure that is known before the first frame; null where there is none.</summary>
    public static Finding? RefusalFor(RecordingHeader header) => header.Scheme.ReadsEachEye
        ? null
        : new Finding(
            "unrefined-landmarks",
            FindingSeverity.Refusal,
            $"These landmarks ({header.Scheme.Title}) move both eyes together: a one-sided closure looks both-sided, so spasm cannot be measured.",
            "Record again with refined landmarks (478 points), or run the video through this program.");

    /// <summary>What limits the measurement, most serious first.</summary>
    public static IReadOnlyList<Finding> Judge(RecordingHeader header, Mirroring mirroring, RecordingFindings found, QualitySummary quality, double usableSeconds, double framesPerSecond)
    {
        var findings = new List<Finding>();
        void Add(string code, FindingSeverity severity, FormattableString message, string remedy)
            => findings.Add(new Finding(code, severity, message.ToString(CultureInfo.InvariantCulture), remedy));

        if (found.Faces == 0)
        {
            Add("no-face", FindingSeverity.Refusal, $"No face was found in any of the {found.Frames} frames.", "Let the whole face fill a third of the picture, in front light, and record again.");
            return findings;
        }

        if (usableSeconds < LeastUsableSeconds)
        {
            Add("too-short", FindingSeverity.Refusal, $"Only {usableSeconds:0} s of rest can be used; at least {LeastUsableSeconds:0} s are needed.", "Record at least 20 s, better 3 minutes, with the head still and facing the camera.");
        }

        if (found.InterocularPixels < LeastInterocularPixels)
        {
            Add("too-far-away", FindingSeverity.Refusal, $"The face is too far away: {found.InterocularPixels:0} pixels between the eyes, at least {LeastInterocularPixels:0} are needed.", "Come closer, or record in a higher resolution.");
        }
        else if (found.InterocularPixels < GoodInterocularPixels)
        {
            Add("far-away", FindingSeverity.Warning, $"The face is small: {found.InterocularPixels:0} pixels between the eyes instead of {GoodInterocularPixels:0}. Small spasms may be missed.", "Come closer, or record in a higher resolution.");
        }

        if (framesPerSecond < LeastFramesPerSecond)
        {
            Add("frame-rate", FindingSeverity.Refusal, $"Only {framesPerSecond:0.#} frames a second: most twitches fall between frames.", "Use more light (cameras slow down in the dark) or another camera; 30 frames a second or more.");
        }
        else if (Math.Round(framesPerSecond) < GoodFramesPerSecond)
        {
            Add("frame-rate", FindingSeverity.Warning, $"{framesPerSecond:0.#} frames a second instead of {GoodFramesPerSecond:0} or more: short twitches may be missed and amplitudes are under-read.", "Use more light or another camera.");
        }

        if (quality.LidNoiseIod > WorstNoise || quality.MouthNoiseIod > WorstNoise)
        {
            Add("unsteady", FindingSeverity.Refusal, $"The landmarks are too unsteady (lids {100 * quality.LidNoiseIod:0.0} %, mouth {100 * quality.MouthNoiseIod:0.0} % of the distance between the eyes).", "Use more light, keep hands and hair off the face, and fix the camera.");
        }
        else if (quality.LidNoiseIod > FairNoise || quality.MouthNoiseIod > FairNoise)
        {
            Add("unsteady", FindingSeverity.Warning, $"The landmarks are unsteady (lids {100 * quality.LidNoiseIod:0.0} %, mouth {100 * quality.MouthNoiseIod:0.0} % of the distance between the eyes): small spasms may be missed.", "Use more light, keep hands and hair off the face, and fix the camera.");
        }

        if (quality.FaceFoundShare < 0.9)
        {
            Add("face-lost", FindingSeverity.Warning, $"The face was lost in {100 * (1 - quality.FaceFoundShare):0} % of the frames; those seconds are left out.", "Stay in the picture; keep hands and hair off the face.");
        }

        if (quality.DroppedShare > 0.05)
        {
            Add("dropped-frames", FindingSeverity.Warning, $"{100 * quality.DroppedShare:0} % of the frames are missing.", "Close other programs, or record a video file and measure that.");
        }

        if (header.Scheme == LandmarkScheme.Ibug68)
        {
            Add("68-points", FindingSeverity.Warning, $"68-point landmarks have two points on each lid: accuracy was not established for them.", "For comparison over time, measure the video itself with this program.");
        }

        if (mirroring == Mirroring.Unknown)
        {
            Add("side-unconfirmed", FindingSeverity.Warning, $"Right and left are not confirmed: if the picture was mirrored, they are exchanged.", "Record again and close the right eye when asked at the start.");
        }

        if (usableSeconds is >= LeastUsableSeconds and < Statistics.RateInterval.LeastSeconds)
        {
            Add("short-rest", FindingSeverity.Note, $"{usableSeconds:0} s of usable rest: under 2 minutes, counts are shown without an interval.", "Record 3 minutes of rest or more.");
        }

        if (header.IsDemonstration || header.Source == RecordingSource.Generator)
        {
            Add("demonstration", FindingSeverity.Note, $"Made by a generator: no face was in front of a camera.", "Use it to look around, not for figures.");
        }

        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    public static QualityGrade Grade(IReadOnlyList<Finding> findings)
    {
        string[] aboutQuality = ["too-far-away", "far-away", "frame-rate", "unsteady", "face-lost", "dropped-frames", "no-face", "too-short", "unrefined-landmarks"];
        var worst = findings.Where(f => aboutQuality.Contains(f.Code)).Select(f => f.Severity).DefaultIfEmpty(FindingSeverity.Note).Max();
        return worst switch
        {
            FindingSeverity.Refusal => QualityGrade.Poor,
            FindingSeverity.Warning => QualityGrade.Fair,
            _ => QualityGrade.Good,
        };
    }

    /// <summary>Why a second cannot be used; null where it can.</summary>
    public static UnusableReason? WhyUnusable(SecondSummary second, double framesPerSecond, double noise, DetectorSettings settings)
    {
        if (second.Faces < 0.7 * second.Frames)
        {
            return UnusableReason.FaceLost;
        }

        if (second.Frames < 0.5 * framesPerSecond)
        {
            return UnusableReason.FramesMissing;
        }

        if (second.MaxYaw > settings.MostYawDegrees || second.MaxPitch > settings.MostPoseOffsetDegrees)
        {
            return UnusableReason.HeadTurned;
        }

        if (second.MedianTurn > settings.MostTurnSpeed)
        {
            return UnusableReason.HeadMoving;
        }

        return second.Unrest > Math.Max(settings.MostUnrest, 12 * noise) ? UnusableReason.Unsteady : null;
    }
}
