using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Clinic.Plans;

/// <summary>A plan as a form of rows sends it: text as typed, to be read strictly.</summary>
public sealed class PlanForm
{
    public Guid Id { get; set; }

    public int Revision { get; set; }

    public Guid ChangeId { get; set; }

    public string? Side { get; set; }

    public string? ProductId { get; set; }

    public string? VialUnits { get; set; }

    public string? DiluentMl { get; set; }

    public List<PlanRow> Rows { get; set; } = [];

    public List<string> LookedAt { get; set; } = [];

    /// <summary>The form that shows a plan, with empty rows below to add points.</summary>
    public static PlanForm Of(PlanResource? plan, Guid newId, Guid changeId, DateTimeOffset now, int emptyRows, Side? usual = null)
    {
        var form = new PlanForm
        {
            Id = plan?.Id ?? newId,
            Revision = plan?.Revision ?? 0,
            ChangeId = changeId,
            Side = (plan is null ? usual : plan.Side)?.ToString(),
            ProductId = plan?.ProductId,
            VialUnits = Text(plan?.VialUnits),
            DiluentMl = Text(plan?.DiluentMl),
            Rows = [.. (plan?.Points ?? []).Select(PlanRow.Of)],
            LookedAt = [.. plan?.LookedAt ?? []],
        };
        form.Rows.AddRange(Enumerable.Range(0, emptyRows).Select(_ => new PlanRow { Id = Guid.CreateVersion7(now), Side = form.Side }));
        return form;
    }

    /// <summary>What the form says, or null with sentences for the person.</summary>
    internal PlanChange? Read(Guid patientId, FaceAtlas atlas, List<string> faults)
    {
        var vial = ReadUnits(VialUnits, "Units in the vial", faults);
        var diluent = ReadDiluent(faults);
        List<PlanPoint> points = [];
        foreach (var (row, number) in Rows.Where(row => !string.IsNullOrEmpty(row.SiteId) && !row.Remove).Select((row, i) => (row, i + 1)))
        {
            if (row.Read(atlas, number, faults) is { } point)
            {
                points.Add(point);
            }
        }

        return faults.Count > 0 ? null : new PlanChange(
            patientId, Revision, ChangeId, ReadSide(Side), string.IsNullOrEmpty(ProductId) ? null : ProductId, vial, diluent, points, LookedAt);
    }

    internal static Side? ReadSide(string? text) => Enum.TryParse<Side>(text, out var side) && Enum.IsDefined(side) ? side : null;

    internal static decimal? ReadUnits(string? text, string what, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (Units.TryRead(text, out var units, out var refusal))
        {
            return units.Number;
        }

        faults.Add($"{what}: {refusal}");
        return null;
    }

    internal static string? Text(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture);

    private decimal? ReadDiluent(List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(DiluentMl))
        {
            return null;
        }

        if (Millilitres.TryRead(DiluentMl, out var volume, out var refusal))
        {
            return volume.Number;
        }

        faults.Add($"Diluent: {refusal}");
        return null;
    }
}

/// <summary>One row of the form: a point, or room for one.</summary>
public sealed class PlanRow
{
    public Guid Id { get; set; }

    public string? SiteId { get; set; }

    public string? Side { get; set; }

    public string? Units { get; set; }

    /// <summary>The site that the position below belongs to; another site takes its own usual point.</summary>
    public string? PlacedSiteId { get; set; }

    public string? LateralIpd { get; set; }

    public string? DownIpd { get; set; }

    public string? Depth { get; set; }

    /// <summary>Dose of the copied point; empty where it was placed anew.</summary>
    public string? CopiedUnits { get; set; }

    /// <summary>A copied point that nobody had confirmed when the form was shown.</summary>
    public bool WasUnconfirmed { get; set; }

    public bool Confirm { get; set; }

    public bool Remove { get; set; }

    public static PlanRow Of(PlanPoint point) => new()
    {
        Id = point.Id,
        SiteId = point.SiteId,
        Side = point.Side.ToString(),
        Units = point.Units == 0 ? null : PlanForm.Text(point.Units),
        PlacedSiteId = point.SiteId,
        LateralIpd = PlanForm.Text(point.LateralIpd),
        DownIpd = PlanForm.Text(point.DownIpd),
        Depth = point.Depth.ToString(),
        CopiedUnits = PlanForm.Text(point.CopiedUnits),
        WasUnconfirmed = point.Unconfirmed,
    };

    public PlanPoint? Read(FaceAtlas atlas, int number, List<string> faults)
    {
        var site = atlas.FindSite(SiteId!); // only rows with a site are read
        if (site is null)
        {
            faults.Add($"Point {number}: choose the site from the list.");
            return null;
        }

        if (PlanForm.ReadSide(Side) is not { } side)
        {
            faults.Add($"Point {number}, {site.Name}: choose the patient's right or left.");
            return null;
        }

        var place = PlacedSiteId == SiteId && Number(LateralIpd) is { } lateral && Number(DownIpd) is { } down
            ? FacePoint.Nearest(lateral, down)
            : site.UsualPoint;
        var depth = PlacedSiteId == SiteId && Enum.TryParse<NeedleDepth>(Depth, out var kept) && Enum.IsDefined(kept) ? kept : site.Depth;
        var units = PlanForm.ReadUnits(Units, $"Point {number}, {site.Name}", faults) ?? 0;
        if (units % PlanPoint.Step != 0)
        {
            faults.Add($"Point {number}, {site.Name}: doses go in steps of 0.25 U.");
        }

        return new PlanPoint(Id, site.Id, side, place.LateralIpd, place.DownIpd, depth, units, WasUnconfirmed && !Confirm, Number(CopiedUnits));
    }

    // Hidden fields that this page itself wrote.
    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
