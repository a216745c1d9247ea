using Facialis.Anatomy;
using Facialis.Toxin;

namespace Facialis.Clinic.Charts;

/// <summary>A diagnosis code with where it comes from.</summary>
/// <param name="System">For example "ICD-10-CM".</param>
/// <param name="Code">For example "G51.31".</param>
/// <param name="Text">What the code says.</param>
/// <param name="Mark">How well it is founded.</param>
public sealed record ConditionCode(string System, string Code, string Text, SourceMark Mark)
{
    public const string Icd10Cm = "ICD-10-CM";

    /// <summary>
    /// The code of a condition. For hemifacial spasm the side decides and is never inferred: right .31, left .32, both .33, not known .39
    /// (ICD-10-CM, verified). The codes of its relatives are kept in the file of facts, with their marks.
    /// </summary>
    public static ConditionCode Of(ConditionKind kind, ConditionSide side, ChartFacts facts) => kind switch
    {
        ConditionKind.HemifacialSpasm => OfSide(side),
        ConditionKind.Blepharospasm or ConditionKind.PostParalyticSynkinesis or ConditionKind.FacialMyokymia
            or ConditionKind.Tic or ConditionKind.OtherFacialMyoclonus => facts.CodeOf(kind),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The side that a code of hemifacial spasm says; null for any other code, which says none.</summary>
    public static ConditionSide? SideOf(string code) => code switch
    {
        "G51.31" => ConditionSide.PatientRight,
        "G51.32" => ConditionSide.PatientLeft,
        "G51.33" => ConditionSide.Both,
        "G51.39" => ConditionSide.Unknown,
        _ => null,
    };

    private static ConditionCode OfSide(ConditionSide side) => side switch
    {
        ConditionSide.PatientRight => Hfs("G51.31", "right"),
        ConditionSide.PatientLeft => Hfs("G51.32", "left"),
        ConditionSide.Both => Hfs("G51.33", "bilateral"),
        ConditionSide.Unknown => Hfs("G51.39", "unspecified"),
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, null),
    };

    private static ConditionCode Hfs(string code, string side) => new(Icd10Cm, code, $"Clonic hemifacial spasm, {side}", SourceMark.Verified);
}
