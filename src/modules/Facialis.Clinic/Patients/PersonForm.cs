namespace Facialis.Clinic.Patients;

/// <summary>The fields of <c>PersonFields.razor</c> as they are sent.</summary>
public sealed class PersonForm
{
    public Guid Id { get; set; }

    public string? Code { get; set; }

    public int Revision { get; set; }

    public string? FamilyName { get; set; }

    public string? GivenName { get; set; }

    public DateOnly? BirthDate { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Notes { get; set; }

    public Person Person => Person.From(FamilyName, GivenName, BirthDate, Phone, Email, Notes);
}
