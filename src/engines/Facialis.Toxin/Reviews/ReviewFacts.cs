namespace Facialis.Toxin;

/// <summary>Times since earlier treatments, and what is known of the patient.</summary>
internal sealed partial class ReviewWork
{
    private const int DaysAsked = 84;

    private void CheckTimes()
    {
        if (_last is { Day: { } last })
        {
            foreach (var rule in _rules[RuleCheck.IntervalDays])
            {
                CheckInterval(rule, last, last.AddDays((int)rule.Limit));
            }

            foreach (var rule in _rules[RuleCheck.IntervalMonths])
            {
                CheckInterval(rule, last, last.AddMonths((int)rule.Limit));
            }
        }

        foreach (var rule in _rules[RuleCheck.OtherProduct])
        {
            var from = _today.AddDays(-(int)rule.Limit);
            foreach (var earlier in facts.Earlier)
            {
                if (earlier is { Product: { } product, Day: { } day } && !product.Equals(plan.Product) && day >= from && day <= _today)
                {
                    var amount = earlier.Units is { } units ? new Dose(product, units).ToString() : $"an unknown amount of {product.Name}";
                    _found.Add(rule, WholePlan, $"Also received {amount} on {Days.Text(day)}.", "Wait, or give the reason.");
                }
            }
        }

        CheckEarlierKnown();
    }

    private void CheckInterval(PreparedRule rule, DateOnly last, DateOnly next)
    {
        if (_today < next)
        {
            _found.Add(rule, WholePlan, $"Last treated on {Days.Text(last)}.", $"From {Days.Text(next)} on, or give the reason.");
        }
    }

    private void CheckEarlierKnown()
    {
        foreach (var rule in _rules[RuleCheck.EarlierUnknown])
        {
            var from = _today.AddDays(-rule.Rule.Days ?? 0);
            var (unknown, told) = (0, false);
            foreach (var earlier in facts.Earlier)
            {
                var isRecent = earlier.Day is not { } day || (day >= from && day <= _today);
                unknown += isRecent && (earlier.Product is null || earlier.Units is null || earlier.Day is null) ? 1 : 0;
                told |= earlier.Day is null || (earlier.Day >= _today.AddDays(-DaysAsked) && earlier.Day <= _today);
            }

            if (unknown > 0)
            {
                _found.Add(
                    rule, WholePlan, unknown == 1 ? "One earlier treatment is not fully known." : $"{unknown} earlier treatments are not fully known.",
                    "Find out product, units and day.");
            }
            else if (!told && facts.Answers[HealthQuestion.ToxinInLastTwelveWeeks] == Answer.Yes)
            {
                _found.Add(rule, WholePlan, "A treatment in the last 12 weeks was told of, and none is written down.", "Write down product, units and day.");
            }
        }

        foreach (var rule in _rules[RuleCheck.EarlierInFuture])
        {
            foreach (var earlier in facts.Earlier)
            {
                if (earlier.Day > _today)
                {
                    _found.Add(rule, WholePlan, $"Dated {Days.Text(earlier.Day.Value)}.", "Mend the day.");
                }
            }
        }
    }

    private void CheckPatient()
    {
        CheckAge();
        CheckLabel();
        foreach (var rule in _rules[RuleCheck.Question])
        {
            if (rule.Rule.EyeOnly && !Array.Exists(_sites, site => site is { IsEye: true }))
            {
                continue;
            }

            switch (facts.Answers[rule.Rule.Question!.Value]) // a question rule asks one, or the file is refused
            {
                case Answer.Yes:
                    _found.Add(rule, WholePlan, "", RemedyOfYes(rule));
                    break;
                case Answer.Unknown:
                    _found.Add(rule, rule.Rule.Unknown ?? Severity.Stop, false, WholePlan, "Not answered.", "Ask the patient; unknown is not no.");
                    break;
            }
        }

        foreach (var rule in _rules[RuleCheck.Needle])
        {
            if (plan.NeedleGauge is { } gauge && (gauge > rule.Limit || gauge < rule.Low))
            {
                _found.Add(rule, WholePlan, $"A needle of {gauge} G.", "Choose a usual needle; nothing has to be done.");
            }
        }

        if (_rules.Unconfirmed.Length > 0)
        {
            Report(RuleCheck.RulesUnconfirmed, "", $"The owner confirms or changes them on the page of products and rules: {_rules.Unconfirmed}.");
        }

        if (_rules.Region == LabelRegions.None)
        {
            Report(RuleCheck.RegionUnknown, "", "The owner sets the region on the page of products and rules.");
        }
    }

    private static string RemedyOfYes(PreparedRule rule) => rule.Rule switch
    {
        { Severity: Severity.Stop, SecondSigner: true } => "Do not treat now, or let a second signer agree.",
        { Severity: Severity.Stop } => "Do not treat until it is settled.",
        { Severity: Severity.Confirm } => "Give the reason for treating.",
        _ => "Nothing has to be done.",
    };

    private void CheckAge()
    {
        if (facts.BornOn is not { } born)
        {
            Report(RuleCheck.AgeUnknown, "", "Write down the day of birth.");
            return;
        }

        foreach (var rule in _rules[RuleCheck.Age])
        {
            if (_today < born.AddYears((int)rule.Limit))
            {
                _found.Add(rule, WholePlan, $"Born on {Days.Text(born)}.", rule.Rule.SecondSigner ? "Do not treat, or let a second signer agree." : "Give the reason.");
            }
        }

        foreach (var rule in _rules[RuleCheck.Elderly])
        {
            if (_today >= born.AddYears((int)rule.Limit))
            {
                _found.Add(rule, WholePlan, "", "Begin low; nothing has to be done.");
            }
        }
    }

    private void CheckLabel()
    {
        var (named, notNamed) = (0, 0);
        foreach (var rule in _rules[RuleCheck.LabelStatus])
        {
            if (rule.Rule.Indication != facts.Indication)
            {
                continue;
            }

            if (rule.Rule.Status == LabelStatus.On)
            {
                named++;
                continue;
            }

            notNamed++;
            if (_rules.Region != LabelRegions.None)
            {
                _found.Add(rule, WholePlan, $"{plan.Product.Name}.", "Outside the label: give the justification, and consent says so.");
            }
        }

        // Without a region nobody knows which label holds, unless every one names it.
        if (_rules.Region == LabelRegions.None ? named == 0 || notNamed > 0 : named + notNamed == 0)
        {
            Report(RuleCheck.LabelUnknown, $"{plan.Product.Name}.", "Look it up in the label, and give the reason.");
        }
    }
}
