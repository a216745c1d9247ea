namespace Facialis.Claims.PatientSpeed;

/// <summary>CPU time of work in this process.</summary>
internal static class CpuTime
{
    /// <summary>User and system time of all threads, ms for one time.</summary>
    /// <param name="work">The work.</param>
    /// <param name="times">How often it is done.</param>
    public static double Of(Action work, int times = 1)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / times;
    }
}
