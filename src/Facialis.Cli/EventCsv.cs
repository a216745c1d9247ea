using System.Globalization;
using Facialis.Anatomy;
using Facialis.Spasm.Report;

namespace Facialis.Cli;

/// <summary>Events as rows of CSV (RFC 4180).</summary>
internal static class EventCsv
{
    public const string Header =
        "file,number,side,kind,start_s,end_s,peak_s,duration_s,regions,lid_closure,lid_iod,mouth_iod,brow_iod,brow_lift,strength,counted";

    public static string Row(string file, SpasmEvent e) => string.Create(CultureInfo.InvariantCulture,
        $"{Quoted(file == "-" ? "standard input" : file)},{e.Number},{Sides.Word(e.Side)},{e.Kind},{e.StartSeconds:0.###},{e.EndSeconds:0.###},{e.PeakSeconds:0.###},{e.DurationSeconds:0.###},{string.Join(' ', e.Regions)},{e.LidClosure:0.###},{e.LidIod:0.####},{e.MouthIod:0.####},{e.BrowIod:0.####},{(e.BrowLiftWithClosure ? "yes" : "no")},{e.Strength:0.#},{(e.Counted ? "yes" : "no")}");

    private static string Quoted(string text)
    {
        // A name that begins like a formula must not become one in a spreadsheet.
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
