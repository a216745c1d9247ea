using Microsoft.AspNetCore.Builder;

namespace Facialis.Platform.Identity;

/// <summary>Asks that the person proved who it is within the last five minutes; for signing, exports and whatever opens the account.</summary>
/// <remarks>
/// A page: <c>@attribute [RequireRecentSignIn]</c>; the person is led to prove it and back to the page. An endpoint:
/// <c>.RequireRecentSignIn()</c>; under /api it answers 401 with a problem of type "reauthentication-required", after which an island that
/// calls through <c>call()</c> lets the person prove it and repeats the call.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireRecentSignInAttribute : Attribute
{
    /// <summary>Type of the problem by which a caller knows what is missing.</summary>
    public const string Problem = "reauthentication-required";
}

public static class RecentSignIn
{
    /// <inheritdoc cref="RequireRecentSignInAttribute"/>
    public static TBuilder RequireRecentSignIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequireRecentSignInAttribute());
}
