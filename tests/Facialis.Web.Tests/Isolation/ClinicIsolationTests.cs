using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Facialis.Platform.Database;
using Facialis.Web.Tests.Audit;
using Facialis.Web.Tests.Clinic;
using Facialis.Web.Tests.Clinic.Charts;
using Facialis.Web.Tests.Platform;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Isolation;

/// <summary>Walks every route with ids of another clinic. claims/clinic-isolation runs these and prints their figure.</summary>
/// <remarks>
/// A route that a room adds is probed, and a table that it adds is filled, by themselves. A row that cannot be made by itself is
/// made by hand in <see cref="SeedAsync"/>; a test fails until it is.
/// </remarks>
public sealed partial class ClinicIsolationTests(ITestOutputHelper output)
{
    /// <summary>Addresses by which one leaves; they take no id.</summary>
    private static readonly string[] EndsTheWalk = ["/sign-out", "/lock", "/api/identity/lock"];

    private static readonly string[] OfOneself = ["account", "sign-in", "locked", "confirm"];

    private const HttpStatusCode BrokeOff = 0;

    /// <summary>Answers to a PUT under an id that another clinic has: the id is taken. It tells nothing but that, to who knew the id.</summary>
    private static readonly HttpStatusCode[] Taken = [HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity];

    /// <summary>Each wall alone, in every run: the application's filter on SQLite, the database's own on PostgreSQL. Both together in the claim.</summary>
    public static TheoryData<Database, bool> Walls
    {
        get
        {
            TheoryData<Database, bool> walls = new() { { Database.Sqlite, false }, { Database.Postgres, true } };
            if (Environment.GetEnvironmentVariable("FACIALIS_ALL_WALLS") == "1")
            {
                walls.Add(Database.Postgres, false);
            }

            return walls;
        }
    }

    [Theory]
    [MemberData(nameof(Walls))]
    public async Task No_route_shows_or_changes_anything_of_another_clinic(Database database, bool filterOff)
    {
        await using var app = filterOff ? await FacialisApp.StartWithoutClinicFilterAsync(database) : await FacialisApp.StartAsync(database);
        Walk walk;
        try
        {
            walk = await WalkAsync(app);
        }
        catch (Exception) when (Told(app))
        {
            throw;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"clinic-isolation: {database}{(filterOff ? ", application filter off" : "")}: {walk.Routes} routes, {walk.Forms} shown forms, {walk.Probes} probes with ids of {walk.Kinds} kinds, "
            + $"{walk.NotFound} not found, {walk.Leaks.Count} leaks"));
        foreach (var line in walk.Faults.Concat(walk.Leaks).Take(40))
        {
            output.WriteLine(line);
        }

        Assert.Empty(walk.Leaks.Take(20));
        Assert.Empty(walk.Faults.Take(20));
        Assert.True(walk.Probes > 200, "Too few probes to mean anything.");
        Assert.True(walk.NotFound > 100, "Hardly a probe reached the place where rows are looked for.");
    }

    [Fact]
    public async Task The_probe_sees_leaks_where_nothing_holds_them_back()
    {
        await using var app = await FacialisApp.StartWithoutClinicFilterAsync(Database.Sqlite);
        var walk = await WalkAsync(app, every: 5); // a part of the routes is enough to see that leaks are seen

        output.WriteLine($"with no wall at all: {walk.Leaks.Count} leaks seen");
        Assert.True(walk.Leaks.Count > 20, "Without any wall the probe must see leaks, or it proves nothing.");
    }

    [Fact]
    public async Task Every_table_of_a_clinic_has_a_row_to_probe_with()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var victim = await SeedAsync(app);

        var kinds = await app.WithAsync((FacialisDb db) => Task.FromResult(ForeignRows.Owned(db.Model).Select(k => k.ClrType.Name).ToList()));

        Assert.NotEmpty(kinds);
        Assert.Empty(kinds.Except(victim.Rows.Kinds));
    }

    /// <summary>Forms of one's own account and sign-in take no id, and what they change (the password) changes what the next one answers.</summary>
    private static bool ChangesOneself(Microsoft.AspNetCore.Routing.RouteEndpoint route) => OfOneself.Any(
        start => route.RoutePattern.RawText!.TrimStart('/').StartsWith(start, StringComparison.Ordinal)); // it has a pattern

    /// <summary>What the host logged of its faults, beside a test that cannot go on.</summary>
    private bool Told(FacialisApp app)
    {
        foreach (var line in app.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(5))
        {
            output.WriteLine(line);
        }

        return true;
    }

    /// <summary>The clinic that is spied on. Rows that need more than columns filled at random are made here, through the program.</summary>
    private static async Task<(Guid Clinic, ForeignRows Rows, HashSet<Guid> Secret)> SeedAsync(FacialisApp app)
    {
        var owner = await app.OwnerAsync();
        await owner.UploadAsync(await owner.AddPatientAsync(ForeignRows.Marker), RecordingBytes.OfHalfAMinute);
        var clinic = await app.FirstClinicAsync();
        var rows = await ForeignRows.FillAsync(app, clinic);
        // Ids that no probe ever sends, so that finding one in an answer can only be a leak.
        var secret = await owner.AddPatientAsync($"{ForeignRows.Marker}-2");
        return (clinic, rows, [secret, await owner.UploadAsync(secret, RecordingBytes.OfHalfAMinute)]);
    }

    /// <param name="app">The program.</param>
    /// <param name="every">1 for every route and form, 5 for each fifth.</param>
    private static async Task<Walk> WalkAsync(FacialisApp app, int every = 1)
    {
        var (clinic, victim, secret) = await SeedAsync(app);
        var spy = await app.OtherClinicAsync();
        var before = await SnapshotAsync(app, clinic);
        var walk = new Walk { Kinds = victim.Ids.Count };
        var token = FormToken().Match(await spy.PageAsync("/")).Groups["token"].Value;
        var routes = PermissionTests.Routes(app).Where(r => !EndsTheWalk.Contains("/" + r.RoutePattern.RawText!.TrimStart('/'))); // they have a pattern
        foreach (var route in routes.Where((_, index) => index % every == 0))
        {
            walk.Routes++;
            foreach (var probe in RouteProbes.Of(route).Where(p => p.Form is null || !ChangesOneself(route)))
            {
                var unknown = await SendAsync(spy, probe, Guid.CreateVersion7(), token);
                foreach (var (kind, id) in victim.Ids)
                {
                    walk.Add(probe, kind, secret, unknown, await SendAsync(spy, probe, id, token));
                }
            }

            // A spy who was locked out sees nothing, and that would prove nothing.
            var still = await spy.Browser.GetAsync("/api/patients", TestContext.Current.CancellationToken);
            Assert.True(still.StatusCode == HttpStatusCode.OK, $"After {route.RoutePattern.RawText} the spy is not signed in any more. Is it one for {nameof(EndsTheWalk)}?");
        }

        foreach (var probe in (await ShownFormsAsync(app, spy)).Where((_, index) => index % every == 0))
        {
            walk.Forms++;
            await SendAsync(spy, probe, Guid.CreateVersion7(), token); // what can be done once only (closing a vial) is done now
            var unknown = await SendAsync(spy, probe, Guid.CreateVersion7(), token);
            foreach (var (kind, id) in victim.Ids)
            {
                walk.Add(probe, kind, secret, unknown, await SendAsync(spy, probe, id, token));
            }
        }

        var after = await SnapshotAsync(app, clinic);
        walk.Leaks.AddRange(after.Except(before).Concat(before.Except(after)).Select(row => $"changed: {row[..Math.Min(row.Length, 200)]}"));
        return walk;
    }

    /// <summary>The forms on every page of the spy's own clinic, about a patient and a vial of its own.</summary>
    private static async Task<List<RouteProbe>> ShownFormsAsync(FacialisApp app, SignedIn spy)
    {
        var (patient, vial) = (await spy.AddPersonAsync("OWN-1", "Own"), Guid.CreateVersion7());
        await spy.Browser.SendFormAsync($"/clinic/patients/{patient}", "visit", new() { ["Purpose"] = "Treatment", ["At"] = "09:00" });
        await spy.CallAsync(HttpMethod.Put, $"/api/vials/{vial}", JsonContent.Create(
            new { productId = "onabotulinumtoxinA", units = 100, lot = "C1", lotExpires = "2027-05-31" }));
        await spy.CallAsync(HttpMethod.Post, $"/api/vials/{vial}/mix", JsonContent.Create(new { diluentMl = 4 }));
        List<RouteProbe> probes = [];
        foreach (var route in PermissionTests.Routes(app).Where(r => r.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && !ChangesOneself(r)))
        {
            foreach (var own in route.RoutePattern.Parameters.Count == 0 ? [Guid.Empty] : (Guid[])[patient, vial])
            {
                var page = Parameter().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), own.ToString()); // it has a pattern
                var answer = await spy.Browser.GetAsync(page, TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    probes.AddRange(ShownForms.Of(page, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
                }
            }
        }

        Assert.True(probes.Count > 25, "Hardly a form was found: " + string.Join(", ", probes.Select(p => p.Name)));
        return probes;
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(SignedIn spy, RouteProbe probe, Guid id, string token)
    {
        HttpContent? content = null;
        if (probe.Form is { } form)
        {
            content = new FormUrlEncodedContent(new Dictionary<string, string>(form(id)) { ["__RequestVerificationToken"] = token });
        }
        else if (probe.Json is { } json)
        {
            content = new StringContent(json(id), Encoding.UTF8, "application/json");
        }

        HttpResponseMessage answer;
        try
        {
            answer = await spy.CallAsync(probe.Method, probe.Path(id), content, ("Upload-Offset", "0"));
        }
        catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return (BrokeOff, cut.GetBaseException().Message); // the same as for an unknown id, or it counts as a leak
        }

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text + answer.Headers);
    }

    /// <summary>Every row of a clinic as text, read past all walls.</summary>
    private static async Task<List<string>> SnapshotAsync(FacialisApp app, Guid clinic)
    {
        var tables = await app.WithAsync((FacialisDb db) => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => e.FindProperty("ClinicId") is not null).Select(e => e.GetTableName()!).Distinct().ToList())); // each of them has a table
        List<string> rows = [];
        foreach (var table in tables)
        {
            rows.AddRange((await app.ReadAsDatabaseOwnerAsync($"SELECT * FROM {table} WHERE \"ClinicId\" = '{clinic.ToString().ToUpperInvariant()}'"))
                .Select(row => $"{table} {row}"));
        }

        return rows;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>What a walk over all routes met.</summary>
    private sealed class Walk
    {
        public int Routes { get; set; }

        public int Kinds { get; init; }

        public int Forms { get; set; }

        public int Probes { get; private set; }

        public int NotFound { get; private set; }

        public List<string> Leaks { get; } = [];

        /// <summary>Requests that the program answered with a fault of its own.</summary>
        public HashSet<string> Faults { get; } = [];

        public void Add(
            RouteProbe probe, string kind, HashSet<Guid> secret, (HttpStatusCode Status, string Text) unknown, (HttpStatusCode Status, string Text) answer)
        {
            Probes++;
            if (answer.Status is BrokeOff or HttpStatusCode.InternalServerError)
            {
                Faults.Add($"{probe.Name} with {kind}: {(int)answer.Status} {answer.Text[..Math.Min(answer.Text.Length, 200)]}");
            }

            NotFound += answer.Status == HttpStatusCode.NotFound ? 1 : 0;
            var taken = probe.Method == HttpMethod.Put && Taken.Contains(answer.Status) && (int)unknown.Status is >= 200 and < 300;
            if (answer.Status != unknown.Status && !taken)
            {
                Leaks.Add($"{probe.Name} with {kind}: {(int)answer.Status}, and {(int)unknown.Status} for an unknown id");
            }

            if (answer.Text.Contains(ForeignRows.Marker, StringComparison.OrdinalIgnoreCase))
            {
                Leaks.Add($"{probe.Name} with {kind}: {(int)answer.Status} with the other clinic's text");
            }

            if (secret.Any(id => answer.Text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)))
            {
                Leaks.Add($"{probe.Name} with {kind}: {(int)answer.Status} with the other clinic's id");
            }
        }
    }
}
