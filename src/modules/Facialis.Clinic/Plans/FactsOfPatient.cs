using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Plans;

/// <summary>Gathers what the clinic knows of a patient for the rules. What nobody asked stays unknown, and unknown stops.</summary>
internal sealed class FactsOfPatient(FacialisDb db, Chart chart, HealthIntake intake, ConsentBook consents)
{
    /// <param name="patient">Whom.</param>
    /// <param name="product">Product of the plan.</param>
    /// <param name="book">The clinic's rules.</param>
    /// <param name="now">The moment of the review.</param>
    /// <param name="except">A treatment that does not count as an earlier one: the one that is amended; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="chair">What was read of the patient just before; null where nothing was.</param>
    public async Task<KnownOfPatient> Read(
        PatientLine patient, ToxinProduct product, RuleBook book, DateTimeOffset now, Guid? except, CancellationToken cancellation, AtTheChair? chair = null)
    {
        var condition = chair is null ? await chart.ConditionOf(patient.Id, cancellation) : chair.Condition;
        var consent = (await consents.ListAsync(patient.Id, 1, cancellation)) is [{ IsValid: true, WithdrawnAt: null } valid, ..] ? valid : null;
        var status = await intake.For(
            patient.Id, now, await chart.RoutinePathOf(patient.Id, condition, cancellation), consent is not null, product, book.Region, cancellation);
        var facts = new PatientFacts
        {
            BornOn = patient.Person.BirthDate,
            Side = condition?.Side ?? ConditionSide.Unknown,
            Indication = condition?.Kind switch
            {
                ConditionKind.HemifacialSpasm => Indication.HemifacialSpasm,
                ConditionKind.Blepharospasm => Indication.Blepharospasm,
                _ => Indication.Other,
            },
            Answers = status.Answers,
            Earlier = [.. await OwnAsync(patient.Id, book, except, cancellation), .. await ElsewhereAsync(patient.Id, book.Catalogue, cancellation)],
        };
        return new KnownOfPatient(facts, status, condition, consent);
    }

    /// <summary>Not what was sealed: nobody reads it here.</summary>
    private static readonly PreparedQuery<Guid, GivenBefore> Given = new((db, patientId) => db.Set<Treatment>().AsNoTracking()
        .Where(t => t.PatientId == patientId).Select(t => new GivenBefore(t.TreatmentId, t.Version, t.GivenAt, t.ProductId, t.TotalHundredths, t.Points)));

    private static readonly PreparedQuery<Guid, GivenElsewhereBefore> GivenElsewhere = new((db, patientId) => db.Set<PastTreatment>().AsNoTracking()
        .Where(t => t.PatientId == patientId).Select(t => new GivenElsewhereBefore(t.Day, t.ProductId, t.Units, t.WeeksOfEffect)));

    private async Task<IEnumerable<EarlierTreatment>> OwnAsync(Guid patientId, RuleBook book, Guid? except, CancellationToken cancellation) =>
        (await Given.ListAsync(db, patientId, cancellation)).GroupBy(t => t.TreatmentId).Where(all => all.Key != except).Select(all => all.MaxBy(t => t.Version)!) // a group has a row
        .OrderByDescending(t => t.GivenAt).ThenByDescending(t => t.TreatmentId).Select(given => new EarlierTreatment(
            book.DayOf(given.GivenAt), book.Catalogue.FindProduct(given.ProductId), new Units(given.TotalHundredths / 100m))
        {
            Points = [.. given.Points.Select(p => new EarlierPoint(p.SiteId, p.Side, new Units(p.Units)))],
        });

    private async Task<IEnumerable<EarlierTreatment>> ElsewhereAsync(Guid patientId, ToxinCatalogue catalogue, CancellationToken cancellation) =>
        (await GivenElsewhere.ListAsync(db, patientId, cancellation)).Select(t => new EarlierTreatment(t.Day, catalogue.FindProduct(t.ProductId), t.Units is { } units ? new Units(units) : null)
        {
            EffectHeldDays = t.WeeksOfEffect * 7,
        });

    private sealed record GivenBefore(Guid TreatmentId, int Version, DateTimeOffset GivenAt, string ProductId, long TotalHundredths, IReadOnlyList<GivenPoint> Points);

    private sealed record GivenElsewhereBefore(DateOnly Day, string? ProductId, decimal? Units, int? WeeksOfEffect);
}

/// <summary>What the clinic knows of a patient.</summary>
/// <param name="Facts">For the rules.</param>
/// <param name="Intake">Whether questions, red flags and consent let a treatment through.</param>
/// <param name="Condition">The newest condition; null where none is recorded.</param>
/// <param name="Consent">The consent that holds; null where none does.</param>
internal sealed record KnownOfPatient(PatientFacts Facts, IntakeStatus Intake, Condition? Condition, CheckedConsent? Consent);
