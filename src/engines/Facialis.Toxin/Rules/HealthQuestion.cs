namespace Facialis.Toxin;

/// <summary>What is asked before every treatment. Yes is the answer that matters; the last three ask whether something is still to be done.</summary>
public enum HealthQuestion
{
    /// <summary>Allergy to any botulinum product or to one of its other ingredients.</summary>
    AllergyToToxinOrExcipient,

    /// <summary>Infection or inflammation at a planned site.</summary>
    InfectionAtSite,

    /// <summary>Myasthenia gravis, Lambert-Eaton syndrome or another generalised disorder of muscle activity.</summary>
    NeuromuscularJunctionDisease,

    /// <summary>Amyotrophic lateral sclerosis, another motor neuron disease, or a neuropathy.</summary>
    MotorNeuronDiseaseOrNeuropathy,

    /// <summary>Trouble swallowing or breathing, aspiration.</summary>
    SwallowingOrBreathingTrouble,

    /// <summary>Narrow-angle glaucoma.</summary>
    NarrowAngleGlaucoma,

    /// <summary>Allergy to cow's-milk protein.</summary>
    CowsMilkProteinAllergy,

    /// <summary>Bleeding tendency, or a drug against clotting.</summary>
    AnticoagulantOrBleeding,

    /// <summary>Aminoglycosides, or other drugs that block neuromuscular transmission.</summary>
    AminoglycosideOrRelaxant,

    /// <summary>Anticholinergic drugs or muscle relaxants.</summary>
    AnticholinergicDrug,

    /// <summary>Pregnant.</summary>
    Pregnant,

    /// <summary>Breast-feeding.</summary>
    BreastFeeding,

    /// <summary>Facial palsy, lagophthalmos, dry eye or lax lids already there.</summary>
    PalsyOrLidLaxity,

    /// <summary>Earlier surgery of lids or eye.</summary>
    EyelidOrEyeSurgery,

    /// <summary>Surgery under general anaesthesia planned within weeks.</summary>
    GeneralAnaesthesiaPlanned,

    /// <summary>Any botulinum toxin in the last 12 weeks, at any clinic and for any purpose.</summary>
    ToxinInLastTwelveWeeks,

    /// <summary>The warning of distant spread is not yet acknowledged with consent.</summary>
    SpreadWarningNotAcknowledged,

    /// <summary>The eye checklist (surgery asked, corneal sensation, ectropion) is not yet done.</summary>
    EyeChecklistNotDone,

    /// <summary>The patient was not told of human albumin in the product.</summary>
    AlbuminNotTold,
}

/// <summary>Answer to a <see cref="HealthQuestion"/>. Not asked is <see cref="Unknown"/>.</summary>
public enum Answer
{
    /// <summary>Not asked, or not known. It stops; it never passes as no.</summary>
    Unknown = 0,

    /// <summary>No.</summary>
    No = 1,

    /// <summary>Yes.</summary>
    Yes = 2,
}
