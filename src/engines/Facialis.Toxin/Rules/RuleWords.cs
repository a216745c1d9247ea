using System.Text.Json.Serialization;

namespace Facialis.Toxin;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note = 0,

    /// <summary>May go on with a reason given.</summary>
    Confirm = 1,

    /// <summary>May not go on: mend it, or, above a hard ceiling, a second signer agrees.</summary>
    Stop = 2,
}

/// <summary>Where labels differ. The label region of a clinic is one of them, or not set.</summary>
[Flags]
public enum LabelRegions
{
    /// <summary>Not set. A clinic without region gets the limits of every region; a rule without region holds everywhere.</summary>
    None = 0,

    /// <summary>United Kingdom.</summary>
    [JsonStringEnumMemberName("UK")]
    UnitedKingdom = 1,

    /// <summary>European Union.</summary>
    [JsonStringEnumMemberName("EU")]
    EuropeanUnion = 2,

    /// <summary>United States.</summary>
    [JsonStringEnumMemberName("US")]
    UnitedStates = 4,

    /// <summary>Korea.</summary>
    [JsonStringEnumMemberName("KR")]
    Korea = 8,
}

/// <summary>What is treated, as far as labels name it.</summary>
public enum Indication
{
    /// <summary>Hemifacial spasm.</summary>
    HemifacialSpasm = 0,

    /// <summary>Blepharospasm.</summary>
    Blepharospasm = 1,

    /// <summary>Anything else; no label in the catalogue names it.</summary>
    Other = 2,
}

/// <summary>Whether a label names an indication.</summary>
public enum LabelStatus
{
    /// <summary>The catalogue does not say.</summary>
    Unknown = 0,

    /// <summary>Named in the label.</summary>
    On = 1,

    /// <summary>Not named in the label; justification and consent are recorded.</summary>
    Off = 2,
}

/// <summary>What a rule looks at. The name in the data files is the same in lower case with hyphens.</summary>
public enum RuleCheck
{
    /// <summary>Dose of each point.</summary>
    SiteDose,

    /// <summary>Usual dose of each point in a first treatment with the product.</summary>
    SiteRangeFirst,

    /// <summary>Usual dose of each point in later treatments.</summary>
    SiteRange,

    /// <summary>Sum over the points of a group of sites on one side.</summary>
    SiteGroupDose,

    /// <summary>Volume of each point.</summary>
    SiteVolume,

    /// <summary>Dose of each point on the side without spasm.</summary>
    ContralateralDose,

    /// <summary>Each point against the last dose at its site and side.</summary>
    RepeatTimes,

    /// <summary>A raised point although the last effect held.</summary>
    RepeatHeld,

    /// <summary>Sum round one eye.</summary>
    EyeDose,

    /// <summary>Sum round one eye in a first treatment with the product.</summary>
    EyeDoseFirst,

    /// <summary>Sum round one eye in a patient never treated with any toxin.</summary>
    EyeDoseNaive,

    /// <summary>Sum of one side.</summary>
    SideDose,

    /// <summary>Sum of the treatment.</summary>
    TreatmentDose,

    /// <summary>Sum of the treatment in a patient never treated with any toxin.</summary>
    TreatmentDoseNaive,

    /// <summary>Usual sum of a first treatment.</summary>
    TreatmentRangeFirst,

    /// <summary>Sum of the product over a number of days, both ends counted.</summary>
    WindowDays,

    /// <summary>Sum of the product over a number of calendar months, both ends counted.</summary>
    WindowMonths,

    /// <summary>Days since the last treatment.</summary>
    IntervalDays,

    /// <summary>Calendar months since the last treatment.</summary>
    IntervalMonths,

    /// <summary>Another product was given not long ago.</summary>
    OtherProduct,

    /// <summary>An earlier treatment of which product, units or day is not known.</summary>
    EarlierUnknown,

    /// <summary>An earlier treatment dated after today.</summary>
    EarlierInFuture,

    /// <summary>Thickness of the needle.</summary>
    Needle,

    /// <summary>Strength after mixing, at some sites.</summary>
    Concentration,

    /// <summary>A zone to leave out after double vision.</summary>
    ZoneAfterDiplopia,

    /// <summary>No site limit is known for the product.</summary>
    NoLimit,

    /// <summary>What a label names.</summary>
    LabelStatus,

    /// <summary>The catalogue does not know what the label names.</summary>
    LabelUnknown,

    /// <summary>Lowest age.</summary>
    Age,

    /// <summary>The age is not known.</summary>
    AgeUnknown,

    /// <summary>An age from which doses start low.</summary>
    Elderly,

    /// <summary>A health question answered yes, or not answered.</summary>
    Question,

    /// <summary>Points on the side without spasm.</summary>
    SideOpposite,

    /// <summary>Points only on the side without spasm.</summary>
    SideWrong,

    /// <summary>The side of the condition is not known.</summary>
    SideUnknown,

    /// <summary>Two points at one place.</summary>
    Duplicate,

    /// <summary>One point twice.</summary>
    SameId,

    /// <summary>A point of 0 U.</summary>
    NoDose,

    /// <summary>A site that the face atlas does not hold.</summary>
    UnknownSite,

    /// <summary>Deeper than usual at the site.</summary>
    Depth,

    /// <summary>A plan without points.</summary>
    EmptyPlan,

    /// <summary>A point in an avoid zone.</summary>
    Zone,

    /// <summary>A point close to the midline of a one-sided plan.</summary>
    Midline,

    /// <summary>No vial is chosen.</summary>
    VialNone,

    /// <summary>The vial holds another product.</summary>
    VialProduct,

    /// <summary>The vial is not mixed.</summary>
    VialNotMixed,

    /// <summary>The vial is mixed to another strength.</summary>
    VialStrength,

    /// <summary>The lot is past its expiry.</summary>
    VialExpired,

    /// <summary>The vial holds too little.</summary>
    VialContent,

    /// <summary>The vial is closed out.</summary>
    VialClosed,

    /// <summary>The vial served another patient.</summary>
    SinglePatient,

    /// <summary>Time after mixing.</summary>
    BeyondUse,

    /// <summary>Time after mixing is not known.</summary>
    BeyondUseUnknown,

    /// <summary>Steps of the syringe.</summary>
    Graduation,

    /// <summary>Less than one step of the syringe.</summary>
    GraduationLeast,

    /// <summary>Most diluent in a vial.</summary>
    DiluentMost,

    /// <summary>Sizes of vials; a fact, not a check of a plan.</summary>
    VialSizes,

    /// <summary>Storage before mixing; a fact.</summary>
    Storage,

    /// <summary>What to mix with; a fact.</summary>
    Diluent,

    /// <summary>A mixture named by a label; a fact.</summary>
    Mix,

    /// <summary>What to look at when mixing; a fact.</summary>
    VialChecks,

    /// <summary>Unverified rules that nobody confirmed.</summary>
    RulesUnconfirmed,

    /// <summary>The clinic's label region is not set.</summary>
    RegionUnknown,
}
