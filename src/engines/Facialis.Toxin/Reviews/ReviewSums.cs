using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>Sums: of a group of sites, an eye, a side, the treatment, against the last treatment, and over time.</summary>
internal sealed partial class ReviewWork
{
    private void CheckSums<TProduct>(ProductScale<TProduct> scale)
        where TProduct : struct, IOneProduct
    {
        var total = scale.Nothing;
        foreach (var side in Sides.Both)
        {
            var (sum, eye) = (scale.Nothing, scale.Nothing);
            for (var i = 0; i < _sites.Length; i++)
            {
                if (plan.Span[i].Side == side)
                {
                    var dose = scale.Of(plan.Span[i].Units);
                    sum += dose;
                    eye += _sites[i] is { IsEye: true } ? dose : scale.Nothing;
                }
            }

            total += sum;
            CheckGroups(scale, side);
            OverOnSide(scale, RuleCheck.SideDose, side, sum, false);
            OverOnSide(scale, RuleCheck.EyeDose, side, eye, true);
            if (_isFirst)
            {
                OverOnSide(scale, RuleCheck.EyeDoseFirst, side, eye, true);
            }

            if (facts.Earlier.Count == 0)
            {
                OverOnSide(scale, RuleCheck.EyeDoseNaive, side, eye, true);
            }

            CompareWithLast(scale, side);
        }

        OverInAll(scale, RuleCheck.TreatmentDose, total);
        if (facts.Earlier.Count == 0)
        {
            OverInAll(scale, RuleCheck.TreatmentDoseNaive, total);
        }

        if (_isFirst && _sites.Length > 0)
        {
            foreach (var rule in _rules[RuleCheck.TreatmentRangeFirst])
            {
                if (total > scale.OfLimit(rule.Limit) || total < scale.OfLimit(rule.Low))
                {
                    _found.Add(rule, WholePlan, $"In all {scale.Text(total)}.", "Outside the usual; nothing has to be done.");
                }
            }
        }
    }

    private void OverOnSide<TProduct>(ProductScale<TProduct> scale, RuleCheck check, Side side, Dose<TProduct> sum, bool eyeOnly)
        where TProduct : struct, IOneProduct
    {
        foreach (var rule in _rules[check])
        {
            if (sum > scale.OfLimit(rule.Limit))
            {
                _found.Add(
                    rule, Points(i => plan.Span[i].Side == side && (!eyeOnly || _sites[i] is { IsEye: true })),
                    $"{side.Word()}{(eyeOnly ? " eye" : " side")}: {scale.Text(sum)}.", Lower(rule));
            }
        }
    }

    private void OverInAll<TProduct>(ProductScale<TProduct> scale, RuleCheck check, Dose<TProduct> total)
        where TProduct : struct, IOneProduct
    {
        foreach (var rule in _rules[check])
        {
            if (total > scale.OfLimit(rule.Limit))
            {
                _found.Add(rule, WholePlan, $"In all {scale.Text(total)}.", Lower(rule));
            }
        }
    }

    private void CheckGroups<TProduct>(ProductScale<TProduct> scale, Side side)
        where TProduct : struct, IOneProduct
    {
        for (var group = 0; group < _rules.Groups.Length; group++)
        {
            var sum = scale.Nothing;
            for (var i = 0; i < _sites.Length; i++)
            {
                if (plan.Span[i].Side == side && _sites[i] is { } site && site.Group == group)
                {
                    sum += scale.Of(plan.Span[i].Units);
                }
            }

            var rule = _rules.Groups[group];
            if (sum > scale.OfLimit(rule.Limit))
            {
                var mine = group;
                _found.Add(
                    rule, Points(i => plan.Span[i].Side == side && _sites[i] is { } site && site.Group == mine),
                    $"{side.Word()}: {scale.Text(sum)}.", Lower(rule));
            }
        }
    }

    /// <summary>Each site of a side against the last treatment with the same product.</summary>
    private void CompareWithLast<TProduct>(ProductScale<TProduct> scale, Side side)
        where TProduct : struct, IOneProduct
    {
        if (_last is not { Points.Count: > 0 } last || (_rules[RuleCheck.RepeatTimes].Length == 0 && _rules[RuleCheck.RepeatHeld].Length == 0))
        {
            return;
        }

        for (var i = 0; i < _sites.Length; i++)
        {
            if (plan.Span[i].Side != side || !IsFirstOfItsSite(i))
            {
                continue;
            }

            var site = plan.Span[i].SiteId;
            var (before, planned) = (scale.Nothing, scale.Nothing);
            foreach (var point in last.Points)
            {
                before += point.Side == side && point.SiteId == site ? scale.Of(point.Units) : scale.Nothing;
            }

            if (before == scale.Nothing)
            {
                continue;
            }

            foreach (var point in plan.Span)
            {
                planned += point.Side == side && point.SiteId == site ? scale.Of(point.Units) : scale.Nothing;
            }

            if (planned > before)
            {
                ReportRaised(scale, side, site, before, planned);
            }
        }
    }

    private void ReportRaised<TProduct>(ProductScale<TProduct> scale, Side side, string site, Dose<TProduct> before, Dose<TProduct> planned)
        where TProduct : struct, IOneProduct
    {
        var message = $"{side.Word()}, {_rules.Site(site)?.Site.Name ?? site}: {scale.Text(planned)}, last time {scale.Text(before)}.";
        foreach (var rule in _rules[RuleCheck.RepeatTimes])
        {
            if (planned > scale.Times(before, rule.Limit))
            {
                _found.Add(rule, Points(i => plan.Span[i].Side == side && plan.Span[i].SiteId == site), message, "Lower it, or give the reason.");
            }
        }

        foreach (var rule in _rules[RuleCheck.RepeatHeld])
        {
            if (_last!.EffectHeldDays is not { } days || days >= rule.Limit)
            {
                _found.Add(
                    rule, Points(i => plan.Span[i].Side == side && plan.Span[i].SiteId == site), message,
                    _last.EffectHeldDays is null ? "How long the last effect held is not known; ask." : "The last effect held; the last dose may do.");
            }
        }
    }

    private bool IsFirstOfItsSite(int i)
    {
        for (var j = 0; j < i; j++)
        {
            if (plan.Span[j].Side == plan.Span[i].Side && plan.Span[j].SiteId == plan.Span[i].SiteId)
            {
                return false;
            }
        }

        return true;
    }

    private void CheckWindows<TProduct>(ProductScale<TProduct> scale)
        where TProduct : struct, IOneProduct
    {
        foreach (var rule in _rules[RuleCheck.WindowDays])
        {
            CheckWindow(scale, rule, _today.AddDays(-rule.Rule.Days ?? 0));
        }

        foreach (var rule in _rules[RuleCheck.WindowMonths])
        {
            CheckWindow(scale, rule, _today.AddMonths(-rule.Rule.Months ?? 0));
        }
    }

    /// <summary>The product's units from a first day to today, both counted, together with the plan.</summary>
    private void CheckWindow<TProduct>(ProductScale<TProduct> scale, PreparedRule rule, DateOnly from)
        where TProduct : struct, IOneProduct
    {
        var sum = scale.Nothing;
        DateOnly? oldest = null;
        foreach (var earlier in facts.Earlier)
        {
            if (IsSame(earlier) && earlier is { Units: { } units, Day: { } day } && day >= from && day <= _today)
            {
                sum += scale.Of(units);
                oldest = oldest is { } known && known < day ? known : day;
            }
        }

        var before = sum;
        foreach (var point in plan.Span)
        {
            sum += scale.Of(point.Units);
        }

        if (sum > scale.OfLimit(rule.Limit))
        {
            _found.Add(
                rule, WholePlan, $"With {scale.Text(before)} since {Days.Text(from)}, this day counted: {scale.Text(sum)}.",
                oldest is { } first
                    ? $"{Lower(rule)} The treatment of {Days.Text(first)} counts through {Days.Text(LastCounted(rule, first))}."
                    : Lower(rule));
        }
    }

    /// <summary>The last day on which a window still reaches back to a day.</summary>
    private static DateOnly LastCounted(PreparedRule rule, DateOnly day)
    {
        if (rule.Rule.Days is { } days)
        {
            return day.AddDays(days);
        }

        // Months differ in length; the last day whose window begins on or before the day.
        var last = day.AddMonths(rule.Rule.Months ?? 0);
        while (last.AddDays(1).AddMonths(-(rule.Rule.Months ?? 0)) <= day)
        {
            last = last.AddDays(1);
        }

        return last;
    }
}
