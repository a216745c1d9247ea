using System.Globalization;
using System.Text.RegularExpressions;

namespace Facialis.Claims.Signing;

/// <summary>Server time and CPU for each load of the pages that a treatment day is spent on.</summary>
internal static partial class PageTimes
{
    private const int Warm = 100;
    private const int Loads = 200;

    /// <param name="installation">Whose pages.</param>
    /// <param name="server">The server that runs.</param>
    /// <param name="tablet">Who is signed in.</param>
    /// <param name="patient">Whose chart and plan.</param>
    /// <param name="cpu">CPU time so far of server and database, ms.</param>
    public static async Task PrintAsync(Installation installation, ServerProcess server, Tablet tablet, Waiting patient, Func<double> cpu)
    {
        foreach (var (name, page, route) in new[]
        {
            ("today's list", "/clinic/patients", "/clinic/patients"),
            ("chart", $"/clinic/patients/{patient.Patient:D}", "/clinic/patients/{Id:guid}"),
            ("plan", $"/clinic/patients/{patient.Patient:D}/plan", "/clinic/patients/{PatientId:guid}/plan"),
        })
        {
            await tablet.ProveAsync();
            for (var i = 0; i < Warm; i++)
            {
                await tablet.LoadAsync(page);
            }

            var (before, bytes) = (cpu(), 0);
            for (var i = 0; i < Loads; i++)
            {
                bytes = await tablet.LoadAsync(page);
            }

            var perLoad = (cpu() - before) / Loads;
            var times = File.ReadLines(server.Log).Select(line => Served().Match(line)).Where(m => m.Success && m.Groups["route"].Value == route)
                .Select(m => double.Parse(m.Groups["ms"].Value, CultureInfo.InvariantCulture)).TakeLast(Loads).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{installation.Name}: {name,-12} {perLoad,6:0.00} ms CPU a load, server time {At(times, 0.5):0.0} ms (median), {At(times, 0.95):0.0} ms (95 of 100), {bytes / 1024.0:0} kB"));
        }
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];

    /// <summary>A line of the request log.</summary>
    [GeneratedRegex(@"GET (?<route>/\S+) 200 (?<ms>[\d.]+) ms")]
    private static partial Regex Served();
}
