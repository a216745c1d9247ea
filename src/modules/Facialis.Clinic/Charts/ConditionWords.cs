using Facialis.Toxin;

namespace Facialis.Clinic.Charts;

/// <summary>What the patient has: hemifacial spasm or one of its relatives.</summary>
public enum ConditionKind
{
    HemifacialSpasm = 0,
    Blepharospasm = 1,
    PostParalyticSynkinesis = 2,
    FacialMyokymia = 3,
    Tic = 4,
    OtherFacialMyoclonus = 5,
}

/// <summary>Why, as far as known.</summary>
public enum ConditionCause
{
    Unknown = 0,
    NeurovascularPrimary = 1,
    PostParalytic = 2,
    FacialNerveInjury = 3,
    Tumour = 4,
    Demyelination = 5,
    BrainstemVascular = 6,
    Hereditary = 7,
    Idiopathic = 8,
}

/// <summary>How it began and spread.</summary>
public enum ConditionForm
{
    Unknown = 0,

    /// <summary>Eye first, then down.</summary>
    Typical = 1,

    /// <summary>Mouth or cheek first, then up.</summary>
    Atypical = 2,
}

/// <summary>Yes, no, or not known. Not asked is not known.</summary>
public enum Known
{
    Unknown = 0,
    No = 1,
    Yes = 2,
}

/// <summary>The words of the enumerations, each complete.</summary>
public static class ConditionWords
{
    public static string Words(this ConditionKind kind) => kind switch
    {
        ConditionKind.HemifacialSpasm => "Hemifacial spasm",
        ConditionKind.Blepharospasm => "Blepharospasm",
        ConditionKind.PostParalyticSynkinesis => "Synkinesis after a facial palsy",
        ConditionKind.FacialMyokymia => "Facial myokymia",
        ConditionKind.Tic => "Tic",
        ConditionKind.OtherFacialMyoclonus => "Other facial myoclonus",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Words(this ConditionSide side) => side switch
    {
        ConditionSide.PatientRight => "Right",
        ConditionSide.PatientLeft => "Left",
        ConditionSide.Both => "Both sides",
        ConditionSide.Unknown => "Side not known",
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, null),
    };

    public static string Words(this ConditionCause cause) => cause switch
    {
        ConditionCause.NeurovascularPrimary => "Vessel at the nerve's root (primary)",
        ConditionCause.PostParalytic => "After a facial palsy",
        ConditionCause.FacialNerveInjury => "Injury of the facial nerve",
        ConditionCause.Tumour => "Tumour",
        ConditionCause.Demyelination => "Demyelination",
        ConditionCause.BrainstemVascular => "Vascular lesion of the brainstem",
        ConditionCause.Hereditary => "Hereditary",
        ConditionCause.Idiopathic => "Looked for, none found",
        ConditionCause.Unknown => "Not known",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    public static string Words(this ConditionForm form) => form switch
    {
        ConditionForm.Typical => "Eye first, then down (typical)",
        ConditionForm.Atypical => "Mouth or cheek first, then up (atypical)",
        ConditionForm.Unknown => "Not known",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    public static string Words(this Known answer) => answer switch
    {
        Known.Yes => "Yes",
        Known.No => "No",
        Known.Unknown => "Not known",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };
}
