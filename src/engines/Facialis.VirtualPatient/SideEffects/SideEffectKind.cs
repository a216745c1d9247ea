namespace Facialis.VirtualPatient.SideEffects;

/// <summary>What can go wrong in the model.</summary>
public enum SideEffectKind
{
    /// <summary>Drooping upper lid.</summary>
    Ptosis = 0,

    /// <summary>Double vision.</summary>
    Diplopia = 1,

    /// <summary>Weakness of the lower face: drooping corner of the mouth, uneven smile.</summary>
    LowerFaceWeakness = 2,

    /// <summary>The eye does not close fully.</summary>
    Lagophthalmos = 3,

    /// <summary>Uneven brows.</summary>
    BrowAsymmetry = 4,

    /// <summary>A bruise.</summary>
    Bruise = 5,
}
