using System.Net;
using Facialis.Platform.Audit;
using Facialis.Platform.Identity;
using Facialis.Web.Tests.Clinic;

namespace Facialis.Web.Tests.Audit;

/// <summary>What an owner reads of who did what.</summary>
public sealed class AuditPageTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Looking_changing_exporting_and_trying_ids_are_all_in_the_log(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var clinic = await app.FirstClinicAsync();
        var patient = await owner.AddPatientAsync("P-1");
        var id = await owner.UploadAsync(patient, RecordingBytes.OfHalfAMinute);
        await owner.PageAsync($"/clinic/recordings/{id}");
        await owner.Browser.GetAsync($"/api/recordings/{id}/events.csv", TestContext.Current.CancellationToken);
        var unknown = Guid.CreateVersion7();
        await owner.Browser.GetAsync($"/api/recordings/{unknown}/report", TestContext.Current.CancellationToken);
        await owner.CallAsync(HttpMethod.Delete, $"/api/recordings/{id}");

        var log = await app.LogAsync(clinic);

        Assert.Contains(log, e => e is { Action: AuditAction.Write, What: "recording" } && e.SubjectId == id && e.PatientId == patient && e.ActorId is not null);
        Assert.Contains(log, e => e is { Action: AuditAction.Write, What: "recording measured" } && e.SubjectId == id);
        Assert.Contains(log, e => e is { Action: AuditAction.Read, What: "recording report" } && e.SubjectId == id && e.PatientId == patient);
        Assert.Contains(log, e => e is { Action: AuditAction.Export, What: "recording events" } && e.SubjectId == id);
        Assert.Contains(log, e => e is { Action: AuditAction.Refused, Detail: "not there" } && e.SubjectId == unknown);
        Assert.Contains(log, e => e is { Action: AuditAction.Write, What: "recording removed" } && e.SubjectId == id && e.PatientId == patient);
        AuditHouse.IsWhole(log, app.Key());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_owner_filters_the_log_and_takes_it_out_as_csv(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var clinic = await app.FirstClinicAsync();
        var (first, second) = (await owner.AddPatientAsync("P-FIRST"), await owner.AddPatientAsync("P-SECOND"));
        await app.WorkAsync(clinic, async (_, audit) =>
        {
            await audit.NoteReadAsync("chart of the first", first, first, TestContext.Current.CancellationToken);
            await audit.NoteReadAsync("chart of the second", second, second, TestContext.Current.CancellationToken);
        });

        var one = await owner.PageAsync($"/audit?patient={first}");
        Assert.Contains("chart of the first", one, StringComparison.Ordinal);
        Assert.Contains("P-FIRST", one, StringComparison.Ordinal);
        Assert.DoesNotContain("chart of the second", one, StringComparison.Ordinal);
        Assert.Contains("chart of the second", await owner.PageAsync($"/audit?action=1&day={app.Clock.GetUtcNow().ToLocalTime():yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.DoesNotContain("chart of", await owner.PageAsync("/audit?day=2001-01-01"), StringComparison.Ordinal);
        var found = await owner.Browser.SendFormAsync("/audit", "patient", new() { ["Code"] = "p-first" });
        Assert.Equal($"/audit?patient={first}", found.Headers.Location!.PathAndQuery);

        var csv = await owner.Browser.GetStringAsync($"/audit/log.csv?patient={first}", TestContext.Current.CancellationToken);
        Assert.StartsWith("entry,at_utc,person_id,person,action,", csv, StringComparison.Ordinal);
        Assert.Contains("chart of the first", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("chart of the second", csv, StringComparison.Ordinal);
        Assert.Equal((AuditAction.Export, "audit log"), (await app.LogAsync(clinic)).Select(e => (e.Action, e.What)).Last());
    }

    [Fact]
    public async Task The_log_is_paged_from_the_newest_back()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await app.WorkAsync(await app.FirstClinicAsync(), async (_, audit) =>
        {
            for (var i = 0; i < 60; i++)
            {
                await audit.NoteReadAsync($"thing number {i}.", null, null, TestContext.Current.CancellationToken);
            }
        });

        var newest = await owner.PageAsync("/audit");
        var older = System.Text.RegularExpressions.Regex.Match(newest, "/audit\\?before=\\d+").Value;

        Assert.Contains("thing number 59.", newest, StringComparison.Ordinal);
        Assert.DoesNotContain("thing number 3.", newest, StringComparison.Ordinal);
        Assert.Contains("thing number 3.", await owner.PageAsync(older), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_owner_reads_it_and_only_of_the_own_clinic()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await app.WorkAsync(await app.FirstClinicAsync(), (_, audit) => audit.NoteReadAsync("thing of ours", null, null, TestContext.Current.CancellationToken));
        var injector = await app.PersonAsync(Role.Injector);
        var stranger = await app.OtherClinicAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await injector.Browser.GetAsync("/api/audit.csv", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await injector.Browser.GetAsync("/audit", TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain("thing of ours", await stranger.PageAsync("/audit"), StringComparison.Ordinal);
    }
}
