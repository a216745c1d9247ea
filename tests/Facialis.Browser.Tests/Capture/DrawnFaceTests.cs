using Facialis.Anatomy.Recordings;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;

namespace Facialis.Browser.Tests.Capture;

/// <summary>What the engine plants goes through the drawn face, a film of it and the mesh that looks at cameras, and comes back.</summary>
[Collection(OneCameraAtATime.Name)]
public sealed class DrawnFaceTests(CaptureHouse house)
{
    /// <summary>A practice case whose person has spasm of the left side only, a light skin and a rate whose interval is narrow.</summary>
    private const string Title = "The singer";

    /// <summary>Seed of that case's person.</summary>
    private const ulong Seed = 1273;

    /// <summary>One more than 24, below which a report warns: times in a file are rounded, and 24 would read as a hair less.</summary>
    private const double FramesPerSecond = 25;

    /// <summary>Two minutes of usable rest give a rate its interval; some more, in case that some are not usable.</summary>
    private const double RestSeconds = 130;

    /// <summary>Upper end of the interval over its lower end: a wider one would hold nearly any rate and show nothing.</summary>
    private const double WidestInterval = 2.5;

    [Fact]
    public async Task The_spasms_planted_into_a_drawn_face_are_counted_by_the_mesh_that_looks_at_cameras()
    {
        var person = VirtualPerson.FromSeed(Seed);
        Assert.Equal(Anatomy.Side.PatientLeft, person.Side);
        var played = VirtualRecording.Of(
            VirtualCourse.Of(person, []), 0, new RecordingWishes { RestSeconds = RestSeconds, ChecksSide = true, FramesPerSecond = FramesPerSecond });
        var planted = played.Spasms.Where(s => s.AtRest && s.Side == person.Side).Select(s => (From: s.StartSeconds, To: s.EndSeconds)).ToList();
        var rightEye = played.Script.Marks.Single(m => m.Phase == ProtocolPhase.CloseRightEye);
        await using var window = await house.WindowAsync();
        var face = await DrawnFace.OpenAsync(window, Title, played);
        var film = await house.Clips.FilmAsync("drawn-face.mp4", FramesPerSecond, face.PicturesAsync((int)(played.Seconds * FramesPerSecond), FramesPerSecond));

        var capture = await house.OpenAsync(window);
        await capture.ChooseAsync(film);
        await capture.MarkRightEyeAsync(rightEye.StartSeconds, rightEye.EndSeconds);
        await capture.ReadAsync();
        var report = await capture.ReportOfAsync(await capture.ReportAsync());

        var rate = report.GetProperty("left").GetProperty("events");
        var (low, high) = (rate.GetProperty("low").GetDouble(), rate.GetProperty("high").GetDouble());
        Assert.InRange(planted.Count / (RestSeconds / 60), low, high);
        Assert.InRange(high / low, 1, WidestInterval);
        Assert.True(report.GetProperty("recording").GetProperty("sideConfirmed").GetBoolean());
        Assert.Equal("left", report.GetProperty("affected").GetProperty("answer").GetString());
        Assert.InRange(report.GetProperty("right").GetProperty("events").GetProperty("count").GetInt32(), 0, 2);
        // Not only as many, but the same ones.
        var found = MeasuredEvents.Found(MeasuredEvents.Of(report).Where(e => e.From > rightEye.EndSeconds), "patientLeft", planted);
        Assert.True(found >= 0.9 * planted.Count, $"{found} of {planted.Count} planted contractions were found.");
    }
}
