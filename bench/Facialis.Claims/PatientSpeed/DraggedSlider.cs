using System.Diagnostics;
using System.Globalization;
using Facialis.VirtualPatient.Courses;

namespace Facialis.Claims.PatientSpeed;

/// <summary>A dose dragged up and down: for every step the whole course of one person is worked out anew.</summary>
internal static class DraggedSlider
{
    private const int Steps = 50;
    private const double StepUnits = 0.25;

    /// <summary>Wall-clock time of the answers, ms: median and 99th percentile.</summary>
    public static (double Median, double Ninetyninth) Drag()
    {
        _ = Answers().Take(Steps).Last();
        double[] sorted = [.. Answers().Order()];
        return (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    private static IEnumerable<double> Answers()
    {
        foreach (var person in PatientWork.Courses.Select(c => c.Person))
        {
            for (var step = 0; step < Steps; step++)
            {
                var begin = Stopwatch.GetTimestamp();
                Answer(VirtualCourse.Of(person, [new CourseTreatment(0, [PatientWork.Plan[0] with { Units = step * StepUnits }, .. PatientWork.Plan.Skip(1)])]));
                yield return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }
    }

    /// <summary>The curve day by day, and the whole person (both halves, side effects) week by week.</summary>
    private static void Answer(VirtualCourse course)
    {
        var sum = 0.0;
        for (var day = 0; day <= 7 * PatientWork.Weeks; day++)
        {
            sum += course.SeverityAt(day);
        }

        for (var week = 0; week <= PatientWork.Weeks; week++)
        {
            sum += course.At(7 * week).Own[0].Block;
        }

        if (!double.IsFinite(sum))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The course of person {course.Person.Seed} is no number."));
        }
    }
}
