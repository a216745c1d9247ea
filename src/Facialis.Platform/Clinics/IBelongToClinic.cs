namespace Facialis.Platform.Clinics;

/// <summary>A row that one clinic owns. Every query sees only the rows of the current clinic; another clinic's row is simply not there (404).</summary>
/// <remarks>Leave the id empty when adding: saving stamps the current clinic. Saving a row of another clinic throws.</remarks>
public interface IBelongToClinic
{
    Guid ClinicId { get; }
}

/// <summary>Base of rows that a clinic owns: a UUIDv7 made by the client, and the owner.</summary>
public abstract class ClinicRow : IBelongToClinic
{
    /// <summary>UUIDv7 made by the client, so that a repeated request is the same request.</summary>
    public Guid Id { get; init; }

    public Guid ClinicId { get; private set; }
}

/// <summary>Says, with the reason, that a module's table has no owner clinic. Without it such a table fails a test.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedByAllClinicsAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
