using System.Globalization;
using System.Text.Json;

namespace Facialis.Anatomy.Recordings;

/// <summary>Says where JSON is wrong. The library's own message quotes the file, at any length: not for a person, nor for a log.</summary>
internal static class JsonFault
{
    public static string Describe(Exception failure) => failure is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {position + 1} is not JSON")
        : "a value is of another kind than it should be, or too large";
}
