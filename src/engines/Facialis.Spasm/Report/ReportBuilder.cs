using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Spasm.Detection;
using Facialis.Spasm.Quality;
using Facialis.Spasm.Statistics;

namespace Facialis.Spasm.Report;

/// <summary>Turns what the segments found into a report: settles sides, counts, denominators and intervals.</summary>
internal sealed class ReportBuilder(
    RecordingHeader header, Mirroring mirroring, IReadOnlyList<ProtocolMark> marks, RecordingFindings found, DetectorSettings settings)
{
    private readonly bool _swap = mirroring == Mirroring.Mirrored;

    public SpasmReport Build()
    {
        var framesPerSecond = found.Dt > 0 ? 1 / found.Dt : 0;
        var seconds = found.Seconds.Select(Judge).ToList();
        var usable = seconds.Where(s => s.Usable).Select(s => s.Second).ToList();
        var span = found.LastTime - found.FirstTime;
        var expected = span > 0 ? (span * framesPerSecond) + 1 : found.Frames;
        var quality = new QualitySummary
        {
            Grade = QualityGrade.Good,
            FaceFoundShare = found.Frames == 0 ? 0 : (double)found.Faces / found.Frames,
            DroppedShare = expected <= 0 ? 0 : Math.Clamp(1 - (found.Frames / expected), 0, 1),
            LongestGapSeconds = found.LongestGap,
            LidNoiseIod = Finite(found.LidNoise),
            MouthNoiseIod = Finite(found.MouthNoise),
            SmallestLidClosure = found.OpenHeight > 0 ? Math.Min(1, settings.Threshold * Finite(found.LidNoise) / found.OpenHeight) : 0,
            SmallestMouthIod = settings.Threshold * Finite(found.MouthNoise),
            Seconds = seconds,
        };
        var findings = Suitability.Judge(header, mirroring, found, quality, usable.Count, framesPerSecond);
        quality = quality with { Grade = Suitability.Grade(findings) };
        if (findings.Any(f => f.Severity == FindingSeverity.Refusal))
        {
            return Empty(Verdict.Refused, findings, Facts(0, framesPerSecond), quality);
        }

        var rest = usable.ToHashSet();
        var decided = Decision.Decide(found.Events, (found.LastTime - found.FirstTime) / 60, settings);
        var events = decided.Select((e, i) => Describe(e, i + 1, rest)).ToList();
        var right = new SideMeasurer(Side.PatientRight, events, usable, settings).Build(Voluntary(Side.PatientRight), ClosedSeconds(decided, Side.PatientRight, rest));
        var left = new SideMeasurer(Side.PatientLeft, events, usable, settings).Build(Voluntary(Side.PatientLeft), ClosedSeconds(decided, Side.PatientLeft, rest));
        return new SpasmReport
        {
            AlgorithmVersion = SpasmAnalysis.Version,
            Verdict = findings.Any(f => f.Severity == FindingSeverity.Warning) ? Verdict.MeasuredWithWarnings : Verdict.Measured,
            Findings = findings,
            Recording = Facts(usable.Count, framesPerSecond),
            Quality = quality,
            Right = right,
            Left = left,
            Affected = SideJudge.Judge(right, left, events, mirroring),
            Blinks = Blinks(usable, rest),
            Events = events,
        };
    }

    /// <summary>The report of a recording that is not measured for a reason known before its first frame.</summary>
    public static SpasmReport Refused(RecordingHeader header, Mirroring mirroring, Finding refusal)
    {
        var quality = new QualitySummary
        {
            Grade = QualityGrade.Poor,
            FaceFoundShare = 0,
            DroppedShare = 0,
            LongestGapSeconds = 0,
            LidNoiseIod = 0,
            MouthNoiseIod = 0,
            SmallestLidClosure = 0,
            SmallestMouthIod = 0,
            Seconds = [],
        };
        var builder = new ReportBuilder(header, mirroring, [], new RecordingFindings(), DetectorSettings.Default);
        return Empty(Verdict.Refused, [refusal], builder.Facts(0, 0), quality);
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    private static SpasmReport Empty(Verdict verdict, IReadOnlyList<Finding> findings, RecordingFacts facts, QualitySummary quality) => new()
    {
        AlgorithmVersion = SpasmAnalysis.Version,
        Verdict = verdict,
        Findings = findings,
        Recording = facts,
        Quality = quality,
        Right = SideMeasurer.Nothing(Side.PatientRight),
        Left = SideMeasurer.Nothing(Side.PatientLeft),
        Affected = new SideJudgement(AffectedSide.CannotTell, 0, "The recording was not measured."),
        Blinks = new BlinkMeasures(new Rate(0, 0, 0, null, null, null), 0, 0, []),
        Events = [],
    };

    private RecordingFacts Facts(double usableSeconds, double framesPerSecond) => new()
    {
        DurationSeconds = found.Frames > 1 ? found.LastTime - found.FirstTime : 0,
        UsableSeconds = usableSeconds,
        Frames = found.Frames,
        FramesPerSecond = framesPerSecond,
        InterocularPixels = found.InterocularPixels,
        Scheme = header.Scheme.Id,
        SideConfirmed = mirroring != Mirroring.Unknown,
        SidesSwapped = _swap,
    };

    private SecondQuality Judge(SecondSummary second)
    {
        var why = InRest(second.Second) ? Suitability.WhyUnusable(second, 1 / found.Dt, Finite(found.LidNoise), settings) : UnusableReason.NotRest;
        return new SecondQuality(second.Second, why is null, why);
    }

    // Without marks the whole recording counts as rest; with marks, only whole seconds inside a rest phase do.
    private bool InRest(int second) => marks.All(m => m.Phase != ProtocolPhase.Rest)
        ? !marks.Any(m => second + 1 > m.StartSeconds && second < m.EndSeconds)
        : marks.Any(m => m.Phase == ProtocolPhase.Rest && second + 0.5 >= m.StartSeconds && second + 0.5 <= m.EndSeconds);

    private Side Patient(Side read) => _swap ? read.Opposite() : read;

    private SpasmEvent Describe(SegmentEvent e, int number, HashSet<int> rest)
    {
        var c = e.Candidate;
        var regions = new List<Region>(3);
        var briefly = e.End - e.Start < settings.TonicSeconds;
        if (c.LidZ >= settings.RegionEvidence)
        {
            regions.Add(Region.Eye);
        }

        if (c.BrowZ >= settings.RegionEvidence)
        {
            regions.Add(Region.Brow);
        }

        if (c.MouthZ >= settings.RegionEvidence)
        {
            regions.Add(Region.Mouth);
        }

        if (regions.Count == 0)
        {
            regions.Add(c.LidZ >= c.MouthZ ? Region.Eye : Region.Mouth);
        }

        return new SpasmEvent
        {
            Number = number,
            Side = Patient(c.Side),
            StartSeconds = Math.Max(e.Start, found.FirstTime),
            EndSeconds = Math.Min(e.End, found.LastTime),
            PeakSeconds = e.Peak,
            Kind = briefly ? SpasmKind.Clonic : SpasmKind.Tonic,
            Regions = regions,
            LidClosure = Math.Clamp(e.LidClosure, 0, 1),
            LidIod = c.LidIod,
            MouthIod = c.MouthIod,
            BrowIod = c.BrowIod,
            BrowLiftWithClosure = e.LidClosure >= settings.ClearClosure && c.BrowIod >= settings.LeastBrowRise && c.BrowZ >= settings.RegionEvidence,
            Strength = c.Strength,
            Counted = rest.Contains((int)Math.Floor(e.Peak)),
        };
    }

    private double ClosedSeconds(List<SegmentEvent> decided, Side side, HashSet<int> rest) => decided
        .Where(e => Patient(e.Candidate.Side) == side && rest.Contains((int)Math.Floor(e.Peak))).Sum(e => e.ClosedSeconds);

    // The patient's own range: the largest movement of that side while the task was asked for.
    private (double? Lid, double? Mouth) Voluntary(Side side)
    {
        double? Most(ProtocolPhase phase, Func<SecondSummary, double> right, Func<SecondSummary, double> left)
        {
            var read = Patient(side);
            var inside = found.Seconds.Where(s => marks.Any(m => m.Phase == phase && s.Second + 1 > m.StartSeconds && s.Second < m.EndSeconds))
                .Select(read == Side.PatientRight ? right : left).ToList();
            return inside.Count == 0 || inside.Max() <= 0 ? null : inside.Max();
        }

        return (Most(ProtocolPhase.GentleClosure, s => s.RightLidClosed, s => s.LeftLidClosed), Most(ProtocolPhase.Smile, s => s.RightMouth, s => s.LeftMouth));
    }

    private BlinkMeasures Blinks(List<int> usable, HashSet<int> rest)
    {
        var counted = found.Blinks.Where(b => rest.Contains((int)Math.Floor(b.Time))).ToList();
        return new BlinkMeasures(
            RateInterval.Of([.. counted.Select(b => b.Time)], usable),
            SideMeasurer.Quantile([.. counted.Select(b => b.Seconds)], 0.5),
            SideMeasurer.Quantile([.. counted.Select(b => b.Asymmetry)], 0.5),
            [.. found.Blinks.Select(b => b.Time)]);
    }
}
