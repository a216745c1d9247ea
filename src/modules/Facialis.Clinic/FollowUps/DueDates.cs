using Facialis.Clinic.Charts;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Practice;
using Facialis.Clinic.Products;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.FollowUps;

/// <summary>When patients are due again. Never says how much.</summary>
internal sealed class DueDates(FacialisDb db, ClinicRules rules, OwnSettings settings, ClinicTime time, TimeProvider clock)
{
    /// <summary>Weeks that people tell are whole ones: so it wore off within half a week of that.</summary>
    private const double HalfAWeekDays = 3.5;

    /// <summary>One patient, whose treatments were read already.</summary>
    /// <param name="cycles">All cycles, newest first.</param>
    /// <param name="elsewhere">Treatments before this chart, or at other clinics.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where no treatment is known here, or the catalogue lost its product.</returns>
    public async Task<NextDue?> Of(IReadOnlyList<Cycle> cycles, IEnumerable<PastTreatment> elsewhere, CancellationToken cancellation) => cycles.Count == 0
        ? null
        : Next(
            await rules.BookAsync(cancellation), await PopulationAsync(cancellation), [.. cycles.Reverse().Select(c => (c.Given, c.Treatment.ProductId, c.Outcome))],
            elsewhere.Select(t => (t.ProductId, t.WeeksOfEffect)));

    /// <summary>Every patient of the clinic who was treated here, the longest due first. Five queries for any number of patients.</summary>
    public async Task<IReadOnlyList<DuePatient>> OfClinic(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = time.DayOf(now);
        var book = await rules.BookAsync(cancellation);
        var population = await PopulationAsync(cancellation);
        var given = await db.Set<Treatment>().AsNoTracking()
            .Where(t => db.Set<Patient>().Any(p => p.Id == t.PatientId && p.ErasedAt == null))
            .Select(t => new { t.PatientId, t.TreatmentId, t.Version, t.GivenAt, t.ProductId, t.Side }).ToListAsync(cancellation);
        var told = (await db.Set<FollowUp>().AsNoTracking().ToListAsync(cancellation)).ToLookup(f => f.TreatmentId);
        var past = (await db.Set<PastTreatment>().AsNoTracking().Where(p => p.WeeksOfEffect > 0)
            .Select(p => new { p.PatientId, p.ProductId, p.WeeksOfEffect }).ToListAsync(cancellation)).ToLookup(p => p.PatientId);
        var visits = (await db.Set<Visit>().AsNoTracking()
            .Where(v => v.At >= now && v.CancelledAt == null && v.Purpose == VisitPurpose.Treatment)
            .Select(v => new { v.PatientId, v.At }).ToListAsync(cancellation)).ToLookup(v => v.PatientId, v => v.At);
        List<DuePatient> due = [];
        foreach (var patient in given.GroupBy(t => t.PatientId))
        {
            var cycles = patient.GroupBy(t => t.TreatmentId).Select(all => all.MaxBy(t => t.Version)!).OrderBy(t => t.GivenAt).ToList(); // a group has a row
            var last = cycles[^1];
            var next = Next(
                book, population, [.. cycles.Select(t => (time.DayOf(t.GivenAt), t.ProductId, CycleOutcome.Of(time.DayOf(t.GivenAt), told[t.TreatmentId])))],
                past[patient.Key].Select(p => (p.ProductId, p.WeeksOfEffect)));
            if (next is not null)
            {
                due.Add(new DuePatient(
                    patient.Key, time.DayOf(last.GivenAt), book.Catalogue.Product(last.ProductId), last.Side, next,
                    visits[patient.Key].Where(v => time.DayOf(v) > time.DayOf(last.GivenAt)).Order().Select(v => (DateTimeOffset?)v).FirstOrDefault(), // who came early came
                    next.Day < today));
            }
        }

        return [.. due.OrderBy(d => d.Due.Day).ThenBy(d => d.PatientId)];
    }

    /// <summary>The first day that the interval rules allow the next treatment of a patient, and the product whose rules these are; null where none holds.</summary>
    public async Task<(DateOnly Day, ToxinProduct Product)?> EarliestOf(Guid patientId, CancellationToken cancellation)
    {
        var given = await db.Set<Treatment>().AsNoTracking().Where(t => t.PatientId == patientId)
            .Select(t => new { t.TreatmentId, t.Version, t.GivenAt, t.ProductId }).ToListAsync(cancellation);
        if (given.GroupBy(t => t.TreatmentId).Select(all => all.MaxBy(t => t.Version)!).MaxBy(t => t.GivenAt) is not { } last) // a group has a row
        {
            return null;
        }

        var book = await rules.BookAsync(cancellation);
        return book.Catalogue.FindProduct(last.ProductId) is { } product ? (book.EarliestAgain(product, time.DayOf(last.GivenAt)), product) : null;
    }

    /// <summary>The population that the clinic chose; null for the usual one of each product.</summary>
    private async Task<WearOffPopulation?> PopulationAsync(CancellationToken cancellation) => WearOffPopulation.Find((await settings.Read(cancellation)).WearOffPopulation);

    /// <param name="book">The clinic's rules.</param>
    /// <param name="population">The population that the clinic chose; null for the usual one of the product.</param>
    /// <param name="cycles">Oldest first, at least one.</param>
    /// <param name="elsewhere">Weeks for which other treatments worked; null or 0 where that is not known.</param>
    /// <returns>Null where the catalogue lost the product: no rule says when it may be given again.</returns>
    private static NextDue? Next(
        RuleBook book, WearOffPopulation? population, IReadOnlyList<(DateOnly Given, string ProductId, CycleOutcome Outcome)> cycles, IEnumerable<(string? ProductId, int? Weeks)> elsewhere)
    {
        var (given, productId, outcome) = cycles[^1];
        if (book.Catalogue.FindProduct(productId) is not { } product)
        {
            return null;
        }

        var earliest = book.EarliestAgain(product, given);
        if (outcome.WoreOffOn is { } woreOff)
        {
            return NextDue.OfWornOff(woreOff, earliest);
        }

        // Another product's cycles are another population's; they do not draw this forecast.
        IReadOnlyList<WearOffCycle> earlier =
        [
            .. elsewhere.Where(t => t.ProductId == product.Id).Select(t => t.Weeks * 7).OfType<int>().Where(days => days > 0)
                .Select(days => new WearOffCycle(days - HalfAWeekDays, days + HalfAWeekDays)),
            .. cycles.SkipLast(1).Where(c => c.ProductId == product.Id).Select(c => c.Outcome.WearOff),
        ];
        return NextDue.Of(given, WearOffForecast.Of(population ?? WearOffPopulation.UsualFor(product.Id), earlier, outcome.WearOff.FromDays), earliest);
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
