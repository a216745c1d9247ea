namespace Facialis.Platform.Identity;

/// <summary>By what a person signed in.</summary>
internal enum WayIn
{
    OneTimeLink,
    Invitation,
    Passkey,
    Password,
    PasswordAndCode,
    RecoveryCode,
}
