namespace Facialis.Anatomy.Synthesis;

/// <summary>What one half of a generated face can do.</summary>
public enum FaceAction
{
    /// <summary>Both lids close; 1 is shut.</summary>
    CloseLids = 0,

    /// <summary>The corner of the mouth goes up and outwards; interocular distances.</summary>
    PullCorner = 1,

    /// <summary>The brow goes up; interocular distances.</summary>
    LiftBrow = 2,

    /// <summary>The upper lip goes up; interocular distances.</summary>
    LiftLip = 3,

    /// <summary>The corner of the mouth goes down; interocular distances.</summary>
    LowerCorner = 4,

    /// <summary>The chin goes up; interocular distances.</summary>
    RaiseChin = 5,

    /// <summary>The corner of the mouth goes to the middle and forwards; interocular distances.</summary>
    PurseLip = 6,

    /// <summary>The inner end of the brow goes in and down; interocular distances.</summary>
    Frown = 7,

    /// <summary>The cheek rises under the eye; interocular distances.</summary>
    RaiseCheek = 8,

    /// <summary>The upper lid hangs; 1 is shut.</summary>
    DroopLid = 9,
}
