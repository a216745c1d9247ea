using System.Text.Json;
using Facialis.Cli;

namespace Facialis.Engines.Tests.Cli;

public sealed class SimulateTests : IDisposable
{
    private const string Orbital = "OO_UP_PT_LAT=2.5,OO_LO_PT_LAT=2.5,OO_ORB_LATCANTH=5,OO_ORB_INFLAT=5";
    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-simulate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_seed_is_the_same_person_and_another_is_another()
    {
        var first = await Run("simulate", "person", "--seed", "7", "--json");

        Assert.Equal(0, first.Code);
        Assert.Equal(first.Output, (await Run("simulate", "person", "--seed", "7", "--json")).Output);
        Assert.NotEqual(first.Output, (await Run("simulate", "person", "--seed", "8", "--json")).Output);
        Assert.Equal(7UL, JsonDocument.Parse(first.Output).RootElement.GetProperty("seed").GetUInt64());
    }

    [Fact]
    public async Task Weeks_are_a_table_and_an_untreated_person_stays_as_before()
    {
        var treated = (await Run("simulate", "weeks", "--seed", "7", "--points", Orbital, "--csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var untreated = (await Run("simulate", "weeks", "--seed", "7", "--csv")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(18, treated.Length);
        Assert.StartsWith("0,1.0000,0.0000", treated[1], StringComparison.Ordinal);
        Assert.All(untreated[1..], row => Assert.Contains(",1.0000,", row, StringComparison.Ordinal));
        Assert.NotEqual(untreated[3], treated[3]);
    }

    [Fact]
    public async Task A_plan_and_a_population_say_what_they_are()
    {
        var plan = await Run("simulate", "plan", "--seed", "7", "--people", "20", "--points", Orbital);
        var population = await Run("simulate", "population", "--people", "50", "--points", Orbital);

        Assert.Equal((0, 0), (plan.Code, population.Code));
        Assert.Contains("never take a dose from it to a person", plan.Output, StringComparison.Ordinal);
        Assert.Contains("of 50 treatments", population.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_film_can_be_measured_and_has_its_truth_beside_it()
    {
        var (film, truth) = (Path.Combine(_folder, "a.facerec"), Path.Combine(_folder, "a.csv"));

        var made = await Run("simulate", "recording", film, "--seed", "843", "--seconds", "30", "--truth", truth);
        var measured = await Run("measure", film, "--json");

        Assert.Equal((0, 0), (made.Code, measured.Code));
        var events = JsonDocument.Parse(measured.Output).RootElement.GetProperty("report").GetProperty("right").GetProperty("events").GetProperty("count").GetInt32();
        Assert.InRange(events, 1, int.MaxValue);
        Assert.True(File.ReadAllLines(truth).Length > 1);
        Assert.Equal(3, (await Run("simulate", "recording", film)).Code); // it is there already
    }

    [Theory]
    [InlineData("EYE=2", "is no point")]
    [InlineData("OO_UP_PT_LAT=0.3", "steps of 0.25")]
    [InlineData("OO_UP_PT_LAT=-1", "a dose is more than 0")]
    public async Task A_plan_that_is_none_is_told_in_words(string points, string says)
    {
        var (code, _, errors) = await Run("simulate", "weeks", "--points", points);

        Assert.Equal(2, code);
        Assert.Contains(says, errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        using var output = new MemoryStream();
        var errors = new StringWriter();
        var code = await CliApp.RunAsync(args, Stream.Null, output, errors, cancel: TestContext.Current.CancellationToken);
        return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
