using Facialis.Clinic.Charts;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Secrets;

namespace Facialis.Clinic.Plans;

/// <summary>What was read of a patient with one question.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Key">The patient's key; null where it was destroyed.</param>
/// <param name="Plan">The open plan.</param>
/// <param name="Vial">The vial; null while none is chosen.</param>
/// <param name="DrawnForAnother">True where the vial was drawn from for another patient.</param>
/// <param name="Condition">The newest condition; null where none is recorded.</param>
/// <param name="Policy">The clinic's policy for rules; null where it has none yet.</param>
internal sealed record AtTheChair(Patient Patient, DataKey? Key, PlanDraft Plan, Vial? Vial, bool DrawnForAnother, Condition? Condition, RulePolicy? Policy);
