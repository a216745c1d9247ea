using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facialis.Platform.Database;
using Facialis.Platform.Layout;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Platform;

/// <summary>What every answer of the host keeps to, whatever it is about.</summary>
public sealed class HttpTests
{
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";

    /// <summary>All that a person who has not signed in may reach. A new line here is a decision.</summary>
    private static readonly string[] Public =
    [
        "/", "/sign-in", "/api/identity/sign-in", "/api/identity/sign-in/options", "/start/{token}", "/welcome/{token}", "/diary/{token}", "/diary/{token}/camera", "/problem/{status:int}",
        "/api/diary/{token}/recordings/{id:guid}/", "/api/diary/{token}/recordings/{id:guid}/content", "/api/diary/{token}/recordings/{id:guid}/complete",
        "/health/live", "/health/ready", "/openapi/{documentName}.json",
    ];

    [Fact]
    public async Task Nothing_but_the_listed_addresses_answers_a_person_who_has_not_signed_in()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var visitor = app.Visitor();
        foreach (var endpoint in Routes(app).Where(r => !Public.Contains("/" + r.RoutePattern.RawText!.TrimStart('/'))))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
            foreach (var method in methods)
            {
                var answer = await visitor.SendAsync(
                    new HttpRequestMessage(new HttpMethod(method), Example(endpoint)), TestContext.Current.CancellationToken);
                var refused = answer.StatusCode == HttpStatusCode.Unauthorized
                    || (answer.StatusCode == HttpStatusCode.Found
                        && answer.Headers.Location!.OriginalString.Contains("/sign-in?from=", StringComparison.Ordinal));
                Assert.True(refused, $"{method} {endpoint.RoutePattern.RawText} answered {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Every_page_file_and_answer_carries_the_content_policy_and_its_companions()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());
        var owner = await app.OwnerAsync();
        var pages = Routes(app).Where(r => r.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && r.Metadata.GetMetadata<RunsFaceMeshAttribute>() is null).Select(Example);
        foreach (var address in (string[])[.. pages, "/facialis.css", "/nowhere", "/api/nowhere", "/api/probe/fault", "/health/live", "/openapi/v1.json"])
        {
            var answer = await owner.Browser.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal((address, Policy), (address, Header(answer, "Content-Security-Policy")));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.StartsWith("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
            Assert.Contains(Header(answer, "Cache-Control").Split(", "), v => v is "no-store" or "no-cache");
        }
    }

    [Fact]
    public async Task The_capture_page_alone_may_use_the_camera_and_compile_the_mesh()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();

        var answer = await owner.Browser.GetAsync("/clinic/recordings/new", TestContext.Current.CancellationToken);

        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval';", policy, StringComparison.Ordinal);
        Assert.Contains("media-src 'self' blob:;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.StartsWith("camera=(self)", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_through_the_api_needs_the_antiforgery_header()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());
        var owner = await app.OwnerAsync();

        var forged = await owner.Browser.PostAsync("/api/probe/change", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal("The antiforgery header is missing or wrong.", (await ProblemAsync(forged)).GetProperty("title").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await owner.CallAsync(HttpMethod.Post, "/api/probe/change")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await app.Visitor().PostAsync("/api/probe/change", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404)]
    [InlineData("GET", "/api/probe/thing/0198f000-0000-7000-8000-000000000000", 404)]
    [InlineData("GET", "/api/probe/change", 405)]
    [InlineData("GET", "/api/probe/fault", 500)]
    public async Task Every_failure_of_the_api_is_told_as_problem_details(string method, string address, int status)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());
        var owner = await app.OwnerAsync();

        var answer = await owner.CallAsync(new HttpMethod(method), address);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status, (await ProblemAsync(answer)).GetProperty("status").GetInt32());
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret inner detail", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_behind_a_page_is_told_in_plain_words_without_a_stack_trace()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await app.WithAsync((FacialisDb db) => db.Database.ExecuteSqlRawAsync(
            "ALTER TABLE platform_user RENAME TO platform_user_away", TestContext.Current.CancellationToken));

        var answer = await owner.Browser.GetAsync("/account", TestContext.Current.CancellationToken);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something went wrong", page, StringComparison.Ordinal);
        Assert.DoesNotContain("SqliteException", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_not_found_in_plain_words()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);

        var answer = await (await app.OwnerAsync()).Browser.GetAsync("/nowhere", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(
            "There is nothing here", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task The_host_is_alive_always_and_ready_when_the_database_is(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var visitor = app.Visitor();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);

        await app.AsDatabaseOwnerAsync("DELETE FROM \"__EFMigrationsHistory\"");

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());

        var document = await app.Visitor().GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.True(document.GetProperty("paths").TryGetProperty("/api/probe/change", out _));
    }

    [Fact]
    public async Task The_log_tells_routes_and_never_what_was_in_them()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());
        var owner = await app.OwnerAsync();
        await owner.Browser.GetAsync("/api/probe/thing/0198f000-aaaa-7000-8000-000000000000?name=Jane+Roe", TestContext.Current.CancellationToken);
        await app.Visitor().SendFormAsync(
            "/sign-in", "sign-in", new() { ["Email"] = "jane.roe@example.org", ["Password"] = "a very wrong password" });

        var ours = app.Log.Lines.Where(l => !l.Contains(" Microsoft.", StringComparison.Ordinal)).ToList();
        Assert.Contains(ours, l => l.Contains("GET /api/probe/thing/{id:guid} 404", StringComparison.Ordinal));
        Assert.Contains(ours, l => l.Contains("/start/{token}", StringComparison.Ordinal));
        var written = string.Join('\n', app.Log.Lines.Where(IsWritten));
        foreach (var secret in (string[])["0198f000-aaaa", "Jane", "jane.roe", "wrong password", "/start/" + "ey"])
        {
            Assert.DoesNotContain(secret, written, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Lines that appsettings.json lets through: all of ours, and warnings of the framework.</summary>
    private static bool IsWritten(string line) =>
        !line.Contains(" Microsoft.", StringComparison.Ordinal)
        || line.StartsWith("Warning", StringComparison.Ordinal)
        || line.StartsWith("Error", StringComparison.Ordinal);

    private static IEnumerable<RouteEndpoint> Routes(FacialisApp app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(r => r.RoutePattern.RawText is { } text && !text.StartsWith("/_", StringComparison.Ordinal) && !text.StartsWith('_'));

    /// <summary>An address of the route, with an example in place of each parameter.</summary>
    private static string Example(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "status" } => "404",
            _ => "0198f000-0000-7000-8000-000000000000",
        }))));

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
