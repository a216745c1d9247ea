using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.FollowUps;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Intake;

/// <summary>Asks the health questions before every treatment and says whether a patient may be treated.</summary>
internal sealed class HealthIntake(FacialisDb db, DataKeys keys, ChartWriter writer, UrgentWatch urgent, Chart chart, ConsentBook consents, ClinicTime time)
{
    internal const string Remarks = "remarks";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Keeps answers. A question without an answer is unknown. False where there is no such patient.</summary>
    public async Task<bool> Record(Guid id, Guid patientId, IReadOnlyDictionary<HealthQuestion, Answer> answers, string? remarks, CancellationToken cancellation)
    {
        if (await writer.OpenAsync(patientId, cancellation) is not { } cipher)
        {
            return false;
        }

        urgent.LookAt(patientId, null, id, remarks);
        await writer.SaveAsync(patientId, new IntakeAnswers
        {
            Id = id,
            PatientId = patientId,
            AnsweredAt = writer.Now,
            AnsweredBy = writer.Person,
            CatalogueVersion = ToxinCatalogue.Current.Version,
            Answers = JsonSerializer.Serialize(HealthQuestionWords.Asked.ToDictionary(q => q, q => answers.GetValueOrDefault(q)), Json),
            SealedRemarks = cipher.Seal(IntakeAnswers.Table, id, Remarks, (remarks ?? "").Trim()),
        }, "health questions", null, cancellation);
        return true;
    }

    /// <summary>
    /// Whether a patient may be treated at a moment. Answers count on the clinic's day on which they were given, and until a treatment used
    /// them; so the questions are asked anew at every treatment.
    /// </summary>
    /// <param name="patientId">Whom.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <param name="product">The product, where it is chosen.</param>
    /// <param name="region">The clinic's label region; none: the rules of every region hold.</param>
    public async Task<IntakeStatus> For(
        Guid patientId, DateTimeOffset at, CancellationToken cancellation, ToxinProduct? product = null, LabelRegions region = LabelRegions.None) =>
        await For(
            patientId, at, await chart.RoutinePathOf(patientId, cancellation), await consents.HasValidAsync(patientId, cancellation), product, region, cancellation);

    /// <summary>The same where red flags and consent are known already.</summary>
    public async Task<IntakeStatus> For(
        Guid patientId, DateTimeOffset at, RoutinePath path, bool hasConsent, ToxinProduct? product, LabelRegions region, CancellationToken cancellation)
    {
        var newest = await NewestUnused.FirstAsync(db, patientId, at, cancellation);
        if (newest?.AnsweredAt < time.At(time.DayOf(at)))
        {
            newest = null; // of another day
        }

        return IntakeStatus.Judge(
            newest?.Id, newest?.AnsweredAt, newest is null ? HealthAnswers.NothingAsked : AnswersOf(newest),
            path, hasConsent, ToxinCatalogue.Current, product, region);
    }

    private static readonly PreparedQuery<Guid, DateTimeOffset, IntakeAnswers> NewestUnused = new((db, patientId, at) => db.Set<IntakeAnswers>().AsNoTracking()
        .Where(i => i.PatientId == patientId && i.AnsweredAt <= at && i.TreatmentId == null)
        .OrderByDescending(i => i.AnsweredAt).ThenByDescending(i => i.Id).Take(1));

    /// <summary>The last time the questions were answered, with the opened remarks; null where never.</summary>
    public async Task<LastIntake?> LastOf(Guid patientId, CancellationToken cancellation)
    {
        var row = await db.Set<IntakeAnswers>().AsNoTracking().Where(i => i.PatientId == patientId).OrderByDescending(i => i.AnsweredAt).FirstOrDefaultAsync(cancellation);
        return row is null ? null : new LastIntake(
            row.AnsweredAt, AnswersOf(row), (await keys.FindAsync(patientId, cancellation))?.Open(IntakeAnswers.Table, row.Id, Remarks, row.SealedRemarks) ?? "(erased)");
    }

    internal static HealthAnswers AnswersOf(IntakeAnswers row) => (JsonSerializer.Deserialize<Dictionary<HealthQuestion, Answer>>(row.Answers, Json) ?? [])
        .Aggregate(HealthAnswers.NothingAsked, (all, answer) => all.With(answer.Key, answer.Value));
}

internal sealed record LastIntake(DateTimeOffset At, HealthAnswers Answers, string Remarks);
