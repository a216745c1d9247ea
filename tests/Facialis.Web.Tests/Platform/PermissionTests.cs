using System.Net;
using System.Security.Claims;
using Facialis.Platform.Identity;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Platform;

public sealed class PermissionTests
{
    /// <summary>Who may do what, written down a second time: a change of the table must be meant.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        [Permission.ReadCharts] = "owner injector second-signer assistant reader",
        [Permission.WriteCharts] = "owner injector assistant",
        [Permission.Plan] = "owner injector assistant",
        [Permission.Sign] = "owner injector",
        [Permission.CountersignDose] = "owner injector second-signer",
        [Permission.ManageStock] = "owner injector assistant",
        [Permission.Export] = "owner injector",
        [Permission.ManageClinic] = "owner",
        [Permission.Practise] = "owner injector second-signer assistant reader learner",
    };

    /// <summary>What every signed-in person may reach, whatever the role. A new line here is a decision.</summary>
    private static readonly string[] ForEveryone =
    [
        "/account", "/account/passkeys", "/account/password", "/account/authenticator", "/account/recovery-codes", "/not-allowed", "/sign-out",
        "/lock", "/locked", "/confirm", "/api/identity/passkeys", "/api/identity/passkeys/options", "/api/identity/activity",
        "/api/identity/lock", "/api/identity/confirm", "/api/identity/me",
    ];

    public static readonly TheoryData<string> Roles = [.. Role.All];

    [Fact]
    public async Task Every_page_and_endpoint_names_its_permission_or_is_listed()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new ProbeModule());
        List<string> unnamed = [];
        foreach (var route in Routes(app))
        {
            var text = "/" + route.RoutePattern.RawText!.TrimStart('/');
            var names = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().ToList();
            if (names.Count == 0 && route.Metadata.GetMetadata<IAllowAnonymous>() is null && !ForEveryone.Contains(text))
            {
                unnamed.Add(text);
            }

            Assert.All(names, name => Assert.Contains(name, Permission.Roles.Keys));
        }

        Assert.Empty(unnamed);
    }

    [Fact]
    public void Every_permission_is_in_the_table()
    {
        var named = typeof(Permission).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!); // constants have a value

        Assert.Equal(named.Order(), Allowed.Keys.Order());
        Assert.Equal(Allowed.Keys.Order(), Permission.Roles.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_role_reaches_what_its_permissions_open_and_nothing_else(string role)
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, null, new DoorModule());
        var person = await app.PersonAsync(role);
        foreach (var (permission, roles) in Allowed)
        {
            var allowed = roles.Split(' ').Contains(role);
            var answer = await person.CallAsync(HttpMethod.Get, "/api/door/" + permission);
            Assert.Equal((permission, allowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden), (permission, answer.StatusCode));
            Assert.Equal(allowed, PersonIn(role).May(permission));
        }
    }

    [Fact]
    public void Someone_without_a_role_and_someone_not_signed_in_may_nothing()
    {
        var strangers = (ClaimsPrincipal[])
        [
            new(new ClaimsIdentity()),
            new(new ClaimsIdentity("cookie")),
            new(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role.Owner)])), // says so, but nobody checked it
        ];
        Assert.All(strangers, stranger => Assert.DoesNotContain(Permission.Roles.Keys, stranger.May));
    }

    [Fact]
    public async Task A_refused_page_says_so_in_plain_words_and_navigation_offers_only_what_is_open()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var reader = await app.PersonAsync(Role.Reader);

        var refused = await reader.Browser.GetAsync("/clinic/recordings/new", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        Assert.Equal("/not-allowed", refused.Headers.Location!.AbsolutePath);

        var list = await reader.PageAsync("/clinic/recordings");
        Assert.DoesNotContain("/clinic/recordings/new", list, StringComparison.Ordinal);
        Assert.Contains("/clinic/recordings/new", await (await app.PersonAsync(Role.Assistant)).PageAsync("/clinic/recordings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_on_a_page_that_all_may_read_is_refused_to_those_who_may_only_read()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var reader = await app.PersonAsync(Role.Reader);
        var assistant = await app.PersonAsync(Role.Assistant);
        var added = await assistant.Browser.SendFormAsync("/clinic/patients/new", "add-patient", new() { ["Form.Code"] = "P-VISITS" });
        var card = added.Headers.Location!.ToString(); // a redirect says where
        Assert.DoesNotContain("today's list", System.Net.WebUtility.HtmlDecode(await reader.PageAsync(card)), StringComparison.Ordinal);

        // A reader who makes the form by hand: the token of another form, and the name of the hidden one.
        var page = await reader.PageAsync("/");
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        await reader.Browser.PostAsync(card, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["_handler"] = "visit",
            ["VisitId"] = Guid.CreateVersion7().ToString(),
            ["Purpose"] = "Treatment",
            ["At"] = "07:01",
        }), TestContext.Current.CancellationToken);
        await assistant.Browser.SendFormAsync(card, "visit", new() { ["Purpose"] = "Treatment", ["At"] = "08:02" });

        var today = await assistant.PageAsync("/clinic/patients");
        Assert.DoesNotContain("07:01", today, StringComparison.Ordinal);
        Assert.Contains("08:02", today, StringComparison.Ordinal);
    }

    internal static IEnumerable<RouteEndpoint> Routes(FacialisApp app) =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(r => r.RoutePattern.RawText is { } text && !text.TrimStart('/').StartsWith('_'));

    private static ClaimsPrincipal PersonIn(string role) => new(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "cookie"));

    /// <summary>One endpoint behind each permission.</summary>
    private sealed class DoorModule : IModule
    {
        public string Name => "door";

        public void ConfigureModel(ModelBuilder model)
        {
        }

        public void MapApi(RouteGroupBuilder api)
        {
            foreach (var permission in Permission.Roles.Keys)
            {
                api.MapGet("/door/" + permission, () => TypedResults.NoContent()).RequireAuthorization(permission);
            }
        }
    }
}
