using System.CommandLine;
using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.Cli;

/// <summary>A plan for virtual people on the command line: <c>--points OO_UP_PT_LAT=1.25,OO_LO_PT_LAT=2.5</c>, at the usual points of the sites.</summary>
internal sealed class SimulatedPlan
{
    private readonly Option<string> _points = new("--points")
    {
        Description = "Sites and units: OO_UP_PT_LAT=1.25,OO_LO_PT_LAT=2.5. Units are those of the model's product.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<decimal> _dilution = new("--diluent-ml") { Description = "Diluent in a vial of 100 units, mL.", DefaultValueFactory = _ => 4m };

    public void AddTo(Command command)
    {
        command.Options.Add(_points);
        command.Options.Add(_dilution);
    }

    /// <summary>The plan for one side; null where no points were given.</summary>
    /// <exception cref="UsageException">A site is not on the face map, or a dose is no dose.</exception>
    public InjectionPlan? Read(ParseResult parsed, Side side, FacialFrame? frame = null)
    {
        var product = ToxinCatalogue.Current.FindProduct(ModelParameters.Current.ProductId)
            ?? throw new InvalidOperationException("The model's product is not in the catalogue.");
        var points = (parsed.GetValue(_points) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select((text, i) => Point(text, i, side)).ToList();
        var diluent = parsed.GetValue(_dilution);
        if (diluent is <= 0 or > 20)
        {
            throw new UsageException("The diluent is more than 0 and at most 20 mL.");
        }

        return points.Count == 0
            ? null
            : new InjectionPlan(product, points, new Concentration(new Dose(product, 100m), new Millilitres(diluent)), frame: frame);
    }

    private static PlannedPoint Point(string text, int number, Side side)
    {
        var parts = text.Split('=');
        if (parts.Length != 2 || FaceAtlas.Current.FindSite(parts[0]) is not { } site)
        {
            throw new UsageException($"\"{text}\" is no point. Write SITE=UNITS with a site of the face map: {string.Join(", ", FaceAtlas.Current.Sites.Select(s => s.Id))}.");
        }

        if (!decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            || units is <= 0 or > 100 || units % PlanPoint.Step != 0)
        {
            throw new UsageException($"\"{text}\": a dose is more than 0 and at most 100 units, in steps of 0.25.");
        }

        var id = new Guid(number + 1, 0, 0, new byte[8]); // the same command gives the same plan
        return new PlannedPoint(new PlacedPoint(id, site.Id, side, site.UsualPoint), new Units(units), site.Depth);
    }
}
