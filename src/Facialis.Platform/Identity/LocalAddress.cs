namespace Facialis.Platform.Identity;

/// <summary>Keeps a redirect on this site: an address given in a query must not lead a freshly signed-in person elsewhere.</summary>
internal static class LocalAddress
{
    public static string OrHome(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
