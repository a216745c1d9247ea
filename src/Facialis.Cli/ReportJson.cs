using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Facialis.Cli;

/// <summary>The report contract as JSON: names in camelCase, words for enumerations; one line each.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for a terminal or a file, never for a page
    };

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Options);
}
