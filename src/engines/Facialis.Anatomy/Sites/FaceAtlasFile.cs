using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy.Muscles;

namespace Facialis.Anatomy.Sites;

/// <summary>Reads the atlas from the data that the assembly carries.</summary>
internal static partial class FaceAtlasFile
{
    /// <summary>The atlas, or an exception that says what is wrong with its data.</summary>
    public static FaceAtlas Load()
    {
        using var stream = typeof(FaceAtlasFile).Assembly.GetManifestResourceStream("Facialis.Anatomy.Sites.face-atlas.json")
            ?? throw new InvalidOperationException("The face atlas is missing from the assembly.");
        var file = JsonSerializer.Deserialize(stream, AtlasJson.Default.AtlasEntry)
            ?? throw new InvalidDataException("The face atlas is empty.");
        string Source(string key) => string.Join(" ", key.Split(' ').Select(part =>
            file.Sources.GetValueOrDefault(part) ?? throw new InvalidDataException($"The face atlas names no source {part}.")));
        return new FaceAtlas(
            file.Version,
            [.. file.Muscles.Select(muscle => new Muscle
            {
                Id = muscle.Id,
                Name = muscle.Name,
                Action = muscle.Action,
                Course = muscle.Course,
                Outline = Area(muscle.Outline),
                Mark = muscle.Mark,
                Source = Source(muscle.Source),
            })],
            [.. file.Sites.Select(site => new InjectionSite
            {
                Id = site.Id,
                Name = site.Name,
                ShortName = site.ShortName,
                MuscleId = site.Muscle,
                UsualPoint = Point(site.Point),
                ReachFrom = Point(site.Reach?[0] ?? site.Point),
                ReachTo = Point(site.Reach?[1] ?? site.Point),
                Depth = site.Depth,
                DepthText = site.DepthText,
                Why = site.Why,
                NeighbourEffect = site.NeighbourEffect,
                EffectMark = site.EffectMark,
                Mark = site.Mark,
                Source = string.IsNullOrEmpty(site.Landmarks) ? Source(site.Source) : $"{Source(site.Source)} Landmarks (right / left): {site.Landmarks}.",
            })],
            [.. file.Zones.Select(zone => new AvoidZone
            {
                Id = zone.Id,
                Name = zone.Name,
                Structure = zone.Structure,
                Harm = zone.Harm,
                Rule = zone.Rule,
                From = zone.From,
                Areas = [.. zone.Areas.Select(Area)],
                Mark = zone.Mark,
                Source = Source(zone.Source),
            })]);
    }

    private static FacePoint Point(decimal[] pair) => new(pair[0], pair[1]);

    private static FacePolygon Area(decimal[][] corners) => new([.. corners.Select(Point)]);

    internal sealed record AtlasEntry(
        string Version, Dictionary<string, string> Sources, List<MuscleEntry> Muscles, List<SiteEntry> Sites, List<ZoneEntry> Zones);

    internal sealed record MuscleEntry(string Id, string Name, string Action, string Course, decimal[][] Outline, SourceMark Mark, string Source);

    internal sealed record SiteEntry(
        string Id, string Name, string ShortName, string Muscle, decimal[] Point, NeedleDepth Depth, string DepthText,
        string Why, string NeighbourEffect, SourceMark EffectMark, SourceMark Mark, string Source, decimal[][]? Reach = null, string? Landmarks = null);

    internal sealed record ZoneEntry(
        string Id, string Name, string Structure, string Harm, string Rule, NeedleDepth From, decimal[][][] Areas, SourceMark Mark, string Source);

    [JsonSerializable(typeof(AtlasEntry))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    private sealed partial class AtlasJson : JsonSerializerContext;
}
