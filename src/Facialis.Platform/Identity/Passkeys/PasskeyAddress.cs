using System.Net;
using Facialis.Platform.Hosting;
using Microsoft.AspNetCore.Http;

namespace Facialis.Platform.Identity.Passkeys;

/// <summary>Whether browsers allow passkeys at the address that the page was asked under, said before anyone tries in vain.</summary>
/// <remarks>Web Authentication, section 5.1.2 and 5.1.3: a secure context whose host is a domain; an address of numbers is none.</remarks>
internal static class PasskeyAddress
{
    /// <summary>Null where passkeys work; else a sentence that says why not and what to do.</summary>
    public static string? Obstacle(HttpRequest request, FacialisSettings settings)
    {
        var host = request.Host.Host;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return IPAddress.IsLoopback(address)
                ? $"Browsers refuse passkeys at an address made of numbers. Open http://localhost{Port(request)} instead."
                : "Browsers refuse passkeys at an address made of numbers. Open Facialis by its name, over HTTPS.";
        }

        if (!request.IsHttps && host != "localhost" && !host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            return "Browsers refuse passkeys without HTTPS. Ask whoever runs this installation.";
        }

        return settings.PasskeyDomain.Length > 0 && host != settings.PasskeyDomain
            && !host.EndsWith("." + settings.PasskeyDomain, StringComparison.Ordinal)
            ? $"The passkeys of this installation belong to {settings.PasskeyDomain}. Open Facialis under that name."
            : null;
    }

    private static string Port(HttpRequest request) => request.Host.Port is { } port ? $":{port}" : "";
}
