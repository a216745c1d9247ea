using Facialis.Anatomy.Recordings;

namespace Facialis.Spasm.Signals;

/// <summary>Where in a frame each landmark stands; a recording may hold a selection only.</summary>
internal sealed class LandmarkSlots
{
    private readonly Dictionary<int, int> _slots;
    private readonly string _scheme;

    public LandmarkSlots(RecordingHeader header)
    {
        _scheme = header.Scheme.Title;
        _slots = header.LandmarkIndices.Select((index, slot) => (index, slot)).ToDictionary(pair => pair.index, pair => pair.slot);
    }

    public bool Has(int landmark) => _slots.ContainsKey(landmark);

    /// <exception cref="RecordingFormatException">The recording lacks that landmark.</exception>
    public int Of(int landmark) => _slots.TryGetValue(landmark, out var slot)
        ? slot
        : throw new RecordingFormatException($"The recording lacks landmark {landmark} of {_scheme}, which measuring needs. Record or export it again with the default selection of landmarks.");

    public int[] Of(IReadOnlyList<int> landmarks) => [.. landmarks.Select(Of)];
}
