using Facialis.Anatomy;
using Facialis.Anatomy.Synthesis;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections.Demonstration;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans.Demonstration;
using Facialis.Clinic.Products;
using Facialis.Clinic.Scales;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.FollowUps.Demonstration;

/// <summary>
/// Eighteen people who do not exist, over two years of treatments: each with an effect that lasts as long as is theirs, follow-ups,
/// side effects that mostly pass, and one urgent report. The same on every first start, counted back from its day.
/// </summary>
internal static class DemonstrationCycles
{
    private const int Days = 730;
    private const long Seed = 730;

    /// <summary>Of each cycle: did somebody look at three weeks, and did the patient tell of the end.</summary>
    private const double Looked = 0.9;
    private const double ToldTheEnd = 0.75;
    private const double HadSideEffect = 0.22;

    /// <summary>To every so many visits for a treatment comes one a week before to which nobody came.</summary>
    private const int StayedAwayEvery = 12;

    private static readonly (string Family, string Given, int Age)[] People =
    [
        ("Moreau", "Camille", 59), ("Nakamura", "Yuki", 64), ("Okafor", "Chidi", 51), ("Petrov", "Daria", 68), ("Quintero", "Luis", 57), ("Rossi", "Giulia", 62),
        ("Schneider", "Jonas", 70), ("Tanaka", "Ren", 49), ("Ulrich", "Maren", 66), ("Vasquez", "Elena", 55), ("Walsh", "Orla", 73), ("Xu", "Mei", 60),
        ("Yilmaz", "Deniz", 53), ("Zhou", "Lan", 65), ("Almeida", "Rui", 61), ("Bakker", "Saskia", 58), ("Costa", "Bruno", 67), ("Dahl", "Ingrid", 71),
    ];

    private static readonly (string Site, decimal Units)[][] Patterns =
    [
        [("OO_UP_PT_MED", 1.25m), ("OO_UP_PT_LAT", 2.5m), ("OO_LO_PT_LAT", 2.5m), ("OO_ORB_LATCANTH", 2.5m)],
        [("OO_UP_PT_MED", 1.25m), ("OO_UP_PT_LAT", 2.5m), ("OO_LO_PT_LAT", 2.5m), ("OO_ORB_LATCANTH", 2.5m), ("OO_ORB_INFLAT", 1.25m), ("ZMAJ_UP", 1.25m)],
        [("OO_UP_PT_MED", 2.5m), ("OO_UP_PT_LAT", 2.5m), ("OO_LO_PT_LAT", 2.5m), ("OO_ORB_LATCANTH", 5m), ("ZMAJ_UP", 1.25m), ("MENT", 1.25m)],
    ];

    /// <summary>Side effects, the day after the treatment on which they begin, and the days that they last.</summary>
    private static readonly (string Term, int First, int Lasts)[] Effects =
        [("eyelid-ptosis", 5, 20), ("lacrimation-increased", 4, 14), ("injection-site-bruising", 0, 8), ("facial-paresis", 6, 30), ("dry-eye", 4, 18), ("diplopia", 6, 12)];

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var today = services.GetRequiredService<ClinicTime>().DayOf(now);
        List<(Guid Id, string Code, Side Side)> patients = [];
        foreach (var (n, person) in People.Index())
        {
            var id = Guid.CreateVersion7(now.AddDays(-Days).AddMilliseconds(n));
            var code = $"DEMO-{n + 13}";
            services.GetRequiredService<AddPatient>().New(
                id, code, Person.From(person.Family, person.Given, today.AddYears(-person.Age).AddDays(-(17 * n)), $"+1 555 01{n + 13}", null, ""), now.AddDays(-1 - n), isDemonstration: true);
            patients.Add((id, code, n % 2 == 0 ? Side.PatientLeft : Side.PatientRight));
        }

        // Few savings, and the many rows last: each looks through all that was added before.
        await db.SaveChangesAsync(cancellation);
        foreach (var (n, (id, _, side)) in patients.Index())
        {
            await services.GetRequiredService<Chart>().Record(Guid.CreateVersion7(now), id, new ConditionTyped
            {
                Side = side == Side.PatientLeft ? ConditionSide.PatientLeft : ConditionSide.PatientRight,
                Cause = ConditionCause.NeurovascularPrimary,
                Form = ConditionForm.Typical,
                OnsetYear = today.Year - 3 - (n % 9),
                MriDone = Known.Yes,
                Basis = "Invented for the demonstration.",
            }, cancellation);
        }

        foreach (var (n, (id, code, side)) in patients.Index())
        {
            await TreatAsync(services, id, code, side, new SeededChance(Seed + n), Patterns[n % Patterns.Length], today, cancellation);
        }

        await AlarmAsync(services, today, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task TreatAsync(
        IServiceProvider services, Guid patient, string code, Side side, SeededChance chance, (string Site, decimal Units)[] points, DateOnly today, CancellationToken cancellation)
    {
        var time = services.GetRequiredService<ClinicTime>();
        var book = await services.GetRequiredService<ClinicRules>().BookAsync(cancellation);
        var cipher = await services.GetRequiredService<DataKeys>().FindOrCreateAsync(patient, cancellation);
        var terms = SideEffectTerms.Read(services.GetRequiredService<PolicyFiles>());
        var population = WearOffPopulation.Kollewe;
        var own = population.Mean + (population.Between * chance.Normal());
        var best = (int)chance.Between(55, 95);
        var given = today.AddDays(-Days + (int)chance.Between(0, 200));
        for (var day = OnAWeekday(given); day < today; day = OnAWeekday(given))
        {
            var at = time.At(day, new TimeOnly(9, 0).AddMinutes(10 * (int)chance.Between(0, 40)));
            var plan = DemonstrationPlans.Make(patient, at, Plans.PlanState.Closed, side, points);
            services.GetRequiredService<FacialisDb>().Add(plan);
            var treatment = await DemonstrationTreatments.AddAsync(services, plan, code, at, $"DEMO-{day:yy}Q{((day.Month - 1) / 3) + 1}", cancellation);
            Visits(services.GetRequiredService<FacialisDb>(), patient, at, day.DayNumber % StayedAwayEvery == 0);
            var holds = (int)Math.Clamp(Math.Exp(own + (population.Within * chance.Normal())), 30, 260);
            var rows = new Told(services.GetRequiredService<FacialisDb>(), cipher, patient, treatment, time, today, day);
            rows.Cycle(chance, terms, best, holds, plan.Points.Select(p => (p.Id, p.SiteId)));
            var earliest = book.EarliestAgain(book.Catalogue.Product(plan.ProductId!), day); // the demonstration's plans have one
            // Some come late, and so stand in the list of those overdue.
            var wanted = day.AddDays(holds + (int)chance.Between(2, 24) + (chance.Next() < 0.25 ? (int)chance.Between(20, 70) : 0));
            given = wanted > earliest ? wanted : earliest;
        }
    }

    /// <summary>The visit of a treatment, and one a week before to which nobody came.</summary>
    private static void Visits(FacialisDb db, Guid patient, DateTimeOffset at, bool stayedAway)
    {
        db.Add(new Visit { Id = Guid.CreateVersion7(at), PatientId = patient, At = at, Purpose = VisitPurpose.Treatment, ArrivedAt = at.AddMinutes(-8) });
        if (stayedAway)
        {
            db.Add(new Visit { Id = Guid.CreateVersion7(at.AddDays(-7)), PatientId = patient, At = at.AddDays(-7), Purpose = VisitPurpose.Treatment });
        }
    }

    private static DateOnly OnAWeekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    /// <summary>One patient telephoned yesterday; nobody answered for it yet.</summary>
    private static async Task AlarmAsync(IServiceProvider services, DateOnly today, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var last = db.ChangeTracker.Entries<Injections.Treatment>().Select(e => e.Entity).Where(t => t.GivenAt < services.GetRequiredService<ClinicTime>().At(today.AddDays(-3))).MaxBy(t => t.GivenAt);
        if (last is null)
        {
            return;
        }

        var cipher = await services.GetRequiredService<DataKeys>().FindOrCreateAsync(last.PatientId, cancellation);
        var time = services.GetRequiredService<ClinicTime>();
        var rows = new Told(db, cipher, last.PatientId, last.TreatmentId, time, today, time.DayOf(last.GivenAt));
        rows.Urgent("Tea goes down the wrong way since yesterday; hard to swallow.", "dysphagia");
    }

    /// <summary>Rows as people would have recorded them, nothing of a day that is still ahead.</summary>
    private sealed class Told(FacialisDb db, SubjectCipher cipher, Guid patient, Guid treatment, ClinicTime time, DateOnly today, DateOnly given)
    {
        private const int LookedAtDay = 21;

        public void Cycle(SeededChance chance, SideEffectTerms terms, int best, int holds, IEnumerable<(Guid Id, string Site)> points)
        {
            var (looked, told, suffers) = (chance.Next() < Looked, chance.Next() < ToldTheEnd, chance.Next() < HadSideEffect);
            var effect = Effects[(int)(chance.Next() * Effects.Length)];
            var (first, peak, percent) = ((int)chance.Between(2, 8), (int)chance.Between(10, 18), (int)Math.Clamp(best + chance.Between(-8, 8), 30, 100));
            var seen = given.AddDays(LookedAtDay);
            if (looked && seen <= today)
            {
                Add(seen, FollowUpWay.Visit, given.AddDays(first), given.AddDays(peak), percent, holds > LookedAtDay ? Known.Yes : Known.No, null, suffers ? Known.Yes : Known.No);
                Grade(seen, suffers && effect.Term == "facial-paresis" ? 2 : 1);
            }

            if (suffers && given.AddDays(effect.First) <= today)
            {
                Suffer(terms.Find(effect.Term)!, given.AddDays(effect.First), given.AddDays(effect.First + effect.Lasts), points, chance); // the build's own terms
            }

            var end = given.AddDays(holds);
            if (told && end <= today)
            {
                Add(end, FollowUpWay.Call, null, null, null, Known.No, end, Known.Unknown);
            }
        }

        public void Urgent(string words, string term)
        {
            var row = Add(today.AddDays(-1) < given ? given : today.AddDays(-1), FollowUpWay.Call, null, null, null, Known.Yes, null, Known.Unknown, words);
            db.Add(new UrgentReport { Id = row.Id, PatientId = patient, TreatmentId = treatment, At = row.RecordedAt, Terms = term });
        }

        private FollowUp Add(
            DateOnly seen, FollowUpWay way, DateOnly? first, DateOnly? best, int? percent, Known holds, DateOnly? woreOff, Known sideEffects, string remarks = "")
        {
            var at = seen < today ? time.At(seen, new TimeOnly(11, 0)) : time.At(today);
            var id = Guid.CreateVersion7(at);
            var row = new FollowUp
            {
                Id = id,
                PatientId = patient,
                TreatmentId = treatment,
                SeenOn = seen,
                RecordedAt = at,
                RecordedBy = null,
                Way = way,
                FirstEffectOn = first,
                BestOn = best,
                BestPercent = percent,
                Holds = holds,
                WoreOffOn = woreOff,
                WouldRepeat = percent is null ? Known.Unknown : Known.Yes,
                HadSideEffects = sideEffects,
                SealedRemarks = cipher.Seal(FollowUp.Table, id, RecordFollowUp.Remarks, remarks),
            };
            db.Add(row);
            return row;
        }

        private void Grade(DateOnly seen, int grade) => db.Add(ScaleScores.Row(
            Guid.CreateVersion7(time.At(seen)), patient, ScaleBook.HouseBrackmann, new Dictionary<string, int> { ["grade"] = grade }, time.At(seen)));

        private void Suffer(SideEffectTerm term, DateOnly first, DateOnly last, IEnumerable<(Guid Id, string Site)> points, SeededChance chance)
        {
            var id = Guid.CreateVersion7(time.At(first, new TimeOnly(12, 0)));
            db.Add(new SideEffect
            {
                Id = id,
                EffectId = id,
                PatientId = patient,
                TreatmentId = treatment,
                RecordedAt = time.At(last <= today ? last : today),
                RecordedBy = null,
                TermId = term.Id,
                FirstOn = first,
                LastOn = last <= today ? last : null,
                Severity = chance.Next() < 0.7 ? SideEffectSeverity.Mild : SideEffectSeverity.Moderate,
                Seriousness = Seriousness.None,
                Causality = Causality.Related,
                Outcome = last <= today ? SideEffectOutcome.Recovered : SideEffectOutcome.Recovering,
                Grade = 1,
                Points = string.Join(' ', points.Where(p => term.MayComeFrom(p.Site)).Take(1).Select(p => p.Id)),
                SealedWords = cipher.Seal(SideEffect.Table, id, RecordFollowUp.Words, ""),
            });
        }
    }
}
