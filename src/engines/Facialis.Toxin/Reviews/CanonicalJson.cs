using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Facialis.Toxin;

/// <summary>Writes plans and reviews so that equal ones are equal bytes: what is signed is a hash over them.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(InjectionPlan plan) => Write(json =>
    {
        json.WriteString("format", "facialis-injection-plan/1");
        Number(json, "ipdMm", plan.Frame.IpdMm);
        if (plan.NeedleGauge is { } gauge)
        {
            json.WriteNumber("needleGauge", gauge);
        }

        json.WriteStartArray("points");
        foreach (var point in plan.Points)
        {
            json.WriteStartObject();
            json.WriteString("depth", point.Depth.ToString());
            Number(json, "downIpd", point.Placed.Point.DownIpd);
            json.WriteString("id", point.Id);
            Number(json, "lateralIpd", point.Placed.Point.LateralIpd);
            json.WriteString("side", point.Side.ToString());
            json.WriteString("site", point.SiteId);
            Number(json, "units", point.Units.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("product", plan.Product.Id);
        if (plan.Strength is { } strength)
        {
            json.WriteStartObject("strength");
            Number(json, "diluentMl", strength.Diluent.Number);
            Number(json, "vialUnits", strength.Vial.Units.Number);
            json.WriteEndObject();
        }
    });

    public static byte[] Of(PlanReview review) => Write(json =>
    {
        json.WriteString("at", review.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("atlas", review.AtlasVersion);
        json.WriteString("catalogue", review.CatalogueVersion);
        json.WriteString("day", review.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteStartArray("findings");
        foreach (var finding in review.Findings)
        {
            json.WriteStartObject();
            if (finding.ConfirmedBy is { } name)
            {
                json.WriteString("confirmedBy", name);
            }

            json.WriteString("mark", finding.Mark.ToString());
            json.WriteString("message", finding.Message);
            json.WriteString("needs", finding.Needs.ToString());
            json.WriteStartArray("points");
            foreach (var id in finding.PointIds)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteString("remedy", finding.Remedy);
            json.WriteNumber("revision", finding.Revision);
            json.WriteString("rule", finding.RuleId);
            json.WriteString("severity", finding.Severity.ToString());
            json.WriteString("source", finding.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("format", "facialis-plan-review/1");
        json.WriteString("product", review.ProductId);
        json.WriteString("region", review.Region.ToString());
    });

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    // Without zeros at the end, whatever the number was made of.
    private static void Number(Utf8JsonWriter json, string name, decimal value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(StrictNumber.Write(value));
    }
}
