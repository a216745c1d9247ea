using System.Globalization;
using System.Text;
using static Facialis.VirtualPatient.Calibration.CalibrationPage;

namespace Facialis.VirtualPatient.Calibration;

/// <summary>What a calibration says of the constants: where a refit would move them, and what is not told by the figures.</summary>
internal static class ConstantTables
{
    public static void Write(StringBuilder text, CalibrationReport report)
    {
        Line(text, $"");
        Line(text, $"### The constants");
        Line(text, $"");
        Line(text, $"The interval holds the values that fit no worse than {ParameterProfile.Threshold:0.00} above the least loss, the others fitted again. It would be one of 95 % if");
        Line(text, $"the tolerances were standard errors and the model right; neither is so. It is read as what the figures can tell at most.");
        Line(text, $"");
        Line(text, $"| constant | unit | shipped | fit 1 | interval | verdict | fit 2 | interval | verdict |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var free in FreeParameter.Fitted)
        {
            var (first, second) = (report.Profiles.First(p => p.Name == free.Name), report.PrintedProfiles.First(p => p.Name == free.Name));
            Line(text, $"| `{free.Name}` | {report.Model.Find(free.Name).Unit} | {Short(report.Model[free.Name])} | {Short(report.Fits[0].Refitted[free.Name])} | {Interval(first)} | {Words(free, first)} | {Short(report.Fits[1].Refitted[free.Name])} | {Interval(second)} | {Words(free, second)} |");
        }

        Line(text, $"");
        Line(text, $"**Combinations.** Singular values {string.Join(", ", report.Determination.SingularValues.Select(Short))}: {report.Determination.Determined} of {FreeParameter.Fitted.Count} combinations move the eleven figures by more than one tolerance");
        Line(text, $"over the range searched. Told least: {string.Join(", ", FreeParameter.Fitted.Select((f, i) => (f.Name, Part: report.Determination.Weakest[i])).OrderByDescending(p => Math.Abs(p.Part)).Take(4).Select(p => p.Name + " " + p.Part.ToString("+0.00;-0.00", CultureInfo.InvariantCulture)))}.");
        Line(text, $"");
        Line(text, $"**Held fast.** These are not fitted; moved alone, the seven others fitted again, they would give:");
        Line(text, $"");
        Line(text, $"| constant | unit | shipped | least loss at | loss there | loss shipped | interval | verdict |");
        Line(text, $"|---|---|---|---|---|---|---|---|");
        foreach (var held in FreeParameter.HeldFast)
        {
            var profile = report.Held.First(p => p.Name == held.Name);
            var shipped = profile.Points.MinBy(p => Math.Abs(p.Value - report.Model[held.Name]))!;
            Line(text, $"| `{held.Name}` | {report.Model.Find(held.Name).Unit} | {Short(report.Model[held.Name])} | {Short(profile.Best)} | {profile.Least:0.0} | {shipped.Loss:0.0} | {Interval(profile)} | {Words(held, profile)} |");
        }

        Line(text, $"");
        Line(text, $"**Not to be told from these figures:** {NotTold(report)}. The positions of nerve endings, the barrier of the tarsus, and every constant of side effects, spasms and diary were not tried.");
        Profiles(text, "Profiles, fit 1", [.. report.Profiles, .. report.Held]);
        Profiles(text, "Profiles, fit 2", report.PrintedProfiles);
    }

    private static void Profiles(StringBuilder text, string title, IReadOnlyList<ParameterProfile> profiles)
    {
        Line(text, $"");
        Line(text, $"**{title}:** value: loss, the others fitted again.");
        Line(text, $"");
        foreach (var profile in profiles)
        {
            Line(text, $"- `{profile.Name}` {string.Join("; ", profile.Points.Select(p => $"{Short(p.Value)}: {p.Loss.ToString("0.0", CultureInfo.InvariantCulture)}"))}");
        }
    }

    private static string NotTold(CalibrationReport report)
    {
        var names = report.Profiles.Select(p => (p, "fit 1")).Concat(report.PrintedProfiles.Select(p => (p, "fit 2"))).Concat(report.Held.Select(p => (p, "held fast")))
            .Where(p => p.p.Verdict == ProfileVerdict.NotIdentifiable).Select(p => $"`{p.p.Name}` ({p.Item2})").ToList();
        return names.Count > 0 ? string.Join(", ", names) : "none is flat over the whole range searched, but see what is open or weak above";
    }

    private static string Words(FreeParameter parameter, ParameterProfile profile)
    {
        var (low, high) = profile.Interval;
        var isWide = parameter.PlaceOf(high) - parameter.PlaceOf(low) > 0.5;
        return profile.Verdict switch
        {
            ProfileVerdict.NotIdentifiable => "**not identifiable**",
            ProfileVerdict.OpenBelow => isWide ? "**weak**, open below" : "open below",
            ProfileVerdict.OpenAbove => isWide ? "**weak**, open above" : "open above",
            _ => isWide ? "**weak**" : "bounded",
        };
    }

    private static string Interval(ParameterProfile profile) => $"{Short(profile.Interval.Low)} to {Short(profile.Interval.High)}";

    private static string Short(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.0" : Math.Abs(value) >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
}
