using Facialis.Toxin;

namespace Facialis.Clinic.Intake;

/// <summary>How each health question is put to a patient. What an answer means stands in the rules of the toxin engine, with its source.</summary>
public static class HealthQuestionWords
{
    /// <summary>What is asked at the chair, in this order. The other questions follow from consent.</summary>
    public static readonly IReadOnlyList<HealthQuestion> Asked =
    [
        HealthQuestion.ToxinInLastTwelveWeeks,
        HealthQuestion.NeuromuscularJunctionDisease,
        HealthQuestion.MotorNeuronDiseaseOrNeuropathy,
        HealthQuestion.SwallowingOrBreathingTrouble,
        HealthQuestion.AllergyToToxinOrExcipient,
        HealthQuestion.CowsMilkProteinAllergy,
        HealthQuestion.InfectionAtSite,
        HealthQuestion.Pregnant,
        HealthQuestion.BreastFeeding,
        HealthQuestion.AnticoagulantOrBleeding,
        HealthQuestion.AminoglycosideOrRelaxant,
        HealthQuestion.AnticholinergicDrug,
        HealthQuestion.NarrowAngleGlaucoma,
        HealthQuestion.EyelidOrEyeSurgery,
        HealthQuestion.PalsyOrLidLaxity,
        HealthQuestion.GeneralAnaesthesiaPlanned,
        HealthQuestion.EyeChecklistNotDone,
    ];

    public static string Words(this HealthQuestion question) => question switch
    {
        HealthQuestion.ToxinInLastTwelveWeeks => "Any botulinum toxin in the last 12 weeks, at any clinic and for any purpose (also wrinkles, bladder, sweating)?",
        HealthQuestion.NeuromuscularJunctionDisease => "Myasthenia gravis, Lambert-Eaton syndrome or another illness of nerve-to-muscle signals?",
        HealthQuestion.MotorNeuronDiseaseOrNeuropathy => "ALS, another motor neuron disease, or an illness of the nerves (neuropathy)?",
        HealthQuestion.SwallowingOrBreathingTrouble => "Trouble swallowing or breathing, or food going down the wrong way?",
        HealthQuestion.AllergyToToxinOrExcipient => "Allergy to a botulinum toxin or to anything in it?",
        HealthQuestion.CowsMilkProteinAllergy => "Allergy to cow's-milk protein?",
        HealthQuestion.InfectionAtSite => "Infection or inflammation where the needle would go?",
        HealthQuestion.Pregnant => "Pregnant, or possibly pregnant?",
        HealthQuestion.BreastFeeding => "Breast-feeding?",
        HealthQuestion.AnticoagulantOrBleeding => "Blood thinners, or bleeding easily?",
        HealthQuestion.AminoglycosideOrRelaxant => "Certain antibiotics (aminoglycosides) or other drugs that weaken muscles?",
        HealthQuestion.AnticholinergicDrug => "Anticholinergic drugs or muscle relaxants?",
        HealthQuestion.NarrowAngleGlaucoma => "Narrow-angle glaucoma?",
        HealthQuestion.EyelidOrEyeSurgery => "Earlier surgery of lids or eyes?",
        HealthQuestion.PalsyOrLidLaxity => "Facial palsy, an eye that does not close, dry eye, or slack lids?",
        HealthQuestion.GeneralAnaesthesiaPlanned => "An operation under general anaesthesia planned within weeks?",
        HealthQuestion.EyeChecklistNotDone => "Is anything of the eye check still to be done (eye surgery asked, feeling of the cornea tested, lower lid looked at)?",
        HealthQuestion.SpreadWarningNotAcknowledged => "Is the warning of distant spread still to be acknowledged with consent?",
        HealthQuestion.AlbuminNotTold => "Is the patient still to be told of human albumin in the product?",
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, null),
    };
}
