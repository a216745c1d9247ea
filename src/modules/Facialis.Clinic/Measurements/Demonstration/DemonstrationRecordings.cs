using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Synthesis;
using Facialis.Clinic.Patients;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Measurements.Demonstration;

/// <summary>
/// Two patients who do not exist and five recordings of a moving mesh, so that there is something to see on the first day.
/// Only the faces are invented: the real engine measures them, in the background after the first start.
/// </summary>
internal static class DemonstrationRecordings
{
    private const double RestSeconds = 180;

    /// <summary>What each recording shows; days count back from the first start.</summary>
    private static readonly Shown[] All =
    [
        new("DEMO-01", 95, 18, 12, 0.95, 0.15, "Before treatment"),
        new("DEMO-01", 73, 30, 2.5, 0.5, 0.15, "Three weeks after treatment"),
        new("DEMO-01", 7, 16, 7, 0.75, 0.15, "Twelve weeks after treatment"),
        new("DEMO-02", 20, 21, 0, 0.8, 0, "No spasm: blinks, a few words, smiles and turns of the head"),
        new("DEMO-02", 13, 13, 5, 0.8, 0.15, "Recorded without the right-eye check: the side stays unconfirmed") { SideUnconfirmed = true },
    ];

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var content = services.GetRequiredService<RecordingContent>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var codes = All.Select(s => s.Code).Distinct().ToList();
        var patients = await db.Set<Patient>().Where(p => codes.Contains(p.Code)).ToDictionaryAsync(p => p.Code, cancellation);
        foreach (var code in codes.Where(code => !patients.ContainsKey(code)))
        {
            patients[code] = services.GetRequiredService<AddPatient>().New(Guid.CreateVersion7(now), code, Person.Nobody, now, isDemonstration: true);
        }

        foreach (var shown in All)
        {
            var startedAt = now.AddDays(-shown.DaysAgo).AddMinutes(-17);
            var id = Guid.CreateVersion7(startedAt);
            content.WriteWhole(id, target => Write(shown, id, startedAt, target));
            db.Add(new Recording
            {
                Id = id,
                PatientId = patients[shown.Code].Id,
                CreatedAt = startedAt,
                StartedAt = startedAt,
                State = RecordingState.Measuring,
                ReceivedBytes = content.Length(id),
                IsDemonstration = true,
                Notes = shown.Notes,
            });
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static void Write(Shown shown, Guid id, DateTimeOffset startedAt, Stream target)
    {
        var rest = SpasmScripts.RandomRest(
            shown.Seed, Side.PatientLeft, shown.RatePerMinute, RestSeconds, shown.TonicShare, shown.Strength, shown.RatePerMinute > 0 ? 0.35 : 1);
        var script = SpasmScripts.Guided(rest, checkSide: !shown.SideUnconfirmed);
        using var face = MovingFace.Render(script, shown.Seed, new MovingFaceOptions
        {
            Id = id,
            StartedAt = startedAt,
            FaceSeed = shown.Code[^1], // one person, one face
            CrossTalk = 0.3,
            Mirroring = shown.SideUnconfirmed ? Mirroring.Unknown : Mirroring.NotMirrored,
            Protocol = "guided-180/1",
        });
        FacerecWriter.Copy(face, target);
    }

    /// <param name="Code">Chart code of the patient.</param>
    /// <param name="DaysAgo">When it was recorded.</param>
    /// <param name="Seed">Chooses times, sizes and noise; picked so that the number of spasms comes near the rate.</param>
    /// <param name="RatePerMinute">Expected spasms per minute, left side.</param>
    /// <param name="Strength">Size of the spasms, 0 to 1.</param>
    /// <param name="TonicShare">Share of held ones.</param>
    /// <param name="Notes">What it stands for.</param>
    private sealed record Shown(string Code, int DaysAgo, long Seed, double RatePerMinute, double Strength, double TonicShare, string Notes)
    {
        public bool SideUnconfirmed { get; init; }
    }
}
