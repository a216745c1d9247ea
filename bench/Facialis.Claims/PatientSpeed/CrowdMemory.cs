using System.Diagnostics;
using System.Globalization;
using Facialis.VirtualPatient.Populations;

namespace Facialis.Claims.PatientSpeed;

/// <summary>The part of the claim that runs in a process of its own: a population, and the memory that it took.</summary>
internal static class CrowdMemory
{
    private const int Collections = 4;

    public static Claim Claim { get; } = new("virtual-patient-crowd", "(part of virtual-patient-speed) treats PEOPLE and prints its memory", Treat);

    private static bool Treat(string[] arguments)
    {
        var people = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        // A small crowd first, so that code and tables are there before anything is counted.
        PopulationStudy.Run(PatientWork.Plan, PatientWork.Affected, PatientWork.Population with { People = 64 });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var allocated = 0L;
        // Again until garbage was collected some times: before, any program grows up to the collector's first budget, whatever it keeps.
        while (GC.CollectionCount(0) < Collections)
        {
            PopulationStudy.Run(PatientWork.Plan, PatientWork.Affected, PatientWork.Population with { People = people });
            allocated = allocated == 0 ? GC.GetTotalAllocatedBytes(precise: true) - before : allocated;
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"allocated_mb {allocated / 1048576.0:0.000} peak_mb {process.PeakWorkingSet64 / 1048576.0:0.000}"));
        return true;
    }
}
