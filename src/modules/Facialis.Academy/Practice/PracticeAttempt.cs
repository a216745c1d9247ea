using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Platform.Clinics;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facialis.Academy.Practice;

/// <summary>One person's way through one case. No patient is in it: the virtual person is made anew from the seed whenever somebody looks.</summary>
internal sealed class PracticeAttempt : ClinicRow
{
    /// <summary>Who practises. Nobody else sees it.</summary>
    public required Guid LearnerId { get; init; }

    /// <summary>Case, an id of <see cref="PracticeCases"/>.</summary>
    public required string CaseId { get; init; }

    /// <summary>Seed of the virtual person: a number up to 2^64, kept as text since neither database has such a type.</summary>
    public required string SeedText { get; init; }

    /// <summary>Version and hash of the model. An attempt of another model keeps its scores and is not played on.</summary>
    public required string ModelStamp { get; init; }

    /// <summary>True where rules and avoid zones were not shown while planning, as in an examination.</summary>
    public required bool AreRulesHidden { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Goes up with every change, so that two windows of one person are told.</summary>
    public int Revision { get; set; }

    /// <summary>Id of the last saved change of the plan, made by the client.</summary>
    public Guid LastChangeId { get; set; }

    /// <summary>What was done so far. Replaced as a whole.</summary>
    public required PracticeWork Work { get; set; }

    /// <summary>How it ended; null while it goes on.</summary>
    public PracticeEnding? Ending { get; set; }

    /// <summary>The scores; null while it goes on.</summary>
    public PracticeResult? Result { get; set; }

    public ulong Seed => ulong.Parse(SeedText, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a learner did in a case.</summary>
internal sealed record PracticeWork
{
    public static PlanContent EmptyPlan { get; } = new(null, null, null, null, []);

    /// <summary>Topics asked, in order.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>True once the face was measured.</summary>
    public bool HasMeasured { get; init; }

    /// <summary>The plan under way.</summary>
    public PlanContent Plan { get; init; } = EmptyPlan;

    /// <summary>What was injected, cycle by cycle.</summary>
    public IReadOnlyList<GivenPlan> Given { get; init; } = [];

    /// <summary>Week that was chosen for the second treatment; null where none was.</summary>
    public int? NextWeek { get; init; }

    /// <summary>Why nothing was injected; null where something was, or nothing is decided.</summary>
    public DeclineReason? Decline { get; init; }

    /// <summary>Week of the treatment that is planned now.</summary>
    [JsonIgnore]
    public int Week => NextWeek ?? 0;

    /// <summary>True while a treatment waits to be planned and injected.</summary>
    [JsonIgnore]
    public bool IsPlanning => Decline is null && (Given.Count == 0 || (Given.Count == 1 && NextWeek is not null));
}

/// <summary>One injected plan.</summary>
/// <param name="Week">Week of the case: 0 for the first cycle.</param>
/// <param name="Plan">What was injected.</param>
internal sealed record GivenPlan(int Week, PlanContent Plan);

/// <summary>Why a learner sends the patient home without injections.</summary>
internal enum DeclineReason
{
    /// <summary>A health answer forbids it today.</summary>
    Contraindicated = 0,

    /// <summary>Something must be looked into first.</summary>
    RedFlag = 1,

    /// <summary>The last treatment is too recent.</summary>
    TooEarly = 2,
}

/// <summary>How a case ended.</summary>
internal enum PracticeEnding
{
    /// <summary>Followed up to the end.</summary>
    Completed = 0,

    /// <summary>Sent home, and there was a reason.</summary>
    RightlyDeclined = 1,

    /// <summary>Sent home without a reason.</summary>
    WronglyDeclined = 2,

    /// <summary>Injected what must not be injected.</summary>
    Unsafe = 3,
}

internal sealed partial class PracticeAttemptTable : IEntityTypeConfiguration<PracticeAttempt>
{
    public void Configure(EntityTypeBuilder<PracticeAttempt> table)
    {
        table.ToTable("academy_practice_attempt");
        table.Ignore(a => a.Seed);
        table.Property(a => a.CaseId).HasMaxLength(40);
        table.Property(a => a.SeedText).HasMaxLength(20);
        table.Property(a => a.ModelStamp).HasMaxLength(120);
        table.Property(a => a.Revision).IsConcurrencyToken();
        table.Property(a => a.Work).HasConversion(work => Write(work), text => Read(text));
        table.Property(a => a.Result).HasConversion(result => WriteResult(result!), text => ReadResult(text)); // never called for null
        table.HasIndex(a => new { a.ClinicId, a.LearnerId, a.StartedAt });
    }

    private static string Write(PracticeWork work) => JsonSerializer.Serialize(work, WorkJson.Default.PracticeWork);

    private static PracticeWork Read(string text) => JsonSerializer.Deserialize(text, WorkJson.Default.PracticeWork) ?? new PracticeWork();

    private static string WriteResult(PracticeResult result) => JsonSerializer.Serialize(result, ResultJson.Default.PracticeResult);

    private static PracticeResult? ReadResult(string text) => JsonSerializer.Deserialize(text, ResultJson.Default.PracticeResult);

    [JsonSerializable(typeof(PracticeWork))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    private sealed partial class WorkJson : JsonSerializerContext;
}
