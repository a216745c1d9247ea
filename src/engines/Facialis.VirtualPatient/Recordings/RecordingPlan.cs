using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.SideEffects;
using Facialis.VirtualPatient.SpasmDrive;
using Facialis.VirtualPatient.TimeCourse;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>Everything that a recording of one person on one day is made of.</summary>
internal sealed record RecordingPlan
{
    /// <summary>Share of the own rate at which the other side twitches where both sides have the disease.</summary>
    private const double OtherSideRate = 0.4;

    private const double LidDroop = 0.4;
    private const double MouthDroopIod = 0.05;
    private const double BrowDropIod = -0.05;

    public required FaceScript Script { get; init; }

    public required MovingFaceOptions Options { get; init; }

    public required IReadOnlyList<PlannedSide> Sides { get; init; }

    public required IReadOnlyList<RestingFault> Faults { get; init; }

    public required IReadOnlyList<PlantedSpasm> Spasms { get; init; }

    public required ModelParameters Parameters { get; init; }

    public required ulong Seed { get; init; }

    public required ulong Number { get; init; }

    public string ModelStamp => Parameters.Stamp;

    public long RenderSeed => unchecked((long)Draws.Of(Seed, ChancePurpose.Camera, Number).Bits());

    /// <summary>Films.</summary>
    public static RecordingPlan Of(VirtualCourse course, double day, RecordingWishes wishes)
    {
        var (person, parameters) = (course.Person, course.Parameters);
        var camera = Draws.Of(person.Seed, ChancePurpose.Camera, wishes.Number ^ 0x2000_0000_0000_0000);
        var jitter = wishes.Jitter ?? camera.Between(parameters["jitterLow"], parameters["jitterHigh"]);
        var script = VoluntaryScript.Of(course, day, wishes, ref camera);
        var triggers = VoluntaryScript.Triggers(script, parameters);
        List<PlannedSide> sides = [Plan(person.Side, 1)];
        if (person.RedFlags.Contains(RedFlagKind.BothSides))
        {
            sides.Add(Plan(person.Side.Opposite(), OtherSideRate));
        }

        var options = new MovingFaceOptions
        {
            FramesPerSecond = wishes.FramesPerSecond,
            InterocularPixels = wishes.InterocularPixels,
            Jitter = jitter,
            DroppedShare = wishes.DroppedShare,
            FaceSeed = person.Look.MeshSeed,
            Proportions = person.Look.Proportions,
            AllLandmarks = wishes.AllLandmarks,
            Protocol = "virtual-patient/1",
        };
        return new RecordingPlan
        {
            Script = script,
            Options = options,
            Sides = sides,
            Faults = [.. course.SideEffects.Select(e => FaultOf(e, day)).OfType<RestingFault>()],
            Spasms = [.. sides.SelectMany(s => PlantedSpasms.Of(s, person.Seed, script.DurationSeconds, options, script.Marks)).OrderBy(s => s.StartSeconds)],
            Parameters = parameters,
            Seed = person.Seed,
            Number = wishes.Number,
        };

        PlannedSide Plan(Side side, double rate)
        {
            var force = new double[parameters.Geometry.Muscles.Count];
            course.ResidualForce(side, day, force);
            var strengths = force.Select((r, m) => person.Spasm.Strength * person.Spasm.Gains[m] * VisibleSpasm.ShareAt(parameters.Kernel, r)).ToArray();
            var index = side == person.Side ? wishes.Number : wishes.Number ^ 0x1000_0000_0000_0000;
            var drive = DriveScript.Write(person.Spasm, script.DurationSeconds, triggers, person.Seed, index, rate, parameters);
            return new PlannedSide(side, drive, strengths, index, parameters, person.Look.IpdMm);
        }
    }

    public SpasmMotion Motion() => new(
        [.. Sides.Select(s => new SpasmMotion.MovedSide(s.Side, s.Sampler(Seed), s.Rig()))],
        Faults,
        Draws.Of(Seed, ChancePurpose.Camera, Number ^ 0x1000_0000_0000_0000));

    private static RestingFault? FaultOf(SideEffect effect, double day)
    {
        var extent = effect.ExtentAt(day);
        return extent <= 0 ? null : effect.Kind switch
        {
            SideEffectKind.Ptosis => new RestingFault(FaceAction.DroopLid, effect.Side, LidDroop * extent),
            SideEffectKind.LowerFaceWeakness => new RestingFault(FaceAction.LowerCorner, effect.Side, MouthDroopIod * extent),
            SideEffectKind.BrowAsymmetry => new RestingFault(FaceAction.LiftBrow, effect.Side, BrowDropIod * extent),
            _ => null,
        };
    }

    /// <summary>One side's drive and strength.</summary>
    internal sealed record PlannedSide(Side Side, DriveScript Script, double[] Strengths, ulong Index, ModelParameters Parameters, double IpdMm)
    {
        public DriveSampler Sampler(ulong seed) => new(Script, Strengths.Length, seed, Index, Parameters);

        public FaceRig Rig() => new(Parameters, IpdMm, Strengths);
    }
}
