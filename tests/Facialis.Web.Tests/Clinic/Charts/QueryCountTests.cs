using System.Net.Http.Json;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>A page asks the database as often for many rows as for few.</summary>
public sealed class QueryCountTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Lists_searches_and_cards_do_not_ask_more_often_as_rows_grow(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database, new Dictionary<string, string>
        {
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Information",
        });
        var owner = await app.OwnerAsync();
        var first = await owner.AddPersonAsync("P-0", "Baker");
        await FillAsync(owner, first, 1);
        var few = await CountsAsync(app, owner, first);

        for (var n = 1; n < 20; n++)
        {
            await owner.AddPersonAsync($"P-{n}", "Baker" + (char)('a' + n));
        }

        await FillAsync(owner, first, 12);
        var many = await CountsAsync(app, owner, first);

        Assert.All(few.Values, count => Assert.InRange(count, 2, 40)); // so that the counting is not blind
        Assert.Equal(few, many);
    }

    private static async Task FillAsync(SignedIn owner, Guid patient, int rows)
    {
        for (var n = 0; n < rows; n++)
        {
            await owner.Browser.SendFormAsync($"/clinic/patients/{patient}", "visit", new() { ["Purpose"] = "Treatment", ["At"] = "09:00" });
            await owner.Browser.SendFormAsync($"/clinic/patients/{patient}/scales?scale=percent", "score", new() { ["i.percent"] = "50" });
            await owner.Browser.SendFormAsync($"/clinic/patients/{patient}/past-treatments", "past", new() { ["Form.Day"] = "2026-08-01" });
            await owner.Browser.SendFormAsync($"/clinic/patients/{patient}/checklist", "checklist", new() { ["q.facial-pain"] = "no" });
        }
    }

    private static async Task<Dictionary<string, int>> CountsAsync(FacialisApp app, SignedIn owner, Guid patient)
    {
        Dictionary<string, int> counts = [];
        foreach (var page in new[] { "/clinic/patients", $"/clinic/patients/{patient}", $"/clinic/patients/{patient}/scales", $"/clinic/patients/{patient}/checklist", $"/clinic/patients/{patient}/questions" })
        {
            await owner.PageAsync(page); // the first time also reads what is then kept
            counts[page] = await CountAsync(app, () => owner.PageAsync(page));
        }

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
