using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Products;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps;

/// <summary>When patients are due again. Never says how much.</summary>
internal sealed class DueDates(FacialisDb db, ClinicRules rules, ClinicTime time, TimeProvider clock)
{
    /// <summary>Weeks that people tell are whole ones: so it wore off within half a week of that.</summary>
    private const double HalfAWeekDays = 3.5;

    /// <summary>One patient; null where no treatment is known here.</summary>
    public async Task<NextDue?> Of(Guid patientId, CancellationToken cancellation) => (await All(patientId, cancellation)).SingleOrDefault()?.Due;

    /// <summary>Every patient of the clinic who was treated here, the longest due first. Four queries for any number of patients.</summary>
    public Task<IReadOnlyList<DuePatient>> OfClinic(CancellationToken cancellation) => All(null, cancellation);

    private async Task<IReadOnlyList<DuePatient>> All(Guid? patientId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = time.DayOf(now);
        var book = await rules.BookAsync(cancellation);
        var given = await db.Set<Treatment>().AsNoTracking()
            .Where(t => (patientId == null || t.PatientId == patientId) && db.Set<Patient>().Any(p => p.Id == t.PatientId && p.ErasedAt == null))
            .Select(t => new { t.PatientId, t.TreatmentId, t.Version, t.GivenAt, t.ProductId, t.Side }).ToListAsync(cancellation);
        var told = (await db.Set<FollowUp>().AsNoTracking().Where(f => patientId == null || f.PatientId == patientId).ToListAsync(cancellation)).ToLookup(f => f.TreatmentId);
        var past = (await db.Set<PastTreatment>().AsNoTracking().Where(p => (patientId == null || p.PatientId == patientId) && p.WeeksOfEffect > 0)
            .Select(p => new { p.PatientId, p.ProductId, p.WeeksOfEffect }).ToListAsync(cancellation)).ToLookup(p => p.PatientId);
        var visits = (await db.Set<Visit>().AsNoTracking()
            .Where(v => (patientId == null || v.PatientId == patientId) && v.At >= now && v.CancelledAt == null && v.Purpose == VisitPurpose.Treatment)
            .Select(v => new { v.PatientId, v.At }).ToListAsync(cancellation)).ToLookup(v => v.PatientId, v => v.At);
        List<DuePatient> due = [];
        foreach (var patient in given.GroupBy(t => t.PatientId))
        {
            var cycles = patient.GroupBy(t => t.TreatmentId).Select(all => all.MaxBy(t => t.Version)!).OrderBy(t => t.GivenAt).ToList(); // a group has a row
            var last = cycles[^1];
            if (book.Catalogue.FindProduct(last.ProductId) is not { } product)
            {
                continue; // a product that the catalogue lost: no rule says when it may be given again
            }

            var lastDay = time.DayOf(last.GivenAt);
            var outcome = CycleOutcome.Of(lastDay, told[last.TreatmentId]);
            var earliest = book.EarliestAgain(product, lastDay);
            // Another product's cycles are another population's; they do not draw this forecast.
            IReadOnlyList<WearOffCycle> earlier =
            [
                .. past[patient.Key].Where(p => p.ProductId == product.Id).Select(p => new WearOffCycle(
                    (p.WeeksOfEffect!.Value * 7) - HalfAWeekDays, (p.WeeksOfEffect.Value * 7) + HalfAWeekDays)), // asked for above
                .. cycles.SkipLast(1).Where(t => t.ProductId == product.Id).Select(t => CycleOutcome.Of(time.DayOf(t.GivenAt), told[t.TreatmentId]).WearOff),
            ];
            var next = outcome.WoreOffOn is { } woreOff
                ? NextDue.OfWornOff(woreOff, earliest)
                : NextDue.Of(lastDay, WearOffForecast.Of(WearOffPopulation.UsualFor(product.Id), earlier, outcome.WearOff.FromDays), earliest);
            due.Add(new DuePatient(patient.Key, lastDay, product, last.Side, next, visits[patient.Key].Order().Select(v => (DateTimeOffset?)v).FirstOrDefault(), next.Day < today));
        }

        return [.. due.OrderBy(d => d.Due.Day).ThenBy(d => d.PatientId)];
    }
}

/// <param name="PatientId">Who.</param>
/// <param name="LastGiven">Day of the last treatment.</param>
/// <param name="Product">What it was.</param>
/// <param name="Side">The side that was treated; null for both.</param>
/// <param name="Due">When again.</param>
/// <param name="PlannedFor">The next planned visit for a treatment; null where none is planned.</param>
/// <param name="IsOverdue">The day is past.</param>
internal sealed record DuePatient(
    Guid PatientId, DateOnly LastGiven, ToxinProduct Product, Anatomy.Side? Side, NextDue Due, DateTimeOffset? PlannedFor, bool IsOverdue);
