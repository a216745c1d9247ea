using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>The published figures that the model is held against, from the data file that the assembly carries.</summary>
public sealed partial record PublishedTargets(IReadOnlyList<StudyProtocol> Protocols, IReadOnlyList<TargetRow> Rows)
{
    private const string Schema = "facialis-calibration-targets/1";
    private const string Resource = "Facialis.VirtualPatient.Calibration.published-targets.json";
    private static readonly Lazy<PublishedTargets> Loaded = new(Load);

    /// <summary>The figures of this build.</summary>
    public static PublishedTargets Current => Loaded.Value;

    /// <summary>The side that has the spasm in every protocol.</summary>
    internal const Side Affected = Side.PatientLeft;

    /// <summary>The plan of that id.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public StudyProtocol Protocol(string id) => Protocols.First(p => p.Id == id);

    /// <summary>The figures of a set.</summary>
    public IReadOnlyList<TargetRow> Of(TargetSet set) => [.. Rows.Where(r => r.Fits.Contains(set))];

    private static PublishedTargets Load()
    {
        using var stream = typeof(PublishedTargets).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("published-targets.json is missing from the assembly.");
        var file = JsonSerializer.Deserialize(stream, TargetJson.Default.FileContent)
            ?? throw new InvalidDataException("published-targets.json is empty.");
        if (file.Schema != Schema)
        {
            throw new InvalidDataException($"published-targets.json is not of schema {Schema}.");
        }

        var protocols = file.Protocols.Select(p => new StudyProtocol(
            p.Id, p.Name, p.Assumed, [.. p.Points.Select(x => At(x, Affected)), .. p.Healthy.Select(x => At(x, Affected.Opposite()))])).ToList();
        var rows = file.Rows.Select(r => new TargetRow(
            r.Study, r.What, r.Protocol, r.Measure, r.Value, r.Unit, r.Product, r.Mark, r.Source, r.Week, r.Tolerance,
            r.Fits ?? [], r.KeptBack, r.Events, r.Of, r.Patients, r.Against, r.Expect)).ToList();
        foreach (var row in rows)
        {
            // A study that was kept back and fitted to would be no test at all.
            if ((row.KeptBack && row.Fits.Count > 0) || (row.Fits.Count > 0 && row is not { Value: not null, Tolerance: > 0 }) || (row.Against is null) != (row.Expect is null))
            {
                throw new InvalidDataException($"{row.Study}, {row.What}: the row contradicts itself.");
            }
        }

        return new PublishedTargets(protocols, rows);
    }

    private static Deposit At(double[] point, Side side)
    {
        var position = new FacePosition(point[0], point[1]);
        return new Deposit(side, position, point[2], point[3], Deposit.PlaneAt(position, NeedleDepth.Subcutaneous));
    }

    private sealed record FileContent(string Schema, ProtocolEntry[] Protocols, RowEntry[] Rows);

    private sealed record ProtocolEntry(string Id, string Name, bool Assumed, double[][] Points, double[][] Healthy);

    private sealed record RowEntry(
        string Study, string What, string Protocol, Measure Measure, double? Value, string Unit, string Product, SourceMark Mark, string Source,
        int? Week, double? Tolerance, TargetSet[]? Fits, bool KeptBack, int? Events, int? Of, int? Patients, string? Against, Expectation? Expect);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(FileContent))]
    private sealed partial class TargetJson : JsonSerializerContext;
}
