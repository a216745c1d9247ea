using System.Security.Cryptography;
using Facialis.Platform.Secrets;

namespace Facialis.Clinic.Charts;

/// <summary>Opens a sealed text for whoever reads many: one that was changed outside the program must not take the others away.</summary>
internal static class SealedText
{
    /// <param name="cipher">The patient's; null where the patient was erased.</param>
    /// <param name="table">The row's table, and so on as it was sealed.</param>
    /// <param name="row">Id of the row.</param>
    /// <param name="field">Name of the text in it.</param>
    /// <param name="seal">The sealed text.</param>
    /// <returns>The text, or in brackets why there is none.</returns>
    public static string Open(SubjectCipher? cipher, string table, Guid row, string field, byte[] seal)
    {
        try
        {
            return cipher?.Open(table, row, field, seal) ?? "(erased)";
        }
        catch (CryptographicException)
        {
            return "(does not open)";
        }
    }
}
