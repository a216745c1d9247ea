namespace Facialis.VirtualPatient.Spread;

/// <summary>Where the end of the needle lies, as far as the model tells it apart.</summary>
public enum TissuePlane
{
    /// <summary>In front of the tarsal plate, which holds most of the toxin back from what lies behind.</summary>
    Pretarsal = 0,

    /// <summary>Anywhere else: nothing holds the toxin back.</summary>
    Open = 1,
}
