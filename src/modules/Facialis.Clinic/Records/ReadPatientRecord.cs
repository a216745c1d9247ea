using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Measurements;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Scales;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Platform.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Records;

/// <summary>Reads everything that the clinic keeps of one patient: one query for each kind, whatever the number of rows.</summary>
internal sealed class ReadPatientRecord(
    FacialisDb db, DataKeys keys, FindPatients find, ReadTreatments treatments, ConsentBook consents, Chart chart, PrintTreatment print, PolicyFiles policy, CurrentClinic clinic, ClinicTime time, TimeProvider clock)
{
    /// <summary>Null where there is no such patient.</summary>
    public async Task<ReadRecord?> Handle(Guid patientId, CancellationToken cancellation)
    {
        if (await find.Find(patientId, cancellation) is not { } patient)
        {
            return null;
        }

        var cipher = await keys.FindAsync(patientId, cancellation);
        var names = await db.Users.AsNoTracking().Where(u => u.ClinicId == clinic.Id).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        string? Who(Guid? id) => id is { } one && names.TryGetValue(one, out var name) ? name : null;
        var account = await print.Clinic(cancellation);
        var signed = await treatments.AllOf(patientId, cancellation);
        var rows = new Rows(db, patientId, cancellation);
        var terms = SideEffectTerms.Read(policy);
        var record = new PatientRecord
        {
            Clinic = account?.Name ?? "",
            MadeAt = time.Local(clock.GetUtcNow()),
            TimeZone = time.Zone,
            IsDemonstration = patient.IsDemonstration || account?.IsDemonstration == true,
            Patient = new PersonKept(
                patient.Id, patient.Code, patient.Person.FamilyName, patient.Person.GivenName, patient.Person.BirthDate, patient.Person.Phone, patient.Person.Email,
                patient.Person.Notes, Local(patient.ErasedAt), patient is { Damaged: false, ErasedAt: null }),
            Conditions =
            [
                .. (await rows.Of<Condition>(c => c.PatientId == patientId)).OrderBy(c => c.RecordedAt).Select(c => new ConditionKept(
                    c.Id, time.Local(c.RecordedAt), Who(c.RecordedBy), c.Kind.Words(), c.Side.Words(), c.Cause.Words(), c.Form.Words(), c.OnsetYear, c.OnsetMonth, c.OnsetAge,
                    $"{c.CodeSystem} {c.Code}", c.MriDone.Words(), SealedText.Open(cipher, Condition.Table, c.Id, Chart.Basis, c.SealedBasis))),
            ],
            Checklists = [.. (await rows.Of<Checklist>(c => c.PatientId == patientId)).OrderBy(c => c.AnsweredAt).Select(c => Checked(c, Who))],
            Acknowledgements =
            [
                .. (await rows.Of<RedFlagAcknowledgement>(a => a.PatientId == patientId)).OrderBy(a => a.At).Select(a => new AcknowledgementKept(
                    a.Id, time.Local(a.At), a.ByName, a.Flags.Split(' '), SealedText.Open(cipher, RedFlagAcknowledgement.Table, a.Id, Chart.Reason, a.SealedReason))),
            ],
            HealthAnswers = [.. (await rows.Of<IntakeAnswers>(i => i.PatientId == patientId)).OrderBy(i => i.AnsweredAt).Select(i => Asked(i, cipher, Who))],
            Scales = [.. (await rows.Of<ScaleScore>(s => s.PatientId == patientId)).OrderBy(s => s.At).Select(s => Scored(s, Who))],
            Consents = [.. (await consents.ListAsync(patientId, int.MaxValue, cancellation)).Reverse().Select(c => Consented(c, Who))],
            Recordings =
            [
                .. (await rows.Recordings()).OrderBy(r => r.StartedAt ?? r.CreatedAt)
                    .Select(r => r with { StartedAt = Local(r.StartedAt), CreatedAt = time.Local(r.CreatedAt), RemovedAt = Local(r.RemovedAt) }),
            ],
            Plans = [.. (await rows.Of<PlanDraft>(p => p.PatientId == patientId)).OrderBy(p => p.CreatedAt).Select(Planned)],
            Treatments = [.. signed.Select(Signed)],
            Countersignatures =
            [
                .. (await rows.Of<Countersignature>(c => c.PatientId == patientId)).OrderBy(c => c.At).Select(c => new CountersignatureKept(
                    c.Id, c.PlanId, time.Local(c.At), c.ByName, c.Findings.Split(' '), SealedText.Open(cipher, Countersignature.Table, c.Id, BeforeSigning.Reason, c.SealedReason))),
            ],
            VialMovements = [.. (await rows.Movements([.. signed.Select(t => t.Row.TreatmentId)])).OrderBy(m => m.At).ThenBy(m => m.Id).Select(Moved)],
            FollowUps = [.. (await rows.Of<FollowUp>(f => f.PatientId == patientId)).OrderBy(f => f.SeenOn).ThenBy(f => f.RecordedAt).Select(f => Told(f, cipher, Who))],
            SideEffects = [.. (await rows.Of<SideEffect>(s => s.PatientId == patientId)).OrderBy(s => s.FirstOn).ThenBy(s => s.RecordedAt).Select(s => Suffered(s, terms, cipher, Who))],
            UrgentReports = [.. (await rows.Of<UrgentReport>(u => u.PatientId == patientId)).OrderBy(u => u.At).Select(u => Raised(u, terms, cipher))],
            PastTreatments = [.. (await rows.Of<PastTreatment>(t => t.PatientId == patientId)).OrderBy(t => t.Day).Select(t => Past(t, cipher, Who))],
        };
        return new ReadRecord(record, patient, signed);
    }

    private AnswersKept Checked(Checklist row, Func<Guid?, string?> who)
    {
        var questions = chart.Facts.Questions.ToDictionary(q => q.Id, q => q.Text);
        return new AnswersKept(
            row.Id, time.Local(row.AnsweredAt), who(row.AnsweredBy), row.FactsVersion,
            [.. Chart.AnswersOf(row).Select(a => new AnswerKept(a.Key, questions.GetValueOrDefault(a.Key, a.Key), a.Value.Words()))]);
    }

    private AnswersKept Asked(IntakeAnswers row, SubjectCipher? cipher, Func<Guid?, string?> who) => new(
        row.Id, time.Local(row.AnsweredAt), who(row.AnsweredBy), row.CatalogueVersion,
        [.. HealthIntake.AnswersOf(row) is var answers ? HealthQuestionWords.Asked.Select(q => new AnswerKept(q.ToString(), q.Words(), answers[q] == Toxin.Answer.Unknown ? Known.Unknown.Words() : answers[q].ToString())) : []],
        SealedText.Open(cipher, IntakeAnswers.Table, row.Id, HealthIntake.Remarks, row.SealedRemarks), row.TreatmentId);

    private ScaleKept Scored(ScaleScore row, Func<Guid?, string?> who) => ScaleBook.Find(row.ScaleId) is { } scale
        ? new ScaleKept(row.Id, time.Local(row.At), who(row.RecordedBy), scale.Name, row.Total, $"{scale.Low} to {scale.High}. {scale.Meaning}", row.Items, row.RecordingId)
        : new ScaleKept(row.Id, time.Local(row.At), who(row.RecordedBy), row.ScaleId, row.Total, "", row.Items, row.RecordingId);

    private ConsentKept Consented(CheckedConsent consent, Func<Guid?, string?> who) => new(
        consent.Row.Id, time.Local(consent.Row.SignedAt), who(consent.Row.WitnessedBy), consent.Row.Language, consent.Row.TextVersion, consent.Record?.SignerName,
        consent.Record?.Text, consent.Row.IsDrawn, consent.Record?.Strokes, Convert.ToHexStringLower(consent.Row.Hash), consent.IsValid, Local(consent.WithdrawnAt));

    private PlanKept Planned(PlanDraft plan)
    {
        var product = plan.ProductId ?? "product not chosen";
        return new PlanKept(
            plan.Id, plan.State == PlanState.Open ? "open" : "closed", time.Local(plan.CreatedAt), time.Local(plan.ChangedAt), Local(plan.ClosedAt),
            plan.Side is null ? null : KeptWords.Of(plan.Side), plan.VialUnits is { } units ? KeptWords.Dose(units, product) : null, plan.DiluentMl is { } ml ? TreatmentRecord.Plain(ml) : null, plan.AtlasVersion, plan.RulesVersion,
            [
                .. plan.Points.Select((p, i) => new PointKept(
                    i + 1, p.SiteId, KeptWords.SiteName(p.SiteId), Anatomy.Sides.Word(p.Side), p.LateralIpd, p.DownIpd, p.Depth, KeptWords.Dose(p.Units, product))),
            ]);
    }

    private TreatmentKept Signed(CheckedTreatment treatment)
    {
        var (row, record) = (treatment.Row, treatment.Record);
        return new TreatmentKept(
            row.TreatmentId, row.Version, time.Local(row.GivenAt), time.Local(row.SignedAt), row.SignedByName, record?.Signer.Role, record?.Meaning,
            record?.SecondSigner is { } second ? $"{second.Name}, {time.Moment(second.At)}: {second.Reason}" : null,
            record is null ? null : $"{record.Condition.Kind}, {record.Condition.Side}, {record.Condition.Code}",
            KeptWords.Of(row.Side), KeptWords.Dose(row.TotalHundredths / 100m, row.ProductId), row.Lot, record?.Vial.Expires, row.VialId,
            record is null ? null : KeptWords.Dose(record.Vial.Units, row.ProductId), record?.Vial.DiluentMl,
            record is not null
                ? [.. record.Points.Select(p => KeptWords.Point(p, row.ProductId))]
                : [
                    .. row.Points.Select((p, i) => new PointKept(
                        i + 1, p.SiteId, KeptWords.SiteName(p.SiteId), Anatomy.Sides.Word(p.Side), p.LateralIpd, p.DownIpd, p.Depth,
                        KeptWords.Dose(p.Units, row.ProductId), KeptWords.Dose(p.PlannedUnits, row.ProductId))),
                ],
            [.. (record?.NotGiven ?? []).Select(p => KeptWords.Point(p, row.ProductId, given: false))],
            record?.Deviation, record?.Remarks, record?.AmendReason,
            [.. (record?.Findings ?? []).Select(f => $"{f.Rule}, {f.Severity}: {f.Message}{(f.Reason.Length > 0 ? $" Reason: {f.Reason}" : "")} ({f.Source})")],
            treatment.HashText, treatment.IsValid, record?.Canonical());
    }

    private MovementKept Moved(VialMovement move) => new(
        move.Id, time.Local(move.At), VialWords.Of(move.Kind), KeptWords.Dose(move.Hundredths / 100m, move.Vial!.ProductId), move.VialId, move.Vial.Lot, move.Vial.LotExpires, // it is read along
        move.ByName, move.TreatmentId, move.PointId, move.Reason);

    private PastTreatmentKept Past(PastTreatment row, SubjectCipher? cipher, Func<Guid?, string?> who) => new(
        row.Id, row.Day, row.ProductId is { } product ? KeptWords.Dose(0, product).Product : null,
        row.Units is { } units ? KeptWords.Dose(units, row.ProductId ?? "product not known") : null, row.BestPercent, row.WeeksOfEffect, row.HadSideEffects.Words(),
        SealedText.Open(cipher, PastTreatment.Table, row.Id, Chart.Remarks, row.SealedRemarks), time.Local(row.RecordedAt), who(row.RecordedBy));

    private FollowUpKept Told(FollowUp row, SubjectCipher? cipher, Func<Guid?, string?> who) => new(
        row.Id, row.TreatmentId, row.SeenOn, row.Way.Words(), row.FirstEffectOn, row.BestOn, row.BestPercent, row.Holds.Words(), row.WoreOffOn, row.WouldRepeat.Words(),
        row.HadSideEffects.Words(), SealedText.Open(cipher, FollowUp.Table, row.Id, RecordFollowUp.Remarks, row.SealedRemarks), time.Local(row.RecordedAt), who(row.RecordedBy));

    private SideEffectKept Suffered(SideEffect row, SideEffectTerms terms, SubjectCipher? cipher, Func<Guid?, string?> who) => new(
        row.Id, row.EffectId, row.TreatmentId, terms.NameOf(row.TermId), row.FirstOn, row.LastOn, row.Severity.Words(), row.Seriousness.Words(),
        row.Causality.Words(), row.Outcome.Words(), row.Grade, row.Points.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        SealedText.Open(cipher, SideEffect.Table, row.Id, RecordFollowUp.Words, row.SealedWords), time.Local(row.RecordedAt), who(row.RecordedBy));

    private UrgentKept Raised(UrgentReport row, SideEffectTerms terms, SubjectCipher? cipher) => new(
        row.Id, row.TreatmentId, time.Local(row.At), [.. row.Terms.Split(' ').Select(terms.NameOf)], Local(row.AnsweredAt), row.AnsweredByName,
        row.SealedAnswer is { } seal ? SealedText.Open(cipher, UrgentReport.Table, row.Id, RecordFollowUp.AnswerText, seal) : null);

    private DateTimeOffset? Local(DateTimeOffset? moment) => moment is { } at ? time.Local(at) : null;

    /// <summary>The queries.</summary>
    private sealed class Rows(FacialisDb db, Guid patientId, CancellationToken cancellation)
    {
        public Task<List<TRow>> Of<TRow>(System.Linq.Expressions.Expression<Func<TRow, bool>> ofPatient) where TRow : class =>
            db.Set<TRow>().AsNoTracking().Where(ofPatient).ToListAsync(cancellation);

        /// <summary>Also those that were taken out of sight: nothing of a record is left out in silence.</summary>
        public Task<List<RecordingKept>> Recordings() => db.Set<Recording>().IgnoreQueryFilters([Recording.NotRemovedFilter]).AsNoTracking().Where(r => r.PatientId == patientId)
            .Select(r => new RecordingKept(r.Id, r.StartedAt, r.CreatedAt, r.State, r.Notes, r.AlgorithmVersion, r.Digest, r.RemovedAt)).ToListAsync(cancellation);

        public Task<List<VialMovement>> Movements(IReadOnlyCollection<Guid> treatments) => db.Set<VialMovement>().AsNoTracking().Include(m => m.Vial)
            .Where(m => m.PatientId == patientId || (m.TreatmentId != null && treatments.Contains(m.TreatmentId.Value))).ToListAsync(cancellation);
    }
}

/// <param name="Record">In words.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Treatments">As signed, for their pages.</param>
internal sealed record ReadRecord(PatientRecord Record, PatientLine Patient, IReadOnlyList<CheckedTreatment> Treatments);
