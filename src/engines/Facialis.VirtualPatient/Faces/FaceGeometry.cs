using System.Globalization;
using System.Text;
using Facialis.Anatomy;

namespace Facialis.VirtualPatient.Faces;

/// <summary>Where nerve endings and other structures of the model lie on one half of the face; the other half mirrors it.</summary>
public sealed class FaceGeometry
{
    private readonly Dictionary<string, int> _muscleIndex;

    internal FaceGeometry(IReadOnlyList<VirtualMuscle> muscles, IReadOnlyList<OffTarget> offTargets, SourceMark mark, string source)
    {
        (Muscles, OffTargets, Mark, Source) = (muscles, offTargets, mark, source);
        _muscleIndex = muscles.Select((m, i) => (m.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        EndplatesPerMuscle = muscles[0].Endplates.Count;
        if (muscles.Any(m => m.Endplates.Count != EndplatesPerMuscle))
        {
            throw new InvalidDataException("Every muscle has the same number of nerve endings.");
        }

        var count = muscles.Count * EndplatesPerMuscle;
        EndplateLateral = new double[count];
        EndplateDown = new double[count];
        for (var i = 0; i < count; i++)
        {
            var place = muscles[i % muscles.Count].Endplates[i / muscles.Count];
            (EndplateLateral[i], EndplateDown[i]) = (place.LateralIpd, place.DownIpd);
        }
    }

    /// <summary>The muscles; every list of values per muscle is in this order.</summary>
    public IReadOnlyList<VirtualMuscle> Muscles { get; }

    /// <summary>What toxin should not reach.</summary>
    public IReadOnlyList<OffTarget> OffTargets { get; }

    /// <summary>How well the positions are founded.</summary>
    public SourceMark Mark { get; }

    /// <summary>Where they come from, for people.</summary>
    public string Source { get; }

    /// <summary>Nerve endings of each muscle.</summary>
    public int EndplatesPerMuscle { get; }

    /// <summary>Lateral positions of all nerve endings, IPD: the first of every muscle, then the second of every muscle, and so on.</summary>
    internal double[] EndplateLateral { get; }

    /// <summary>Positions below the pupils of all nerve endings in the same order, IPD.</summary>
    internal double[] EndplateDown { get; }

    /// <summary>Place of a muscle in every list of values per muscle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such muscle.</exception>
    public int IndexOf(string muscleId) => _muscleIndex.TryGetValue(muscleId, out var index)
        ? index
        : throw new ArgumentOutOfRangeException(nameof(muscleId), muscleId, "The model has no such muscle.");

    internal void AppendCanonical(StringBuilder text)
    {
        foreach (var muscle in Muscles)
        {
            text.Append(CultureInfo.InvariantCulture, $"muscle {muscle.Id} {muscle.Weight:R} {muscle.ExcursionMm:R}");
            foreach (var place in muscle.Endplates)
            {
                text.Append(CultureInfo.InvariantCulture, $" {place.LateralIpd:R},{place.DownIpd:R}");
            }

            text.Append('\n');
        }

        foreach (var target in OffTargets)
        {
            text.Append(CultureInfo.InvariantCulture, $"structure {target.Id} {target.Point.LateralIpd:R},{target.Point.DownIpd:R}\n");
        }
    }
}
