namespace Facialis.VirtualPatient.People;

/// <summary>Why a person has hemifacial spasm.</summary>
public enum SpasmCause
{
    /// <summary>A vessel lies on the nerve where it leaves the brain stem.</summary>
    NeurovascularContact = 0,

    /// <summary>No cause was found.</summary>
    Idiopathic = 1,

    /// <summary>It runs in the family.</summary>
    Hereditary = 2,

    /// <summary>After a palsy of the facial nerve.</summary>
    AfterPalsy = 3,

    /// <summary>After an injury of the facial nerve.</summary>
    NerveInjury = 4,

    /// <summary>A tumour in the angle between cerebellum and pons.</summary>
    Tumour = 5,

    /// <summary>Demyelination.</summary>
    Demyelination = 6,

    /// <summary>A stroke of the brain stem.</summary>
    BrainstemStroke = 7,
}

/// <summary>The form in which hemifacial spasm comes.</summary>
public enum SpasmForm
{
    /// <summary>By itself.</summary>
    Primary = 0,

    /// <summary>After a palsy.</summary>
    Postparalytic = 1,

    /// <summary>From another cause.</summary>
    OtherSecondary = 2,
}

/// <summary>How the contractions come.</summary>
public enum SpasmPattern
{
    /// <summary>Single twitches.</summary>
    Isolated = 0,

    /// <summary>Twitches in trains.</summary>
    Grouped = 1,

    /// <summary>Holds.</summary>
    Tonic = 2,

    /// <summary>Twitches, trains and holds.</summary>
    Mixed = 3,
}

/// <summary>Sex.</summary>
public enum Sex
{
    /// <summary>A woman.</summary>
    Female = 0,

    /// <summary>A man.</summary>
    Male = 1,
}

/// <summary>What has to be looked into before a routine treatment.</summary>
public enum RedFlagKind
{
    /// <summary>Spasm on both sides.</summary>
    BothSides = 0,

    /// <summary>Hearing loss or a noise in the ear.</summary>
    Hearing = 1,

    /// <summary>Numbness of the face.</summary>
    Numbness = 2,

    /// <summary>It began before the age of 30.</summary>
    YoungOnset = 3,

    /// <summary>Pain in the face.</summary>
    FacialPain = 4,

    /// <summary>It got worse within weeks.</summary>
    RapidProgress = 5,

    /// <summary>It began at the mouth and rose to the eye.</summary>
    MouthFirst = 6,

    /// <summary>A lump before the ear.</summary>
    ParotidMass = 7,
}
