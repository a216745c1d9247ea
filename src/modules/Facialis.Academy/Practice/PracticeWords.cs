using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.Academy.Practice;

/// <summary>What learners read in place of names of the engine.</summary>
internal static class PracticeWords
{
    /// <summary>What can be asked, in the order of a visit, with the words of the question.</summary>
    public static readonly IReadOnlyDictionary<string, string> Questions = new Dictionary<string, string>
    {
        ["onset-age"] = "How old were you when it began?",
        ["first-place"] = "Where did it begin?",
        ["progress"] = "How fast did it get worse?",
        ["triggers"] = "What sets it off?",
        ["sleep"] = "Does it go on in your sleep?",
        ["both-sides"] = "Does the other side move too?",
        ["hearing"] = "How do you hear on that side?",
        ["numbness"] = "Does any part of the face feel numb?",
        ["pain"] = "Does the face hurt?",
        ["lump"] = "Is there a lump before or below the ear?",
        ["ToxinInLastTwelveWeeks"] = "Have you had botulinum toxin before, and when last?",
        ["NeuromuscularJunctionDisease"] = "Myasthenia or another illness of nerve and muscle?",
        ["MotorNeuronDiseaseOrNeuropathy"] = "An illness of the nerves?",
        ["SwallowingOrBreathingTrouble"] = "Trouble with swallowing or breathing?",
        ["AllergyToToxinOrExcipient"] = "Any reaction to such injections, or allergies?",
        ["CowsMilkProteinAllergy"] = "Allergy to cow's milk?",
        ["InfectionAtSite"] = "Is the skin of the face inflamed anywhere?",
        ["Pregnant"] = "Could you be pregnant?",
        ["BreastFeeding"] = "Are you breast-feeding?",
        ["AnticoagulantOrBleeding"] = "Blood thinners, or easy bleeding?",
        ["AminoglycosideOrRelaxant"] = "Antibiotics just now?",
        ["AnticholinergicDrug"] = "Drugs for the bladder, or muscle relaxants?",
        ["NarrowAngleGlaucoma"] = "Glaucoma?",
        ["EyelidOrEyeSurgery"] = "Operations on lids or eyes?",
        ["PalsyOrLidLaxity"] = "Do both eyes close well? Was the face ever paralysed?",
        ["GeneralAnaesthesiaPlanned"] = "Is an operation planned?",
    };

    public static string Of(DeclineReason reason) => reason switch
    {
        DeclineReason.Contraindicated => "A health answer forbids it today",
        DeclineReason.RedFlag => "Something must be looked into first",
        _ => "The last treatment is too recent",
    };

    public static string Of(PracticeEnding ending) => ending switch
    {
        PracticeEnding.Completed => "Followed to the end",
        PracticeEnding.RightlyDeclined => "Rightly not injected",
        PracticeEnding.WronglyDeclined => "Not injected without a reason",
        _ => "Ended: not safe",
    };

    public static string Of(SideEffectKind kind) => kind switch
    {
        SideEffectKind.Ptosis => "Drooping upper lid",
        SideEffectKind.Diplopia => "Double vision",
        SideEffectKind.LowerFaceWeakness => "Drooping corner of the mouth",
        SideEffectKind.Lagophthalmos => "Eye does not close fully",
        SideEffectKind.BrowAsymmetry => "Uneven brows",
        _ => "Bruise",
    };

    public static string Of(BreachKind kind) => kind switch
    {
        BreachKind.WrongSide => "Wrong side",
        BreachKind.Eyeball => "Into the eye",
        BreachKind.DeepInLid => "Too deep at the lid",
        BreachKind.Contraindicated => "Contraindicated",
        _ => "Stopped by the rules",
    };

    public static string OfDifficulty(int difficulty) => difficulty switch
    {
        1 => "First steps",
        2 => "Usual",
        _ => "Hard",
    };
}
