using Facialis.Clinic.Charts;
using Facialis.Platform.Database;

namespace Facialis.Clinic.FollowUps;

/// <summary>Looks at whatever is typed of a patient, in whichever form, and raises what is urgent in it.</summary>
internal sealed class UrgentWatch(FacialisDb db, PolicyFiles policy, TimeProvider clock)
{
    /// <summary>Looks for urgent words; see <see cref="Raise"/>.</summary>
    public void LookAt(Guid patientId, Guid? treatmentId, Guid from, params IReadOnlyList<string?> typed)
    {
        if (typed.Any(t => !string.IsNullOrWhiteSpace(t)))
        {
            Raise(patientId, treatmentId, from, UrgentText.FindIn(string.Join('\n', typed), SideEffectTerms.Read(policy).UrgentWords));
        }
    }

    /// <summary>Queues a report for the next save, if there is anything to tell.</summary>
    /// <param name="patientId">Of whom.</param>
    /// <param name="treatmentId">After which treatment; null where none is named.</param>
    /// <param name="from">Id of the row that it comes from: the report has the same, so that a form sent twice raises it once.</param>
    /// <param name="terms">Ids of the terms.</param>
    public void Raise(Guid patientId, Guid? treatmentId, Guid from, IReadOnlyList<string> terms)
    {
        if (terms.Count > 0)
        {
            db.Add(new UrgentReport { Id = from, PatientId = patientId, TreatmentId = treatmentId, At = clock.GetUtcNow(), Terms = string.Join(' ', terms) });
        }
    }
}
