using System.Globalization;
using Facialis.Toxin;
using Facialis.VirtualPatient.Calibration;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.Spread;

namespace Facialis.Claims.Scores;

/// <summary>The usual plan of the dose table outranks a plan by chance, and where the order of plans turns round within the profiles, the page says so.</summary>
internal static class ScoresHold
{
    private const int Cases = 200;

    /// <summary>People like the case's person, who differ in their answer to toxin.</summary>
    private const int People = 60;

    private const double Wanted = 0.95;

    public static Claim Claim { get; } = new(
        "scores-hold", "An expert-like plan outranks a random safe plan; where the ranking of plans flips within the parameters' profiles, the page says so.", Holds);

    private static bool Holds(string[] arguments)
    {
        var cases = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : Cases;
        var skills = new (double Expert, double Chance)[cases];
        Parallel.For(0, cases, i =>
        {
            var person = VirtualPerson.FromSeed((ulong)(i + 1));
            var scorer = new PlanScorer(person.Side, new PopulationWishes { People = People, Seed = person.Seed, Like = person, Threads = 1 });
            skills[i] = (scorer.Score(Usual(person)).Skill, scorer.Score(ByChance(person)).Skill);
        });
        var above = skills.Count(s => s.Expert > s.Chance);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"skill of the usual plan: median {Median.Of(skills.Select(s => s.Expert)):0.0}; of a plan by chance: {Median.Of(skills.Select(s => s.Chance)):0.0}"));
        foreach (var (skill, i) in skills.Select((s, i) => (s, i)).Where(s => s.s.Expert <= s.s.Chance).Take(10))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {i + 1}: usual {skill.Expert:0.0}, by chance {skill.Chance:0.0}"));
        }

        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "virtual-patient.md"));
        var told = CalibrationPage.Place(page, CalibrationPage.Write(CalibrationStudy.Run(null, progress: null, cancel: default))) == page;
        Console.WriteLine(told
            ? "docs/virtual-patient.md says, as the calibration finds it anew, where the order of six plans turns round."
            : "docs/virtual-patient.md is not what the calibration finds: facialis calibrate --out docs/virtual-patient.md");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"scores-hold: the usual plan outranks a random safe plan in {above} of {cases} ({(double)above / cases:0.0%}; wanted {Wanted:0%}), turned orders told: {(told ? "yes" : "no")}"));
        return above >= Wanted * cases && told;
    }

    /// <summary>What the dose table of the face map begins with: every site that it always starts, at the lower usual dose; the rules' own zones permitting.</summary>
    private static List<Deposit> Usual(VirtualPerson person)
    {
        var usual = ToxinCatalogue.Current.SiteDoses
            .Where(dose => dose.Max.Product.Id == ModelParameters.Current.ProductId && dose.StartLow.Units.Number > 0)
            .ToDictionary(dose => dose.SiteId, dose => (double)dose.UsualLow.Units.Number, StringComparer.Ordinal);
        var permitted = new PermittedNeedles(ModelParameters.Current, person.Side);
        return [.. permitted.Sites.Zip(permitted.Needles).Where(s => usual.ContainsKey(s.First.Id)).Select(s => s.Second with { Units = usual[s.First.Id] })];
    }

    /// <summary>Three to eight needles at permitted sites with room between them, each with steps of a syringe up to what its site may get.</summary>
    private static List<Deposit> ByChance(VirtualPerson person)
    {
        var permitted = new PermittedNeedles(ModelParameters.Current, person.Side);
        var draws = Draws.Of(person.Seed, ChancePurpose.Search, 1);
        var units = new double[permitted.Needles.Count];
        var wanted = 3 + (int)(draws.Uniform() * 6);
        for (var tries = 0; tries < 200 && units.Count(u => u > 0) < wanted; tries++)
        {
            var needle = (int)(draws.Uniform() * units.Length);
            if (units[needle] == 0 && permitted.HasRoom(needle, units))
            {
                units[needle] = PlanSearch.Step * (1 + (int)(draws.Uniform() * Math.Floor(permitted.Ceilings[needle] / PlanSearch.Step)));
            }
        }

        return [.. permitted.Needles.Zip(units, (needle, u) => needle with { Units = u }).Where(d => d.Units > 0)];
    }
}
