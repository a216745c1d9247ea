using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.SpasmDrive;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>Works out which contractions a script plants.</summary>
internal static class PlantedSpasms
{
    private const double TonicSeconds = 0.5;
    private const double ValleyShare = 1.0 / 3;
    private const double EdgeShare = 0.1;

    /// <summary>What a video of 30 frames a second shows of quicker movement: means over 8 of 240 steps.</summary>
    private const int SeenSteps = 8;
    private const double Least = 0.02;
    private const double LidNoise = 0.0019;
    private const double MouthNoise = 0.0035;

    public static IEnumerable<PlantedSpasm> Of(
        DriveScript script, Side side, FaceRig rig, double seconds, double jitter, IReadOnlyList<ProtocolMark> marks, ModelParameters parameters)
    {
        // One muscle without delay stands for all: what moves is the same function of it everywhere.
        var sampler = new DriveSampler(script, 1, null, 0, parameters);
        var steps = (long)(seconds * DriveSampler.StepsPerSecond);
        var run = new List<double>();
        var muscles = Enumerable.Range(0, rig.Strengths.Length).Where(m => rig.Strengths[m] > 0.15).Select(m => parameters.Geometry.Muscles[m].Id).ToArray();
        var found = new List<PlantedSpasm>();
        for (long step = 1; step <= steps + 1; step++)
        {
            sampler.Step();
            var way = sampler.IsStill || step > steps ? 0 : FaceRig.Saturate(sampler.Response[0]);
            if (way > Least)
            {
                run.Add(way);
            }
            else if (run.Count > 0)
            {
                Split(Seen(run), step - run.Count);
                run.Clear();
            }
        }

        return found;

        static List<double> Seen(List<double> ways)
        {
            // Around every step as many steps before as after it; beyond the run nothing moves.
            var seen = new List<double>(ways.Count);
            for (var i = 0; i < ways.Count; i++)
            {
                var sum = 0.0;
                for (var k = i - (SeenSteps / 2); k <= i + (SeenSteps / 2); k++)
                {
                    sum += k >= 0 && k < ways.Count ? ways[k] : 0;
                }

                seen.Add(sum / (SeenSteps + 1));
            }

            return seen;
        }

        void Split(List<double> ways, long firstStep)
        {
            var (from, peak, valley) = (0, 0, -1);
            for (var i = 1; i < ways.Count; i++)
            {
                if (valley < 0)
                {
                    peak = ways[i] > ways[peak] ? i : peak;
                    valley = ways[i] < ways[peak] * ValleyShare ? i : -1;
                }
                else if (ways[i] < ways[valley])
                {
                    valley = i;
                }
                else if (ways[valley] < ways[i] * ValleyShare)
                {
                    Add(ways, from, peak, valley, firstStep);
                    (from, peak, valley) = (valley, i, -1);
                }
            }

            Add(ways, from, peak, ways.Count - 1, firstStep);
        }

        void Add(List<double> ways, int from, int peak, int to, long firstStep)
        {
            var (start, end) = (peak, peak);
            while (start > from && ways[start - 1] > EdgeShare * ways[peak])
            {
                start--;
            }

            while (end < to && ways[end + 1] > EdgeShare * ways[peak])
            {
                end++;
            }

            Span<double> actions = stackalloc double[FaceRig.Actions];
            // The response that gives this way, for all muscles alike.
            rig.Add([-Math.Log(1 - Math.Min(ways[peak], 1 - 1e-12)) / 1.5], actions);
            double Seconds(int i) => (double)(firstStep + i) / DriveSampler.StepsPerSecond;
            var (lid, mouth) = (actions[(int)FaceAction.CloseLids], actions[(int)FaceAction.PullCorner]);
            var times = Math.Max(lid * FaceRig.LidOpeningIod / LidNoise, mouth / MouthNoise) / jitter;
            var at = Seconds(peak);
            found.Add(new PlantedSpasm(
                side, Seconds(start), Seconds(end), at, Seconds(end) - Seconds(start) >= TonicSeconds, lid, mouth, times, muscles,
                marks.Any(m => m.Phase == ProtocolPhase.Rest && at >= m.StartSeconds && at < m.EndSeconds)));
        }
    }
}
