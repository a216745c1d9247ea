using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>One review of one plan, within its one product. Its parts: points, sums, times, facts of the patient, vial.</summary>
internal sealed partial class ReviewWork(InjectionPlan plan, PatientFacts facts, VialFacts? vial, RuleBook book, DateTimeOffset now)
    : IWorkWithOneProduct<IReadOnlyList<Finding>>
{
    private static readonly Guid[] WholePlan = [];
    private readonly FindingList _found = new();
    private readonly DateOnly _today = book.DayOf(now);
    private readonly ProductRules _rules = book.For(plan.Product);
    private readonly PreparedSite?[] _sites = new PreparedSite?[plan.Points.Count];
    private readonly GridPoint[] _places = new GridPoint[plan.Points.Count];

    /// <summary>The side without spasm; null where both have it or none is known.</summary>
    private readonly Side? _healthy = facts.Side switch
    {
        ConditionSide.PatientRight => Side.PatientLeft,
        ConditionSide.PatientLeft => Side.PatientRight,
        _ => null,
    };

    /// <summary>The last known treatment with the same product; null where there was none.</summary>
    private EarlierTreatment? _last;

    /// <summary>No treatment with this product is known of: its limits for a first treatment hold.</summary>
    private bool _isFirst = true;

    public IReadOnlyList<Finding> Calculate<TProduct>(ProductScale<TProduct> scale)
        where TProduct : struct, IOneProduct
    {
        for (var i = 0; i < _sites.Length; i++)
        {
            _sites[i] = _rules.Site(plan.Span[i].SiteId);
            _places[i] = GridPoint.Of(plan.Span[i].Placed.Point);
        }

        LookBack();
        CheckPoints(scale);
        CheckPairs();
        CheckSides();
        CheckSums(scale);
        CheckWindows(scale);
        CheckTimes();
        CheckPatient();
        CheckVial(scale);
        CheckVolumes();
        return _found.Sorted();
    }

    private void LookBack()
    {
        foreach (var earlier in facts.Earlier)
        {
            if (!IsSame(earlier))
            {
                continue;
            }

            _isFirst = false;
            if (earlier.Day is { } day && day <= _today && (_last is null || day > _last.Day))
            {
                _last = earlier;
            }
        }
    }

    private bool IsSame(EarlierTreatment earlier) => earlier.Product is { } product && product.Equals(plan.Product);

    private string Where(int i) => $"{plan.Span[i].Side.Word()}, {_sites[i]?.Site.Name ?? plan.Span[i].SiteId}";

    private string WhereAndDose(int i) => $"{Where(i)}: {plan.DoseOf(plan.Span[i])}.";

    private Guid[] One(int i) => [plan.Span[i].Id];

    private Guid[] Points(Func<int, bool> choose)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < _sites.Length; i++)
        {
            if (choose(i))
            {
                ids.Add(plan.Span[i].Id);
            }
        }

        return [.. ids];
    }

    /// <summary>What to do about a dose over a limit.</summary>
    private static string Lower(PreparedRule rule) => rule.Rule.SecondSigner
        ? $"Lower it to {rule.LimitText} or less, or let a second signer agree."
        : $"Lower it to {rule.LimitText} or less, or give the reason.";
}
