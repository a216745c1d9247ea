using Facialis.Anatomy;
using Facialis.VirtualPatient.Calibration;
using Facialis.VirtualPatient.Parameters;

namespace Facialis.Engines.Tests.VirtualPatient;

public sealed class CalibrationTests
{
    private const int People = 60;
    private static readonly CalibrationSettings Quick = CalibrationSettings.Coarse with { GridSteps = 4, ProfileEvaluations = 60 };

    [Fact]
    public void Planted_constants_are_found_again_from_the_figures_they_give()
    {
        FreeParameter[] free = [Free("d50"), Free("tau"), Free("halfLife")];
        var planted = ModelParameters.Current.With("d50", 0.22).With("tau", 2.5).With("halfLife", 26);
        var loss = new CalibrationLoss(FiguresOf(planted, PublishedTargets.Current.Of(TargetSet.Shipped).Where(r => r.Measure != Measure.HalfLife)), free, ModelParameters.Current, People);

        var wide = DifferentialEvolution.Minimise(loss.Of, free.Length, 12, 10, seed: 1, Cancel);
        var found = loss.At(NelderMead.Minimise(loss.Of, wide.Places, 0.1, 200, Cancel).Places);

        Assert.All(free, f => Assert.Equal(1, found[f.Name] / planted[f.Name], 0.01));
        Assert.InRange(loss.Of(found), 0, 1e-3);
    }

    [Fact]
    public void A_constant_that_the_figures_tell_is_bounded_around_its_planted_value()
    {
        FreeParameter[] free = [Free("d50"), Free("tau"), Free("halfLife")];
        var planted = ModelParameters.Current.With("halfLife", 26);
        var loss = new CalibrationLoss(FiguresOf(planted, PublishedTargets.Current.Of(TargetSet.Shipped)), free, ModelParameters.Current, People);

        var profile = new ProfileMaker(Quick, Cancel).OfFree(loss, new Optimum(loss.PlacesOf(planted), 0), 2);

        Assert.Equal(ProfileVerdict.Bounded, profile.Verdict);
        Assert.InRange(26, profile.Interval.Low, profile.Interval.High);
    }

    [Fact]
    public void A_constant_that_no_figure_tells_is_not_identifiable()
    {
        // One figure, two constants: whatever the scatter of the half-life is, the half-life itself answers for the figure.
        FreeParameter[] free = [Free("halfLife"), Free("halfLifeSpread")];
        var rows = FiguresOf(ModelParameters.Current, PublishedTargets.Current.Of(TargetSet.Shipped).Where(r => r.Week == 8));
        var loss = new CalibrationLoss(rows, free, ModelParameters.Current, People);

        var profile = new ProfileMaker(Quick, Cancel).OfFree(loss, new Optimum(loss.PlacesOf(ModelParameters.Current), 0), 1);

        Assert.Equal(ProfileVerdict.NotIdentifiable, profile.Verdict);
        Assert.Equal(1, Determination.Of(loss, loss.PlacesOf(ModelParameters.Current)).SingularValues.Count(s => s > 1e-3));
    }

    [Fact]
    public void The_shipped_constants_are_followed_as_a_population_is()
    {
        var run = new StudyRun(ModelParameters.Current, PublishedTargets.Current.Protocol("orbital"), 200);
        var population = Facialis.VirtualPatient.Populations.PopulationStudy.Run(
            PublishedTargets.Current.Protocol("orbital").Deposits, PublishedTargets.Affected, new() { People = 200, StepDays = 7 }, cancel: Cancel);

        foreach (var row in PublishedTargets.Current.Rows.Where(r => r is { Measure: Measure.Improvement, Week: not null }))
        {
            Assert.Equal(population.AtWeek(row.Week!.Value), run.Of(row), 1e-12);
        }

        var brow = PublishedTargets.Current.Rows.First(r => r.Measure == Measure.BrowAsymmetry);
        Assert.Equal(population.SideEffects[4], run.Of(brow), 1e-12);
    }

    [Fact]
    public void The_whole_is_the_same_each_time_and_leaves_the_shipped_constants_alone()
    {
        var before = ModelParameters.Current.Hash;

        var first = CalibrationPage.Write(CalibrationStudy.Run(CalibrationSettings.Coarse, cancel: Cancel));

        Assert.Equal(first, CalibrationPage.Write(CalibrationStudy.Run(CalibrationSettings.Coarse, cancel: Cancel)));
        Assert.Equal(before, ModelParameters.Current.Hash);
        Assert.Contains(before, first, StringComparison.Ordinal);
        Assert.Contains($"The whole of it: {CalibrationPage.Label}.", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_band_of_counts_is_binomial_where_people_are_alike_and_wider_where_they_are_not()
    {
        // Binomial of 10 at one half: 1 or fewer 1.1 %, 2 or fewer 5.5 %.
        Assert.Equal(new CountBand(2, 8, 10), CountBand.Of95([0.5, 0.5], 10, 1));
        var (alike, unlike) = (CountBand.Of95([0.5], 10, 10), CountBand.Of95([0.1, 0.9], 10, 10));
        Assert.True(unlike.High - unlike.Low > alike.High - alike.Low + 20);
    }

    [Fact]
    public void Studies_kept_back_are_in_no_fit_and_every_figure_has_its_source()
    {
        var rows = PublishedTargets.Current.Rows;

        foreach (var study in (string[])["Cakmur", "Lolekha", "Kollewe", "Xiao"])
        {
            var found = rows.Where(r => r.Study.StartsWith(study, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, r => Assert.True(r.KeptBack && r.Fits.Count == 0));
        }

        Assert.All(rows, r => Assert.NotEmpty(r.Source));
        Assert.All(PublishedTargets.Current.Of(TargetSet.Printed), r => Assert.True(r.Mark is SourceMark.Verified or SourceMark.Derived));
        Assert.All(rows, r => Assert.NotNull(PublishedTargets.Current.Protocol(r.Protocol)));
    }

    [Fact]
    public void The_page_in_docs_is_of_the_current_constants()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "virtual-patient.md"));
        var written = page[page.IndexOf(CalibrationPage.Begin, StringComparison.Ordinal)..page.IndexOf(CalibrationPage.End, StringComparison.Ordinal)];

        Assert.Contains($"Model {ModelParameters.Current.Version}, hash `{ModelParameters.Current.Hash}`", written, StringComparison.Ordinal);
        Assert.Contains("2000 people in", written, StringComparison.Ordinal);
        Assert.Contains(CalibrationPage.Label, written, StringComparison.Ordinal);
        Assert.All(PublishedTargets.Current.Rows, r => Assert.Contains(r.What, written, StringComparison.Ordinal));
        Assert.All(PublishedTargets.Current.Rows, r => Assert.Contains(r.Source, written, StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => CalibrationPage.Place("nothing", written));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FreeParameter Free(string name) => FreeParameter.Fitted.First(f => f.Name == name);

    // The same rows with the model's own answers in place of the published figures.
    private static List<TargetRow> FiguresOf(ModelParameters planted, IEnumerable<TargetRow> rows)
    {
        var list = rows.ToList();
        var answers = new CalibrationLoss(list, [], planted, People).Answers(planted);
        return [.. list.Select((r, i) => r with { Value = answers[i] })];
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Facialis.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder;
    }
}
