using Facialis.Anatomy.Recordings;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;

namespace Facialis.Claims.PatientSpeed;

/// <summary>A minute of rest at 30 frames a second, all landmarks: spasms planned, then every frame read.</summary>
internal static class FilmedMinute
{
    private const double Seconds = 60;

    /// <summary>Seconds of recording for a second of CPU: the median of several people.</summary>
    public static double TimesRealTime(int people)
    {
        Film(VirtualPerson.FromSeed(1));
        return Median.Of(Enumerable.Range(1, people).Select(seed => VirtualPerson.FromSeed((ulong)seed))
            .Select(person => 1000 * Seconds / CpuTime.Of(() => Film(person))));
    }

    private static void Film(VirtualPerson person)
    {
        using var reader = VirtualRecording.Of(VirtualCourse.Of(person, []), 0, new RecordingWishes { RestSeconds = Seconds, FramesPerSecond = 30 }).Open();
        var frame = new FaceFrame(reader.Header.LandmarkIndices.Count);
        var frames = 0;
        while (reader.TryRead(frame))
        {
            frames++;
        }

        if (frames < 30 * Seconds)
        {
            throw new InvalidOperationException($"The recording has {frames} frames.");
        }
    }
}
