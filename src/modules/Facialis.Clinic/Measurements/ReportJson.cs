using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Spasm.Report;

namespace Facialis.Clinic.Measurements;

/// <summary>A report as JSON: names in camel case, enums as words, so that it reads the same in the database, the API and a download.</summary>
internal static class ReportJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(SpasmReport report) => JsonSerializer.Serialize(report, Options);

    public static SpasmReport Read(string json) => JsonSerializer.Deserialize<SpasmReport>(json, Options)
        ?? throw new JsonException("A stored report is empty.");
}
