namespace Facialis.Anatomy.Sites;

/// <summary>How deep a needle goes, from the skin inwards. The order matters: a zone forbids a depth and all deeper ones.</summary>
public enum NeedleDepth
{
    /// <summary>Just under the surface, about 1 mm.</summary>
    Superficial = 0,

    /// <summary>Under the skin, as at the lids, where the skin is thin and the septum lies just beneath.</summary>
    Subcutaneous = 1,

    /// <summary>Into a muscle of middle depth.</summary>
    Mid = 2,

    /// <summary>Into a muscle under the cheek's fat.</summary>
    DeepMid = 3,

    /// <summary>Down to bone or the wall of the mouth.</summary>
    Deep = 4,
}
