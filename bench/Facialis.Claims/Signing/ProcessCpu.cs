using System.Globalization;

namespace Facialis.Claims.Signing;

/// <summary>CPU time that processes have used, from /proc (Linux).</summary>
internal static class ProcessCpu
{
    /// <summary>Ticks of /proc in a second; the kernel gives 100 to every program.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>CPU time of one process so far, user and system, ms.</summary>
    public static double OfProcess(int id) => Read(id) is { } stat ? stat.Own * 1000 / TicksPerSecond : 0;

    /// <summary>CPU time of a process, of its children that live, and of those that are gone, ms.</summary>
    public static double OfFamily(int id)
    {
        var parent = Read(id) ?? throw new InvalidOperationException($"Process {id} is gone.");
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? Read(process) : null)
            .Where(stat => stat?.Parent == id).Sum(stat => stat!.Own); // asked for
        return (parent.Own + parent.Gone + children) * 1000 / TicksPerSecond;
    }

    public static int ParentOf(int id) => Read(id)?.Parent ?? throw new InvalidOperationException($"Process {id} is gone.");

    private static Stat? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // from the third on; a name may hold blanks
            long At(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return new Stat((int)At(4), At(14) + At(15), At(16) + At(17));
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }

    /// <param name="Parent">Id of the parent.</param>
    /// <param name="Own">User and system time, ticks.</param>
    /// <param name="Gone">The same of children that ended and were waited for, ticks.</param>
    private sealed record Stat(int Parent, long Own, long Gone);
}
