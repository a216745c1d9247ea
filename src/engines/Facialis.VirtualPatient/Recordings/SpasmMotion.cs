using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.SpasmDrive;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>Moves the generated face as the spasm and the day's weaknesses will have it: 240 steps a second, averaged over each frame's exposure.</summary>
internal sealed class SpasmMotion(IReadOnlyList<SpasmMotion.MovedSide> sides, IReadOnlyList<RestingFault> faults, Draws noise) : FaceMotion
{
    private readonly double[] _sums = new double[FaceRig.Actions];
    private Draws _noise = noise;

    public override void Move(double fromSeconds, double toSeconds, FacePose pose)
    {
        foreach (var side in sides)
        {
            Play(side, fromSeconds, toSeconds, pose);
        }

        foreach (var fault in faults)
        {
            // A lid cannot hang where it is shut already.
            var left = fault.Action == FaceAction.DroopLid ? 1 - pose[FaceAction.CloseLids, fault.Side] : 1;
            pose.Contract(fault.Action, fault.Side, (float)(fault.Amplitude * Math.Max(0, left)));
        }
    }

    public override bool TryFillNoise(Span<float> normals)
    {
        NormalTable.Fill(ref _noise, normals);
        return true;
    }

    private void Play(MovedSide side, double fromSeconds, double toSeconds, FacePose pose)
    {
        Array.Clear(_sums);
        var (steps, moved) = (0, false);
        var last = (long)Math.Floor((toSeconds * DriveSampler.StepsPerSecond) + 1e-9);
        while (side.Sampler.Steps < last)
        {
            side.Sampler.Step();
            if (side.Sampler.Steps <= fromSeconds * DriveSampler.StepsPerSecond)
            {
                continue;
            }

            steps++;
            if (!side.Sampler.IsStill)
            {
                moved = true;
                side.Rig.Add(side.Sampler.Response, _sums);
            }
        }

        for (var action = 0; moved && action < _sums.Length; action++)
        {
            if (_sums[action] != 0)
            {
                pose.Contract((FaceAction)action, side.Side, (float)(_sums[action] / steps));
            }
        }
    }

    /// <summary>A side with a drive.</summary>
    internal sealed record MovedSide(Side Side, DriveSampler Sampler, FaceRig Rig);
}

/// <summary>Something of the resting face that a side effect changed.</summary>
/// <param name="Action">What.</param>
/// <param name="Side">Where.</param>
/// <param name="Amplitude">How much, in the action's unit.</param>
internal readonly record struct RestingFault(FaceAction Action, Side Side, double Amplitude);
