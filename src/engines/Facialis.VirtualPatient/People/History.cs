using Facialis.Anatomy;
using Facialis.Toxin;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.VirtualPatient.People;

/// <summary>Health, red flags, story and earlier treatments of one person.</summary>
internal sealed class History
{
    private readonly List<SpokenAnswer> _spoken = [];
    private readonly List<RedFlagKind> _flags = [];
    private HealthAnswers _answers = HealthAnswers.AllNo;
    private Draws _draws;

    public History(
        ulong seed, SpasmCause cause, Sex sex, int age, int onset, Side side, SpasmHabit spasm, ModelParameters parameters)
    {
        _draws = Draws.Of(seed, ChancePurpose.History);
        AskHealth(sex, age, cause);
        AskFlags(cause, onset);
        Past = PastMaker.Make(ref _draws, side, age - onset, parameters);
        var recent = Past.Count > 0 && Past[0].WeeksAgo < 12;
        Say(HealthQuestion.ToxinInLastTwelveWeeks, recent, recent
            ? $"The last injections were {Past[0].WeeksAgo} weeks ago."
            : Past.Count > 0 ? $"The last injections were {Past[0].WeeksAgo} weeks ago." : "I have never had such injections.");
        Story = StoryMaker.Tell(ref _draws, cause, age, onset, side, spasm, Past.Count);
    }

    public string Story { get; }

    public HealthAnswers Answers => _answers;

    public IReadOnlyList<RedFlagKind> RedFlags => _flags;

    public IReadOnlyList<SpokenAnswer> Spoken => _spoken;

    public IReadOnlyList<PastTreatment> Past { get; }

    private void AskHealth(Sex sex, int age, SpasmCause cause)
    {
        var fertile = sex == Sex.Female && age < 46;
        Ask(HealthQuestion.AllergyToToxinOrExcipient, 0.015, "After an earlier injection my throat swelled and I had a rash.", "No allergies that I know of.");
        Ask(HealthQuestion.InfectionAtSite, 0.025, "I have a stye on that eye just now; it is red and sore.", "The skin is fine.");
        Ask(HealthQuestion.NeuromuscularJunctionDisease, 0.015, "I am treated for myasthenia.", "No muscle disease.");
        Ask(HealthQuestion.MotorNeuronDiseaseOrNeuropathy, 0.02, "I have a neuropathy in both feet.", "No nerve disease.");
        Ask(HealthQuestion.SwallowingOrBreathingTrouble, 0.03, "I choke on water now and then.", "I swallow and breathe well.");
        Ask(HealthQuestion.NarrowAngleGlaucoma, 0.02, "I have narrow-angle glaucoma.", "No glaucoma.");
        Ask(HealthQuestion.CowsMilkProteinAllergy, 0.01, "I am allergic to cow's milk.", "Milk is no problem.");
        Ask(HealthQuestion.AnticoagulantOrBleeding, age > 60 ? 0.2 : 0.06, "I take a drug against clots for my heart.", "No blood thinners.");
        Ask(HealthQuestion.AminoglycosideOrRelaxant, 0.01, "I am having gentamicin for an infection.", "No antibiotics.");
        Ask(HealthQuestion.AnticholinergicDrug, 0.05, "I take tablets for my bladder.", "No such drugs.");
        Ask(HealthQuestion.Pregnant, fertile ? 0.06 : 0, "I am twelve weeks pregnant.", "No.");
        Ask(HealthQuestion.BreastFeeding, fertile ? 0.04 : 0, "I am breast-feeding.", "No.");
        Ask(HealthQuestion.PalsyOrLidLaxity, cause == SpasmCause.AfterPalsy ? 0.5 : 0.06, "That eye has been dry since it stopped closing well.", "My eyes close well.");
        Ask(HealthQuestion.EyelidOrEyeSurgery, age > 65 ? 0.12 : 0.04, "My lids were operated on.", "No operation on eyes or lids.");
        Ask(HealthQuestion.GeneralAnaesthesiaPlanned, 0.02, "My hip is to be replaced in two weeks.", "No operation is planned.");
    }

    private void AskFlags(SpasmCause cause, int onset)
    {
        var tumour = cause == SpasmCause.Tumour;
        Flag(RedFlagKind.BothSides, "both-sides", 0.02, "The other side twitches too, at other times.", "Only this side.");
        Flag(RedFlagKind.Hearing, "hearing", tumour ? 0.9 : 0.03, "I hear badly on that side, and it whistles.", "My hearing is the same on both sides.");
        Flag(RedFlagKind.Numbness, "numbness", tumour ? 0.6 : 0.02, "The cheek feels numb.", "Feeling is normal.");
        Flag(RedFlagKind.FacialPain, "pain", 0.05, "There are stabs of pain in that cheek.", "It does not hurt.");
        Flag(RedFlagKind.RapidProgress, "progress", tumour ? 0.4 : 0.02, "It was nothing, and six weeks later it was everywhere.", "It grew slowly over years.");
        Flag(RedFlagKind.MouthFirst, "first-place", 0.025, "It began at the mouth and climbed to the eye.", "It began at the lower lid.");
        Flag(RedFlagKind.ParotidMass, "lump", 0.008, "There is a lump before my ear.", "No lumps.");
        if (onset < 30)
        {
            _flags.Add(RedFlagKind.YoungOnset);
        }

        _spoken.Add(new SpokenAnswer("onset-age", $"It began when I was {onset}.", onset < 30));
        _spoken.Add(new SpokenAnswer("triggers", _draws.Chance(0.8) ? "Talking, eating and worry set it off." : "I have not noticed what sets it off.", false));
        _spoken.Add(new SpokenAnswer("sleep", _draws.Chance(0.8) ? "I am told that it goes on in my sleep." : "I cannot say what happens in my sleep.", false));
    }

    private void Ask(HealthQuestion question, double share, string yes, string no)
    {
        var has = _draws.Chance(share);
        Say(question, has, has ? yes : no);
    }

    private void Say(HealthQuestion question, bool has, string words)
    {
        _answers = _answers.With(question, has ? Answer.Yes : Answer.No);
        _spoken.Add(new SpokenAnswer(question.ToString(), words, has));
    }

    private void Flag(RedFlagKind flag, string topic, double share, string yes, string no)
    {
        var has = _draws.Chance(share);
        if (has)
        {
            _flags.Add(flag);
        }

        _spoken.Add(new SpokenAnswer(topic, has ? yes : no, has));
    }
}
