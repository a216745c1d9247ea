using Facialis.Anatomy;

namespace Facialis.Toxin;

/// <summary>Every point by itself, pairs of points, and sides.</summary>
internal sealed partial class ReviewWork
{
    private void CheckPoints<TProduct>(ProductScale<TProduct> scale)
        where TProduct : struct, IOneProduct
    {
        if (_sites.Length == 0)
        {
            Report(RuleCheck.EmptyPlan, "", "Place the first point.");
        }

        for (var i = 0; i < _sites.Length; i++)
        {
            var point = plan.Span[i];
            var dose = scale.Of(point.Units);
            if (dose == scale.Nothing)
            {
                Report(RuleCheck.NoDose, i, "Give it a dose, or take it away.");
            }
            else if (_sites[i] is { } site)
            {
                CheckDose(scale, i, dose, site);
            }

            if (_sites[i] is null)
            {
                Report(RuleCheck.UnknownSite, i, "Choose a site of the face map.");
            }
            else if (point.Depth > _sites[i]!.Site.Depth)
            {
                Report(RuleCheck.Depth, i, $"Usual here: {_sites[i]!.Site.DepthText}. Go less deep, or give the reason.");
            }

            CheckZones(scale, i, dose);
        }

        var unlimited = _rules[RuleCheck.NoLimit];
        if (unlimited.Length > 0 && Array.Exists(_sites, site => site is { Doses.Length: 0 }))
        {
            foreach (var rule in unlimited)
            {
                _found.Add(rule, Points(i => _sites[i] is { Doses.Length: 0 }), $"{plan.Product.Name}.", "Give the reason for these doses.");
            }
        }
    }

    private void CheckDose<TProduct>(ProductScale<TProduct> scale, int i, Dose<TProduct> dose, PreparedSite site)
        where TProduct : struct, IOneProduct
    {
        foreach (var rule in site.Doses)
        {
            if (dose > scale.OfLimit(rule.Limit))
            {
                _found.Add(rule, One(i), WhereAndDose(i), Lower(rule));
            }
        }

        if (plan.Span[i].Side == _healthy)
        {
            foreach (var rule in _rules[RuleCheck.ContralateralDose])
            {
                if (dose > scale.OfLimit(rule.Limit))
                {
                    _found.Add(rule, One(i), WhereAndDose(i), Lower(rule));
                }
            }

            return; // usual ranges speak of the side with the spasm
        }

        foreach (var rule in _isFirst ? site.FirstRanges : site.Ranges)
        {
            if (dose > scale.OfLimit(rule.Limit))
            {
                _found.Add(rule, One(i), WhereAndDose(i), Lower(rule));
            }
            else if (dose < scale.OfLimit(rule.Low))
            {
                _found.Add(rule, Severity.Note, false, One(i), WhereAndDose(i), "Less than usual; nothing has to be done.");
            }
        }
    }

    private void CheckZones<TProduct>(ProductScale<TProduct> scale, int i, Dose<TProduct> dose)
        where TProduct : struct, IOneProduct
    {
        var point = plan.Span[i];
        foreach (var zone in _rules.Zones)
        {
            if (point.Depth < zone.Zone.From || !zone.Contains(_places[i]))
            {
                continue;
            }

            // A limit in units of another product says nothing here: then no dose is free.
            if (zone.Rule.Rule.Limit is not null && zone.Rule.Rule.LimitProduct == plan.Product.Id && dose <= scale.OfLimit(zone.Rule.Limit))
            {
                continue;
            }

            _found.Add(zone.Rule, One(i), $"{WhereAndDose(i)} In {zone.Zone.Name}.", zone.Zone.Rule);
        }

        if (facts.DiplopiaBefore == Answer.Yes || (facts.DiplopiaBefore == Answer.Unknown && !_isFirst))
        {
            foreach (var zone in _rules.DiplopiaZones)
            {
                if (zone.Contains(_places[i]))
                {
                    _found.Add(zone.Rule, One(i), WhereAndDose(i), "Leave it out or move it lateral, or give the reason.");
                }
            }
        }
    }

    private void CheckPairs()
    {
        for (var i = 1; i < _sites.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (plan.Span[i].Id == plan.Span[j].Id)
                {
                    Report(RuleCheck.SameId, i, "Take one of them away.");
                    break;
                }
            }
        }

        foreach (var rule in _rules[RuleCheck.Duplicate])
        {
            var nearest = GridPoint.SquareOf(rule.Limit, plan.Frame);
            for (var i = 1; i < _sites.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (plan.Span[j], plan.Span[i]);
                    if (one.Id != other.Id && GridPoint.SquareDistance(_places[j], one.Side, _places[i], other.Side) <= nearest)
                    {
                        _found.Add(rule, [one.Id, other.Id], $"{Where(j)} and {Where(i)}.", "Take one of them away, or move it.");
                    }
                }
            }
        }
    }

    private void CheckSides()
    {
        if (facts.Side == ConditionSide.Unknown)
        {
            Report(RuleCheck.SideUnknown, "", "Set the side on the condition.");
        }

        var (right, left) = (0, 0);
        for (var i = 0; i < _sites.Length; i++)
        {
            if (_places[i].Lateral > 0)
            {
                _ = plan.Span[i].Side == Side.PatientRight ? right++ : left++;
            }
        }

        if (_healthy is { } healthy && (healthy == Side.PatientRight ? right : left) > 0)
        {
            var isOnly = (healthy == Side.PatientRight ? left : right) == 0;
            foreach (var rule in _rules[isOnly ? RuleCheck.SideWrong : RuleCheck.SideOpposite])
            {
                _found.Add(
                    rule, Points(i => _places[i].Lateral > 0 && plan.Span[i].Side == healthy),
                    $"The spasm is on the patient's {healthy.Opposite().Word()}.",
                    isOnly ? $"Move the plan to the {healthy.Opposite().Word()}, or mend the side of the condition." : "Give the reason, or take these points away.");
            }
        }

        if (right == 0 || left == 0)
        {
            foreach (var rule in _rules[RuleCheck.Midline])
            {
                // Lateral distance in steps of 0.0001 IPD against mm, exactly.
                var nearest = rule.Limit * 10_000m;
                for (var i = 0; i < _sites.Length; i++)
                {
                    if (_places[i].Lateral * plan.Frame.IpdMm <= nearest)
                    {
                        _found.Add(rule, One(i), WhereAndDose(i), "Move it lateral, or give the reason.");
                    }
                }
            }
        }
    }

    private void Report(RuleCheck check, int i, string remedy)
    {
        foreach (var rule in _rules[check])
        {
            _found.Add(rule, One(i), WhereAndDose(i), remedy);
        }
    }

    private void Report(RuleCheck check, string message, string remedy)
    {
        foreach (var rule in _rules[check])
        {
            _found.Add(rule, WholePlan, message, remedy);
        }
    }
}
