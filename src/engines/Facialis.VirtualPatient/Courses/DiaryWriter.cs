using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.Courses;

/// <summary>Writes a person's diary: the true severity with errors that last from day to day, and days left out when all is well.</summary>
internal static class DiaryWriter
{
    public static IReadOnlyList<DiaryDay> Write(VirtualCourse course, int fromDay, int toDay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromDay);
        ArgumentOutOfRangeException.ThrowIfLessThan(toDay, fromDay);
        var parameters = course.Parameters;
        var (sd, memory) = (parameters["diaryError"], parameters["diaryMemory"]);
        var (missing, slope) = (parameters["diaryMissing"], parameters["diaryMissingSlope"]);
        var fresh = sd * Math.Sqrt(1 - (memory * memory));
        var before = course.Person.Spasm.BurdenBefore;
        var draws = Draws.Of(course.Person.Seed, ChancePurpose.Diary);
        var error = sd * draws.Normal();
        var days = new List<DiaryDay>(toDay - fromDay + 1);
        // The diary begins on day 0 whatever part of it is asked for, so that a day always reads the same.
        for (var day = 0; day <= toDay; day++)
        {
            error = (memory * error) + (fresh * draws.Normal());
            var left = draws.Uniform();
            if (day < fromDay)
            {
                continue;
            }

            var felt = Math.Clamp((before * course.SeverityAt(day)) + error, 0, 100);
            var isMissing = left < PortableMath.Logistic(missing + (slope * (50 - felt)));
            days.Add(new DiaryDay(day, isMissing ? null : (int)Math.Floor(felt + 0.5)));
        }

        return days;
    }
}
