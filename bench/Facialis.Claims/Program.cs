using Facialis.Claims;
using Facialis.Claims.Backup;
using Facialis.Claims.ClosedLoop;
using Facialis.Claims.PatientSpeed;
using Facialis.Claims.Practice;
using Facialis.Claims.Recall;
using Facialis.Claims.Scores;
using Facialis.Claims.Signing;
using Facialis.Claims.Speed;
using Facialis.Claims.WearOff;

// Each claim lives in a file of its own and is named here; claims/<name> is the script that runs it.
Claim[] claims = [RecordingFuzz.Claim, MeasureAccuracy.Claim, MeasureSpeed.Claim, AuditTamper.Claim, HourRun.Measure, HourRun.Read, PlanReviewOracle.Claim,
    SigningSurvivesKill.Claim, SigningSpeed.Claim, BareSigning.Claim, NextDueCalibration.Claim, BackupRestore.Claim, LotRecallSpeed.Claim,
    FiguresTieOut.Claim, ClosedLoop.Claim, VirtualPatientSpeed.Claim, CrowdMemory.Claim, ScoresHold.Claim];

if (args.Length == 0 || claims.FirstOrDefault(c => c.Name == args[0]) is not { } claim)
{
    Console.Error.WriteLine("Usage: Facialis.Claims CLAIM [ARGUMENTS]. Claims:");
    foreach (var known in claims)
    {
        Console.Error.WriteLine($"  {known.Name,-22} {known.Says}");
    }

    return 2;
}

return claim.Holds(args[1..]) ? 0 : 1;
