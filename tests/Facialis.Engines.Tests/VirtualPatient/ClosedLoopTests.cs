using Facialis.Anatomy;
using Facialis.Spasm;
using Facialis.Spasm.Report;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Recordings;

namespace Facialis.Engines.Tests.VirtualPatient;

/// <summary>The measuring engine looks at virtual people and must find what was planted.</summary>
public sealed class ClosedLoopTests
{
    private const double RestSeconds = 180;

    [Fact]
    public void Ten_people_are_measured_as_they_were_planted()
    {
        var (found, missed, wrong, within) = (0, 0, 0, 0);
        foreach (var seed in Enumerable.Range(1, 10))
        {
            var person = VirtualPerson.FromSeed((ulong)seed);
            var recording = VirtualRecording.Of(
                VirtualCourse.Of(person, []), 0, new RecordingWishes { RestSeconds = RestSeconds, ChecksSide = true, AllLandmarks = false });
            using var reader = recording.Open();
            var report = SpasmAnalysis.Run(reader, cancel: TestContext.Current.CancellationToken).Report;

            Assert.Equal(person.Side == Side.PatientLeft ? AffectedSide.Left : AffectedSide.Right, report.Affected.Answer);
            var planted = recording.Spasms.Where(s => s.AtRest).ToList();
            var measured = report.Events.Where(e => e.Counted).ToList();
            var matched = PlantedMatches.Of(planted, measured).Count(isFound => isFound);
            found += matched;
            missed += planted.Count - matched;
            wrong += measured.Count - matched;
            var rate = report.Of(person.Side).Events;
            var truth = planted.Count / (RestSeconds / 60);
            within += rate.Low <= truth && truth <= rate.High ? 1 : 0;
        }

        Assert.InRange(2.0 * found / ((2 * found) + missed + wrong), 0.9, 1);
        Assert.InRange(within, 8, 10);
    }

    [Fact]
    public void A_healthy_control_is_a_person_whose_muscles_are_all_blocked()
    {
        // The drive goes on; nothing of it is seen.
        var person = VirtualPerson.FromSeed(2);
        var still = person with { Spasm = person.Spasm with { Strength = 0 } };
        using var reader = VirtualRecording.Of(VirtualCourse.Of(still, []), 0, new RecordingWishes { RestSeconds = RestSeconds, AllLandmarks = false }).Open();
        var report = SpasmAnalysis.Run(reader, cancel: TestContext.Current.CancellationToken).Report;
        Assert.InRange(report.Events.Count, 0, 2);
    }
}
