namespace Facialis.Web.Tests.Clinic.Injections;

/// <summary>Keeps printed pages for a person to look at, in the folder that FACIALIS_KEEP_PDF names.</summary>
internal static class KeptPdf
{
    public static Task KeepAsync(byte[] pdf) => Environment.GetEnvironmentVariable("FACIALIS_KEEP_PDF") is { Length: > 0 } folder
        ? File.WriteAllBytesAsync(Path.Combine(folder, $"{TestContext.Current.TestMethod?.MethodName}-{Guid.NewGuid().ToString("N")[^4..]}.pdf"), pdf, TestContext.Current.CancellationToken)
        : Task.CompletedTask;
}
