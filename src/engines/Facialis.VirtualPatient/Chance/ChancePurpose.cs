namespace Facialis.VirtualPatient.Chance;

/// <summary>What a stream of chance is for. A new purpose goes to the end: the numbers are part of every seed's meaning.</summary>
public enum ChancePurpose
{
    /// <summary>Who the person is.</summary>
    Person = 0,

    /// <summary>What the face looks like.</summary>
    Face = 1,

    /// <summary>How the spasm behaves.</summary>
    Spasm = 2,

    /// <summary>How the person answers to toxin.</summary>
    Frailty = 3,

    /// <summary>Health, red flags and earlier treatments.</summary>
    History = 4,

    /// <summary>Where the needle of a treatment really went.</summary>
    Placement = 5,

    /// <summary>Which side effects a treatment had, and when.</summary>
    SideEffects = 6,

    /// <summary>What the diary says.</summary>
    Diary = 7,

    /// <summary>What a recording shows: spasms.</summary>
    Drive = 8,

    /// <summary>What a recording shows: blinks, words and turns of the head.</summary>
    Voluntary = 9,

    /// <summary>How the camera saw a recording.</summary>
    Camera = 10,

    /// <summary>Search for the best plan.</summary>
    Search = 11,

    /// <summary>Resampling for standard errors.</summary>
    Bootstrap = 12,
}
