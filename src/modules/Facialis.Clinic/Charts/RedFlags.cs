using Facialis.Toxin;

namespace Facialis.Clinic.Charts;

/// <summary>Decides which red flags stop the routine path. Pure: from the condition, the checklists and the acknowledgements.</summary>
public static class RedFlags
{
    public const string YoungOnset = "young-onset";
    public const string BothSides = "both-sides";
    public const string AtypicalSpread = "atypical-spread";
    public const string MriNotDone = "mri-not-done";

    /// <summary>Where the routine path stands after these events, in the order of their times.</summary>
    /// <param name="facts">The questions and their sources.</param>
    /// <param name="condition">The newest condition; null where none is recorded.</param>
    /// <param name="events">Checklists and acknowledgements.</param>
    /// <remarks>
    /// An acknowledgement holds for the flags it names until a later checklist answers no; yes after that stops again. Not known
    /// stops like yes: somebody has to look and say so.
    /// </remarks>
    public static RoutinePath Judge(ChartFacts facts, ConditionFlags? condition, IEnumerable<ChecklistEvent> events)
    {
        Dictionary<string, Known> answers = [];
        HashSet<string> acknowledged = [];
        var answered = false;
        foreach (var happened in events.OrderBy(e => e.At))
        {
            acknowledged.UnionWith(happened.Acknowledged);
            if (happened.Answers is { } given)
            {
                (answered, answers) = (true, new Dictionary<string, Known>(given));
                acknowledged.RemoveWhere(flag => answers.GetValueOrDefault(flag) == Known.No);
            }
        }

        foreach (var (id, answer) in Derived(facts, condition))
        {
            answers[id] = answer;
        }

        var flags = facts.Questions.Where(q => q.Kind == ChecklistKind.RedFlag && (q.Derived || answered))
            .Select(q => new RaisedFlag(q, answers.GetValueOrDefault(q.Id), acknowledged.Contains(q.Id)))
            .Where(f => f.Answer != Known.No && !(f.Question.Derived && condition is null)).ToList();
        var mimics = facts.Questions.Where(q => q.Kind == ChecklistKind.Mimic && answers.GetValueOrDefault(q.Id) == Known.Yes).ToList();
        return new RoutinePath(answered, condition is not null, flags, mimics);
    }

    private static Dictionary<string, Known> Derived(ChartFacts facts, ConditionFlags? condition) => new()
    {
        [YoungOnset] = YesWhere(condition?.OnsetAge is { } age && age < facts.YoungOnsetYears),
        [BothSides] = YesWhere(condition is { Kind: ConditionKind.HemifacialSpasm, Side: ConditionSide.Both }),
        [AtypicalSpread] = YesWhere(condition is { Kind: ConditionKind.HemifacialSpasm, Form: ConditionForm.Atypical }),
        [MriNotDone] = !facts.MriForEverySpasm || condition is not { Kind: ConditionKind.HemifacialSpasm, MriDone: not Known.Yes } ? Known.No
            : condition.MriDone == Known.No ? Known.Yes : Known.Unknown,
    };

    private static Known YesWhere(bool raised) => raised ? Known.Yes : Known.No;
}

/// <summary>What of a condition can raise a flag by itself.</summary>
public sealed record ConditionFlags(ConditionKind Kind, ConditionSide Side, ConditionForm Form, int? OnsetAge, Known MriDone = Known.Unknown);

/// <summary>A checklist that was answered, or flags that were acknowledged.</summary>
/// <param name="At">When.</param>
/// <param name="Answers">The answers of a checklist; null for an acknowledgement.</param>
/// <param name="Acknowledged">Ids of flags acknowledged.</param>
public sealed record ChecklistEvent(DateTimeOffset At, IReadOnlyDictionary<string, Known>? Answers, IReadOnlyCollection<string> Acknowledged);

/// <param name="Question">The flag with its advice, source and mark.</param>
/// <param name="Answer">Yes, or not known.</param>
/// <param name="Acknowledged">Somebody answered for it by name and with a reason.</param>
public sealed record RaisedFlag(ChecklistQuestion Question, Known Answer, bool Acknowledged)
{
    /// <summary>The question with its answer, or what follows from the condition as a sentence.</summary>
    public string Words => Question.Text + (Answer == Known.Unknown ? (Question.Derived ? ": not known." : " Not known.") : Question.Derived ? "." : " Yes.");
}

/// <summary>Whether the routine path is open.</summary>
/// <param name="ChecklistAnswered">The checklist was answered at least once.</param>
/// <param name="ConditionRecorded">A condition is recorded.</param>
/// <param name="Flags">Raised flags, acknowledged or not.</param>
/// <param name="Mimics">Signs of another condition.</param>
public sealed record RoutinePath(bool ChecklistAnswered, bool ConditionRecorded, IReadOnlyList<RaisedFlag> Flags, IReadOnlyList<ChecklistQuestion> Mimics)
{
    public IEnumerable<RaisedFlag> Open => Flags.Where(f => !f.Acknowledged);

    /// <summary>True when nothing stops it.</summary>
    public bool IsOpen => ChecklistAnswered && ConditionRecorded && !Open.Any();
}
