namespace Facialis.Platform.Audit;

/// <summary>What was done. The numbers are part of what is hashed (docs/audit.md) and never change; a new action gets a new number.</summary>
public enum AuditAction
{
    /// <summary>Something of a patient's chart was looked at.</summary>
    Read = 1,

    /// <summary>Something was added or changed.</summary>
    Write = 2,

    /// <summary>Something left the program as a file or a print.</summary>
    Export = 3,

    /// <summary>Somebody asked for what they may not have, or for what is not there.</summary>
    Refused = 4,

    /// <summary>What a person may do was changed.</summary>
    RoleChange = 5,

    /// <summary>Somebody signed in or out, or tried to.</summary>
    SignIn = 6,

    /// <summary>A treatment was signed, countersigned or amended.</summary>
    Sign = 7,

    /// <summary>A patient's data was destroyed for good.</summary>
    Erase = 8,
}
