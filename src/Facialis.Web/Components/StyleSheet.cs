using System.Security.Cryptography;

namespace Facialis.Web.Components;

/// <summary>The one style sheet, addressed by its content so that a browser never shows a new page in an old dress.</summary>
internal sealed class StyleSheet(IWebHostEnvironment host)
{
    public string Address { get; } = "/facialis.css?v=" + Convert.ToHexStringLower(
        SHA256.HashData(File.ReadAllBytes(Path.Combine(host.WebRootPath, "facialis.css"))))[..12];
}
