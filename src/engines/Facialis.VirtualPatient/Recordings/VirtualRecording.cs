using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Synthesis;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.SpasmDrive;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>A recording of a virtual person on a day, with the truth about it. Frames are made as they are read; nothing is kept.</summary>
public sealed class VirtualRecording
{
    private readonly RecordingPlan _plan;

    internal VirtualRecording(RecordingPlan plan) => _plan = plan;

    /// <summary>What the person does on purpose, blinks included.</summary>
    public FaceScript Script => _plan.Script;

    /// <summary>When the nerve of the side with the spasm fires.</summary>
    public DriveScript Drive => _plan.Sides[0].Script;

    /// <summary>Every contraction, in the order of time: what a measurement should find.</summary>
    public IReadOnlyList<PlantedSpasm> Spasms => _plan.Spasms;

    /// <summary>Landmark noise of the camera, 1 as measured on still pictures.</summary>
    public double Jitter => _plan.Options.Jitter;

    /// <summary>Length, seconds.</summary>
    public double Seconds => Script.DurationSeconds;

    /// <summary>Version and hash of the model.</summary>
    public string ModelStamp => _plan.ModelStamp;

    /// <summary>Films a virtual person.</summary>
    /// <param name="course">The person with all treatments.</param>
    /// <param name="day">Days since the case began.</param>
    /// <param name="wishes">Length, camera and protocol; a minute of rest where null.</param>
    public static VirtualRecording Of(VirtualCourse course, double day, RecordingWishes? wishes = null)
    {
        ArgumentNullException.ThrowIfNull(course);
        return new VirtualRecording(RecordingPlan.Of(course, day, wishes ?? new RecordingWishes()));
    }

    /// <summary>Reads the frames; every call begins anew, and always gives the same.</summary>
    public FaceRecordingReader Open() => MovingFace.Render(_plan.Script, _plan.RenderSeed, _plan.Options, _plan.Motion());
}
