using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.VirtualPatient.Faces;

namespace Facialis.VirtualPatient.Parameters;

/// <summary>Reads the constants from the data file that the assembly carries.</summary>
internal static partial class ParameterFile
{
    private const string Schema = "facialis-virtual-patient/1";

    public static ModelParameters Load()
    {
        using var stream = typeof(ParameterFile).Assembly.GetManifestResourceStream("Facialis.VirtualPatient.Parameters.model-parameters.json")
            ?? throw new InvalidOperationException("model-parameters.json is missing from the assembly.");
        var file = JsonSerializer.Deserialize(stream, ParameterJson.Default.FileContent)
            ?? throw new InvalidDataException("model-parameters.json is empty.");
        if (file.Schema != Schema)
        {
            throw new InvalidDataException($"model-parameters.json is not of schema {Schema}.");
        }

        var parameters = file.Parameters.Select(p => p.Mark == SourceMark.ClinicPolicy
            ? throw new InvalidDataException($"{p.Name}: no clinic sets the constants of the model.")
            : new ModelParameter(p.Name, p.Unit, p.Value, p.Mark, p.Source, p.Meaning)).ToList();
        var geometry = new FaceGeometry(
            [.. file.Muscles.Select(m => new VirtualMuscle(m.Id, m.Name, m.AtlasMuscle, m.Weight, m.ExcursionMm, EndplateCloud.Of(m.Kind, m.From, m.To, m.Centre, m.WidthMm, m.Endplates)))],
            [.. file.OffTargets.Select(o => new OffTarget(o.Id, o.Name, new FacePosition(o.Point[0], o.Point[1])))],
            file.GeometryMark,
            file.GeometrySource);
        return new ModelParameters(file.Version, file.Product, parameters, geometry);
    }

    private sealed record FileContent(
        string Schema, string Version, string Product, string GeometrySource, SourceMark GeometryMark,
        ParameterEntry[] Parameters, MuscleEntry[] Muscles, OffTargetEntry[] OffTargets);

    private sealed record ParameterEntry(string Name, string Unit, double Value, SourceMark Mark, string Source, string Meaning);

    private sealed record MuscleEntry(
        string Id, string Name, string AtlasMuscle, double Weight, double ExcursionMm, int Endplates,
        CloudKind Kind, double[] From, double[] To, double[]? Centre, double WidthMm);

    private sealed record OffTargetEntry(string Id, string Name, double[] Point);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(FileContent))]
    private sealed partial class ParameterJson : JsonSerializerContext;
}
