using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Platform.Identity;

/// <summary>What a page or an endpoint asks for. Each is the name of an authorization policy.</summary>
/// <remarks>
/// A page: <c>@attribute [Authorize(Policy = Permission.ReadCharts)]</c>. An endpoint: <c>.RequireAuthorization(Permission.Plan)</c>.
/// A test fails when a page or endpoint names none.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The suffix is kept for code access security, which .NET has no more; the word is the right one.")]
public static class Permission
{
    /// <summary>See patients, recordings, plans and treatments.</summary>
    public const string ReadCharts = "read-charts";

    /// <summary>Add to and change charts and recordings.</summary>
    public const string WriteCharts = "write-charts";

    /// <summary>Draft and change plans.</summary>
    public const string Plan = "plan";

    /// <summary>Sign and amend treatments.</summary>
    public const string Sign = "sign";

    /// <summary>Give the second signature for a dose above a ceiling.</summary>
    public const string CountersignDose = "countersign-dose";

    /// <summary>Receive, mix and close vials.</summary>
    public const string ManageStock = "manage-stock";

    /// <summary>Take data out of the clinic.</summary>
    public const string Export = "export";

    /// <summary>People, settings and what only an owner may undo.</summary>
    public const string ManageClinic = "manage-clinic";

    /// <summary>Practise on virtual patients. It opens nothing of a real one.</summary>
    public const string Practise = "practise";

    /// <summary>Who may do what: the one table of it.</summary>
    public static readonly FrozenDictionary<string, IReadOnlyList<string>> Roles = new Dictionary<string, IReadOnlyList<string>>
    {
        [ReadCharts] = [Role.Owner, Role.Injector, Role.SecondSigner, Role.Assistant, Role.Reader],
        [WriteCharts] = [Role.Owner, Role.Injector, Role.Assistant],
        [Plan] = [Role.Owner, Role.Injector, Role.Assistant],
        [Sign] = [Role.Owner, Role.Injector],
        [CountersignDose] = [Role.Owner, Role.Injector, Role.SecondSigner],
        [ManageStock] = [Role.Owner, Role.Injector, Role.Assistant],
        [Export] = [Role.Owner, Role.Injector],
        [ManageClinic] = [Role.Owner],
        [Practise] = [Role.Owner, Role.Injector, Role.SecondSigner, Role.Assistant, Role.Reader, Role.Learner],
    }.ToFrozenDictionary();

    /// <summary>True when the person has the permission; for a part of a page, or a form on a page that others may read.</summary>
    /// <exception cref="KeyNotFoundException">There is no such permission.</exception>
    public static bool May(this ClaimsPrincipal person, string permission) =>
        person.Identity?.IsAuthenticated == true && Roles[permission].Any(person.IsInRole);

    internal static void AddPermissions(this IServiceCollection services) => services.Configure<AuthorizationOptions>(authorization =>
    {
        foreach (var (permission, roles) in Roles)
        {
            authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireRole(roles));
        }
    });
}
