using System.Collections.Frozen;

namespace Facialis.Platform.Identity;

/// <summary>What a person is in the clinic. Everyone has exactly one role; what it allows stands in <see cref="Permission"/>.</summary>
public static class Role
{
    /// <summary>Runs the clinic and may do everything in it.</summary>
    public const string Owner = "owner";

    /// <summary>Plans, injects and signs.</summary>
    public const string Injector = "injector";

    /// <summary>Reads charts and countersigns doses above a ceiling.</summary>
    public const string SecondSigner = "second-signer";

    /// <summary>Prepares: charts, recordings, plans and stock, but signs nothing.</summary>
    public const string Assistant = "assistant";

    /// <summary>Reads charts.</summary>
    public const string Reader = "reader";

    /// <summary>Practises on virtual patients and sees no chart.</summary>
    public const string Learner = "learner";

    /// <summary>All roles, from the one that may most.</summary>
    public static readonly IReadOnlyList<string> All = [Owner, Injector, SecondSigner, Assistant, Reader, Learner];

    /// <summary>The longest of them, for the column that keeps it.</summary>
    internal const int MaxLength = 20;

    private static readonly FrozenDictionary<string, (string Name, string Purpose)> Words = new Dictionary<string, (string, string)>
    {
        [Owner] = ("Owner", "runs the clinic and its people, and may do everything"),
        [Injector] = ("Injector", "plans, injects, signs and exports"),
        [SecondSigner] = ("Second signer", "reads charts and countersigns doses above a ceiling"),
        [Assistant] = ("Assistant", "keeps charts, recordings, plans and stock; signs nothing"),
        [Reader] = ("Reader", "reads charts only"),
        [Learner] = ("Learner", "practises on virtual patients; sees no charts"),
    }.ToFrozenDictionary();

    /// <summary>The role as a person reads it, for example "Second signer".</summary>
    /// <exception cref="KeyNotFoundException">There is no such role.</exception>
    public static string Name(string role) => Words[role].Name;

    /// <summary>What the role is for, as the end of a sentence.</summary>
    /// <exception cref="KeyNotFoundException">There is no such role.</exception>
    public static string Purpose(string role) => Words[role].Purpose;
}
