using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;

namespace Facialis.Clinic.Injections;

/// <summary>Everything that a signature of a treatment stands for. Its canonical form has one spelling, so that the hash can be made again at any time.</summary>
/// <remarks>
/// Canonical: JSON with the members in the order below, no blanks, all but plain ASCII escaped, numbers without zeros at their end, times in
/// UTC to the millisecond. A new member is added with a new format number.
/// </remarks>
public sealed record TreatmentRecord
{
    public const string CurrentFormat = "facialis-treatment/1";

    public string Format { get; init; } = CurrentFormat;

    public required Guid Clinic { get; init; }

    public required Guid Treatment { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required Guid Patient { get; init; }

    public required string Chart { get; init; }

    /// <summary>What the signer says by signing.</summary>
    public required string Meaning { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public required RecordSigner Signer { get; init; }

    /// <summary>Who agreed to what is above a ceiling; null where nobody had to.</summary>
    public RecordSecondSigner? SecondSigner { get; init; }

    public required RecordCondition Condition { get; init; }

    /// <summary>The side to be treated, the patient's own; null where it is both.</summary>
    public Side? Side { get; init; }

    public required string Product { get; init; }

    /// <summary>Both names of the product, as they stand beside every dose.</summary>
    public required string ProductName { get; init; }

    /// <summary>Sum of all points, U of the product.</summary>
    public required decimal TotalUnits { get; init; }

    public required RecordVial Vial { get; init; }

    public required IReadOnlyList<RecordPoint> Points { get; init; }

    /// <summary>Points of the plan that were not given.</summary>
    public required IReadOnlyList<RecordPoint> NotGiven { get; init; }

    /// <summary>Why what was done is not what was planned; empty where it is.</summary>
    public required string Deviation { get; init; }

    public required string Remarks { get; init; }

    public required IReadOnlyList<RecordFinding> Findings { get; init; }

    public required string RulesVersion { get; init; }

    public required string AtlasVersion { get; init; }

    public required string LabelRegion { get; init; }

    public Guid? Plan { get; init; }

    public required int PlanRevision { get; init; }

    /// <summary>The health answers that were given for this treatment.</summary>
    public Guid? Intake { get; init; }

    public Guid? Consent { get; init; }

    /// <summary>SHA-256 of the consent, hexadecimal.</summary>
    public string? ConsentHash { get; init; }

    /// <summary>SHA-256 of the version before, hexadecimal; null for the first.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>Why it was amended; empty for the first version.</summary>
    public required string AmendReason { get; init; }

    public string Canonical() => JsonSerializer.Serialize(this, TreatmentRecordJson.Default.TreatmentRecord);

    public static byte[] HashOf(string canonical) => SHA256.HashData(Encoding.UTF8.GetBytes(canonical));

    /// <exception cref="JsonException">It is no record.</exception>
    public static TreatmentRecord Parse(string canonical) =>
        JsonSerializer.Deserialize(canonical, TreatmentRecordJson.Default.TreatmentRecord) ?? throw new JsonException("An empty record.");

    /// <summary>The same number without zeros at its end, so that it has one spelling.</summary>
    public static decimal Plain(decimal number) => number / 1.000000000000000000000000000000m;
}

/// <param name="Id">Id of the account.</param>
/// <param name="Name">Name at the time.</param>
/// <param name="Role">Role at the time.</param>
/// <param name="ProvedBy">By what the signer proved to be the one: "passkey", "password or code".</param>
/// <param name="ProvedAt">When.</param>
public sealed record RecordSigner(Guid? Id, string Name, string Role, string ProvedBy, DateTimeOffset ProvedAt);

/// <param name="Id">Id of the account.</param>
/// <param name="Name">Name at the time.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Findings">Keys of the findings that were agreed to.</param>
public sealed record RecordSecondSigner(Guid Id, string Name, DateTimeOffset At, string Reason, IReadOnlyList<string> Findings);

/// <param name="Kind">What the patient has, in words.</param>
/// <param name="Side">The patient's own side, in words.</param>
/// <param name="Code">Code with its system.</param>
public sealed record RecordCondition(string Kind, string Side, string Code);

/// <param name="Id">Id of the vial; null for what was given before vials were kept.</param>
/// <param name="Lot">Lot.</param>
/// <param name="Expires">Last day of the lot; null where not known.</param>
/// <param name="Units">Units of the product in the vial.</param>
/// <param name="DiluentMl">Diluent, mL.</param>
/// <param name="MixedAt">When it was mixed; null where not known.</param>
/// <param name="UsableUntil">Last moment of use; null where no rule says.</param>
public sealed record RecordVial(
    Guid? Id, string Lot, DateOnly? Expires, decimal Units, decimal DiluentMl, DateTimeOffset? MixedAt, DateTimeOffset? UsableUntil);

/// <param name="Number">Number on the map, from 1.</param>
/// <param name="Id">Id of the point.</param>
/// <param name="Site">Site id.</param>
/// <param name="SiteName">Name of the site at the time.</param>
/// <param name="Side">The patient's own side.</param>
/// <param name="LateralIpd">Distance from the midline, IPD.</param>
/// <param name="DownIpd">Distance below the pupils, IPD.</param>
/// <param name="Depth">How deep.</param>
/// <param name="PlannedUnits">Planned, U of the product.</param>
/// <param name="Units">Given, U of the product.</param>
/// <param name="VolumeMl">Given, mL.</param>
public sealed record RecordPoint(
    int Number, Guid Id, string Site, string SiteName, Side Side, decimal LateralIpd, decimal DownIpd, NeedleDepth Depth, decimal PlannedUnits, decimal Units, decimal VolumeMl)
{
    /// <summary>The row's own form, without words.</summary>
    internal GivenPoint AsGiven => new(Id, Site, Side, LateralIpd, DownIpd, Depth, Units, PlannedUnits);
}

/// <param name="Rule">Rule id.</param>
/// <param name="Revision">Revision of the rule.</param>
/// <param name="Severity">Stop, confirm or note.</param>
/// <param name="Message">What was found.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Mark">How well it is founded.</param>
/// <param name="ConfirmedBy">Who made it the clinic's policy; null where nobody had to or did.</param>
/// <param name="Points">Numbers of the points concerned.</param>
/// <param name="Reason">Why it was done all the same; empty where no reason was needed.</param>
public sealed record RecordFinding(
    string Rule, int Revision, Severity Severity, string Message, string Source, SourceMark Mark, string? ConfirmedBy, IReadOnlyList<int> Points, string Reason);

[JsonSerializable(typeof(TreatmentRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class TreatmentRecordJson : JsonSerializerContext;
