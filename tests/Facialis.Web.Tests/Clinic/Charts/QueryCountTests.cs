using System.Net.Http.Json;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>A page asks the database as often for many rows as for few.</summary>
public sealed class QueryCountTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Lists_charts_and_plans_do_not_ask_more_often_as_rows_grow(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string>
        {
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Information",
        });
        var owner = await app.OwnerAsync();
        var first = await owner.AddPersonAsync("P-0", "Baker");
        await ManyRows.FillAsync(app, first, 2);
        var few = await CountsAsync(app, owner, first);

        for (var n = 1; n < 20; n++)
        {
            await ManyRows.FillAsync(app, await owner.AddPersonAsync($"P-{n}", "Baker" + (char)('a' + n)), 3);
        }

        await ManyRows.FillAsync(app, first, 12);
        var many = await CountsAsync(app, owner, first);

        Assert.All(few.Values, count => Assert.InRange(count, 1, 40)); // so that the counting is not blind; a search is one query
        Assert.Equal(few, many);
    }

    [Fact]
    public async Task The_rows_that_are_counted_are_on_the_pages()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var first = await owner.AddPersonAsync("P-0", "Baker");
        await ManyRows.FillAsync(app, first, 3);
        await ManyRows.FillAsync(app, await owner.AddPersonAsync("P-1", "Cooper"), 1);

        Assert.Equal(4, Times(await owner.PageAsync("/clinic/patients"), "class=\"today-time\""));
        var card = await owner.PageAsync($"/clinic/patients/{first}");
        Assert.Equal(3, Times(card, "class=\"result-sides\""));
        Assert.Contains("50 % better at best", card, StringComparison.Ordinal);
        Assert.Equal(3, Times(card, "href=\"/clinic/treatments/"));
        var consents = await owner.PageAsync($"/clinic/patients/{first}/consent");
        Assert.Equal(3, Times(consents, "href=\"/clinic/consents/"));
        var plan = await owner.PageAsync($"/clinic/patients/{first}/plan");
        Assert.Equal(3, Times(plan, "value=\"1.25\""));
        Assert.Contains("onabotulinumtoxinA", plan, StringComparison.Ordinal);
    }

    private static int Times(string page, string what) => page.Split(what).Length - 1;

    private static async Task<Dictionary<string, int>> CountsAsync(FacialisApp app, SignedIn owner, Guid patient)
    {
        Dictionary<string, int> counts = [];
        foreach (var page in new[]
        {
            "/clinic/patients", $"/clinic/patients/{patient}", $"/clinic/patients/{patient}/plan", $"/clinic/patients/{patient}/sign", $"/clinic/patients/{patient}/scales",
            $"/clinic/patients/{patient}/checklist", $"/clinic/patients/{patient}/questions", $"/clinic/patients/{patient}/consent",
            $"/clinic/recordings?patient={patient}", "/clinic/due?list=overdue", "/clinic/due?list=later", $"/clinic/patients/{patient}/follow-up", $"/clinic/patients/{patient}/history",
        })
        {
            await owner.PageAsync(page); // the first time also reads what is then kept
            counts[page] = await CountAsync(app, () => owner.PageAsync(page));
        }

        counts["planning"] = await CountAsync(app, () => owner.JsonAsync($"/api/patients/{patient}/planning"));
        counts["search"] = await CountAsync(app, () => owner.CallAsync(HttpMethod.Post, "/api/patients/search", JsonContent.Create(new { text = "baker" })));
        return counts;
    }

    private static async Task<int> CountAsync(FacialisApp app, Func<Task> work)
    {
        int Commands() => app.Log.Lines.Count(l => l.Contains("Executed DbCommand", StringComparison.Ordinal));
        var before = Commands();
        await work();
        return Commands() - before;
    }
}
