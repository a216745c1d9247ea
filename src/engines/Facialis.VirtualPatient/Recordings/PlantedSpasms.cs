using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SpasmDrive;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>Works out which contractions of one side a recording shows.</summary>
internal sealed class PlantedSpasms
{
    private const double TonicSeconds = 0.5;
    private const double ValleyShare = 1.0 / 3;
    private const double EdgeShare = 0.1;

    /// <summary>What a video of 30 frames a second shows of quicker movement: means over 8 of 240 steps.</summary>
    private const int SeenSteps = 8;

    /// <summary>Share of a muscle's way below which nothing is taken to move.</summary>
    private const double Least = 0.02;

    /// <summary>
    /// SD of what a measurement sees at jitter 1, interocular distances: that of one lid opening (0.19 %) and of one mouth corner (0.35 %) on still
    /// pictures, times the root of two, since a spasm is seen as a difference between the sides.
    /// </summary>
    private const double LidNoise = 0.0027;
    private const double MouthNoise = 0.0049;

    /// <summary>Direction in which a smile pulls the corner of the mouth; a unit vector.</summary>
    private const double PullUp = 0.8;
    private const double PullOut = 0.6;

    private readonly RecordingPlan.PlannedSide _side;
    private readonly IReadOnlyList<FaceReach> _reach;
    private readonly double _jitter;
    private readonly IReadOnlyList<ProtocolMark> _marks;
    private readonly string[] _muscles;
    private readonly List<PlantedSpasm> _found = [];
    private readonly List<Way> _moved = [];
    private readonly List<Way> _seen = [];

    private PlantedSpasms(RecordingPlan.PlannedSide side, MovingFaceOptions options, IReadOnlyList<ProtocolMark> marks)
    {
        (_side, _jitter, _marks) = (side, options.Jitter, marks);
        _reach = MovingFace.ReachOf(options, side.Side);
        _muscles = [.. Enumerable.Range(0, side.Strengths.Length).Where(m => side.Strengths[m] > 0.15).Select(m => side.Parameters.Geometry.Muscles[m].Id)];
    }

    /// <summary>Finds them in their order.</summary>
    /// <param name="side">The side's drive and strength.</param>
    /// <param name="seed">Seed of the person.</param>
    /// <param name="seconds">Length of the recording.</param>
    /// <param name="options">Which face and camera.</param>
    /// <param name="marks">Phases of the protocol.</param>
    public static IReadOnlyList<PlantedSpasm> Of(
        RecordingPlan.PlannedSide side, ulong seed, double seconds, MovingFaceOptions options, IReadOnlyList<ProtocolMark> marks)
    {
        var spasms = new PlantedSpasms(side, options, marks);
        spasms.Find(seed, seconds);
        return spasms._found;
    }

    private void Find(ulong seed, double seconds)
    {
        var (sampler, rig) = (_side.Sampler(seed), _side.Rig());
        var steps = (long)(seconds * DriveSampler.StepsPerSecond);
        Span<double> actions = stackalloc double[FaceRig.Actions];
        for (long step = 1; step <= steps + 1; step++)
        {
            sampler.Step();
            if (step <= steps && !sampler.IsStill && Moves(sampler.Response))
            {
                actions.Clear();
                rig.Add(sampler.Response, actions);
                _moved.Add(WayOf(actions));
            }
            else if (_moved.Count > 0)
            {
                Average();
                Split(step - _moved.Count);
                _moved.Clear();
            }
        }
    }

    private Way WayOf(ReadOnlySpan<double> actions)
    {
        var (lids, pull) = (0.0, 0.0);
        for (var i = 0; i < actions.Length; i++)
        {
            lids += actions[i] * _reach[i].LidNarrowing;
            pull += actions[i] * ((PullUp * _reach[i].CornerUp) + (PullOut * _reach[i].CornerOut));
        }

        return new Way(actions[(int)FaceAction.CloseLids], lids, Math.Max(0, pull));
    }

    private static bool Moves(ReadOnlySpan<double> responses)
    {
        foreach (var response in responses)
        {
            if (FaceRig.Saturate(response) > Least)
            {
                return true;
            }
        }

        return false;
    }

    // Around every step as many steps before as after it; beyond the run nothing moves.
    private void Average()
    {
        _seen.Clear();
        for (var i = 0; i < _moved.Count; i++)
        {
            var sum = default(Way);
            for (var k = Math.Max(0, i - (SeenSteps / 2)); k <= Math.Min(_moved.Count - 1, i + (SeenSteps / 2)); k++)
            {
                sum = new Way(sum.Closure + _moved[k].Closure, sum.Lids + _moved[k].Lids, sum.Pull + _moved[k].Pull);
            }

            const int steps = SeenSteps + 1;
            _seen.Add(new Way(sum.Closure / steps, sum.Lids / steps, sum.Pull / steps));
        }
    }

    // In times of the jitter at 1: of lids or mouth, whichever is plainer.
    private double Size(int i) => Math.Max(_seen[i].Lids / LidNoise, _seen[i].Pull / MouthNoise);

    private void Split(long firstStep)
    {
        var (from, peak, valley) = (0, 0, -1);
        for (var i = 1; i < _seen.Count; i++)
        {
            if (valley < 0)
            {
                peak = Size(i) > Size(peak) ? i : peak;
                valley = Size(i) < Size(peak) * ValleyShare ? i : -1;
            }
            else if (Size(i) < Size(valley))
            {
                valley = i;
            }
            else if (Size(valley) < Size(i) * ValleyShare)
            {
                Add(from, peak, valley, firstStep);
                (from, peak, valley) = (valley, i, -1);
            }
        }

        Add(from, peak, _seen.Count - 1, firstStep);
    }

    private void Add(int from, int peak, int to, long firstStep)
    {
        var (start, end) = (peak, peak);
        while (start > from && Size(start - 1) > EdgeShare * Size(peak))
        {
            start--;
        }

        while (end < to && Size(end + 1) > EdgeShare * Size(peak))
        {
            end++;
        }

        double Seconds(int i) => (double)(firstStep + i) / DriveSampler.StepsPerSecond;
        var at = Seconds(peak);
        _found.Add(new PlantedSpasm(
            _side.Side, Seconds(start), Seconds(end), at, Seconds(end) - Seconds(start) >= TonicSeconds, _seen[peak].Closure, _seen[peak].Pull,
            Size(peak) / _jitter, _muscles, _marks.Any(m => m.Phase == ProtocolPhase.Rest && at >= m.StartSeconds && at < m.EndSeconds)));
    }

    /// <param name="Closure">Closure of the lids, 0 to 1.</param>
    /// <param name="Lids">How much narrower their opening is, interocular distances.</param>
    /// <param name="Pull">Way of the mouth's corner up and outwards, interocular distances.</param>
    private readonly record struct Way(double Closure, double Lids, double Pull);
}
