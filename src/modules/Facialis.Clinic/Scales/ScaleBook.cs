using Facialis.Anatomy;

namespace Facialis.Clinic.Scales;

/// <summary>The scales that can be recorded, in the order in which they are offered. Wording is our own; licensed texts are a file of the clinic's.</summary>
public static class ScaleBook
{
    public const string JankovicId = "jrs";
    public const string JankovicFrequency = "frequency";
    public const string Hfs7Id = "hfs-7";

    private static readonly string[] Never = ["Never", "Seldom", "Sometimes", "Often", "Always"];
    private static readonly string[] Improvement =
    [
        "Very much better", "Much better", "A little better", "No change", "A little worse", "Much worse", "Very much worse",
    ];

    private static readonly string[] Voluntary = ["No movement", "Begins to move", "Some way", "Nearly whole", "Whole"];
    private static readonly string[] Synkinesis = ["None", "Slight", "Obvious, not disfiguring", "Disfiguring"];

    public static readonly Scale Jankovic = new(
        JankovicId, "Jankovic Rating Scale (JRS)", ScaleRater.Clinician,
        [
            new("severity", "Severity", 0, ["None", "Blinks more, but only on light, wind or reading", "Mild flutter by itself, no true spasm, not limiting", "Clear spasm of the lids, mildly limiting", "Severe and limiting, perhaps other muscles of the face too"]),
            new(JankovicFrequency, "Frequency", 0, ["None", "Blinks slightly more often", "Flutter shorter than 1 s", "Spasm longer than 1 s, eyes open more than half of waking time", "Eyes shut more than half of waking time"]),
        ],
        0, 8, "0 none, 8 worst. Worded for blepharospasm. 2 points are the smallest change that matters there.", "Springer chapter, table 16.2 (paraphrased)", SourceMark.Verified,
        Sum);

    public static readonly Scale Samsung = new(
        "smc", "Samsung Medical Center grade (SMC)", ScaleRater.Clinician,
        [new("grade", "Grade", 1, ["I: around the eye only", "II: other muscles of the same side too", "III: frequent tonic spasm disturbs sight", "IV: disfiguring asymmetry"])],
        1, 4, "I to IV; III and IV count as severe.", "Lee JA 2012, 10.1159/000330396", SourceMark.Verified, Sum);

    public static readonly Scale HouseBrackmann = new(
        "house-brackmann", "House-Brackmann grade", ScaleRater.Clinician,
        [new("grade", "Grade", 1, ["I: normal", "II: slight, closes fully with ease", "III: obvious, not disfiguring, closes fully with effort", "IV: disfiguring, does not close fully", "V: barely moves", "VI: no movement"])],
        1, 6, "I normal, VI no movement. Weakness, not spasm: a spasm's synkinesis is not counted in.", "House and Brackmann (paraphrased)", SourceMark.Verified, Sum);

    public static readonly Scale Sunnybrook = new(
        "sunnybrook", "Sunnybrook composite", ScaleRater.Clinician,
        [
            new("rest-eye", "At rest: eye", 0, ["Normal", "Narrow, wide or operated on"]),
            new("rest-fold", "At rest: fold beside the nose", 0, ["Normal", "Less or more pronounced", "Absent"]),
            new("rest-mouth", "At rest: mouth", 0, ["Normal", "Corner drooped or pulled up"]),
            new("move-brow", "Movement: lift the brows", 1, Voluntary),
            new("move-eye", "Movement: close the eyes gently", 1, Voluntary),
            new("move-smile", "Movement: open smile", 1, Voluntary),
            new("move-snarl", "Movement: snarl", 1, Voluntary),
            new("move-pucker", "Movement: pucker the lips", 1, Voluntary),
            new("syn-brow", "Synkinesis with lifting the brows", 0, Synkinesis),
            new("syn-eye", "Synkinesis with closing the eyes", 0, Synkinesis),
            new("syn-smile", "Synkinesis with smiling", 0, Synkinesis),
            new("syn-snarl", "Synkinesis with snarling", 0, Synkinesis),
            new("syn-pucker", "Synkinesis with puckering", 0, Synkinesis),
        ],
        -15, 100, "Movement (x 4) minus rest (x 5) minus synkinesis. Higher is better; healthy people score 65 to 100, so 100 is not what is needed. The lowest sum of all three parts is -15.",
        "Composite: verified; the weights of its parts are recalled", SourceMark.Recalled,
        values => (4 * Sum(values, "move-")) - (5 * Sum(values, "rest-")) - Sum(values, "syn-"));

    public static readonly Scale ClinicianImpression = new(
        "cgi-i", "Clinical global impression of change (CGI-I)", ScaleRater.Clinician, [new("change", "Compared with before the treatment", 1, Improvement)],
        1, 7, "1 very much better, 4 no change, 7 very much worse. 1 or 2 is a responder.", "The source was not seen", SourceMark.Recalled, Sum);

    public static readonly Scale PatientImpression = ClinicianImpression with { Id = "pgi-i", Name = "Patient global impression of change (PGI-I)", Rater = ScaleRater.Patient };

    public static readonly Scale PercentImprovement = new(
        "percent", "Improvement in percent", ScaleRater.Patient, [new("percent", "How much better, 0 to 100 %", 0, [], 100)],
        0, 100, "A size for one patient. How many patients respond is another figure and never mixed with it.", "House rule of honest figures", SourceMark.ClinicPolicy, Sum);

    public static readonly Scale Hfs7 = new(
        Hfs7Id, "HFS-7", ScaleRater.Patient,
        [
            new("driving", "Topic: driving", 0, Never),
            new("reading", "Topic: reading", 0, Never),
            new("watching", "Topic: watching television or film", 0, Never),
            new("low-mood", "Topic: feeling low", 0, Never),
            new("eye-contact", "Topic: avoiding eye contact", 0, Never),
            new("embarrassment", "Topic: embarrassment", 0, Never),
            new("reactions", "Topic: worry about others' reactions", 0, Never),
        ],
        0, 28, "0 none, 28 worst. The questions themselves are under copyright: only their topics are shown here, unless the clinic holds a licence and adds the wording.",
        "Scoring: Tan 2005, PMID 16291898; the topics are recalled", SourceMark.Recalled, Sum);

    public static readonly IReadOnlyList<Scale> All = [Jankovic, Samsung, PercentImprovement, ClinicianImpression, PatientImpression, Hfs7, HouseBrackmann, Sunnybrook];

    public static Scale? Find(string? id) => All.FirstOrDefault(s => s.Id == id);

    private static int Sum(IReadOnlyDictionary<string, int> values) => values.Values.Sum();

    private static int Sum(IReadOnlyDictionary<string, int> values, string part) => values.Where(v => v.Key.StartsWith(part, StringComparison.Ordinal)).Sum(v => v.Value);
}
