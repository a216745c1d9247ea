namespace Facialis.Toxin;

/// <summary>The vial, and the volume of each point.</summary>
internal sealed partial class ReviewWork
{
    private void CheckVial<TProduct>(ProductScale<TProduct> scale)
        where TProduct : struct, IOneProduct
    {
        if (vial is null)
        {
            Report(RuleCheck.VialNone, "", "Choose the vial before signing.");
            return;
        }

        if (!vial.Left.Product.Equals(plan.Product))
        {
            Report(RuleCheck.VialProduct, $"The vial holds {vial.Left.Product.Name}, the plan is of {plan.Product.Name}.", "Choose a vial of the plan's product.");
            return;
        }

        if (vial.IsClosed)
        {
            Report(RuleCheck.VialClosed, "", "Choose another vial.");
        }

        if (_today > vial.LotExpires)
        {
            Report(RuleCheck.VialExpired, $"Expired after {Days.Text(vial.LotExpires)}.", "Throw it away and choose another vial.");
        }

        if (vial.ServedAnotherPatient)
        {
            Report(RuleCheck.SinglePatient, "Some of this vial was given to another patient.", "Choose a fresh vial, or give the reason.");
        }

        var total = scale.Nothing;
        foreach (var point in plan.Span)
        {
            total += scale.Of(point.Units);
        }

        if (total > scale.Of(vial.Left))
        {
            Report(RuleCheck.VialContent, $"The plan needs {scale.Text(total)}; {vial.Left} is left.", "Choose another vial, or lower the doses.");
        }

        CheckMixture();
    }

    private void CheckMixture()
    {
        if (vial is not { Strength: { } strength, MixedAt: { } mixed } || mixed > now)
        {
            Report(RuleCheck.VialNotMixed, "", "Mix it, and write down when.");
            return;
        }

        if (plan.Strength is { } intended && !intended.IsAsStrongAs(strength))
        {
            Report(RuleCheck.VialStrength, $"The vial holds {strength}; the plan was made for {intended}.", "Look at every volume again and make the plan for this vial.");
        }

        var until = vial.UsableUntil;
        foreach (var rule in _rules[RuleCheck.BeyondUse])
        {
            // What was written on the vial counts too, and the earlier of the two.
            var byRule = mixed.AddTicks((long)(rule.Limit * TimeSpan.TicksPerHour));
            var last = until < byRule ? until.Value : byRule;
            if (now > last)
            {
                _found.Add(
                    rule, WholePlan, $"Mixed {Days.Text(mixed, book.Zone)}, usable until {Days.Text(last, book.Zone)} ({book.Zone.Id}).",
                    "Throw it away and mix a fresh vial.");
            }
        }

        if (_rules[RuleCheck.BeyondUse].Length == 0)
        {
            if (now > until)
            {
                Report(RuleCheck.VialExpired, $"Usable until {Days.Text(until.Value, book.Zone)} ({book.Zone.Id}).", "Throw it away and mix a fresh vial.");
            }
            else if (until is null)
            {
                Report(RuleCheck.BeyondUseUnknown, $"{plan.Product.Name}.", "Look up the label and give the reason.");
            }
        }
    }

    private void CheckVolumes()
    {
        var usable = vial is { Strength: { } mixed } && mixed.Product.Equals(plan.Product) ? mixed : plan.Strength;
        if (usable is not { } strength)
        {
            return;
        }

        foreach (var rule in _rules[RuleCheck.DiluentMost])
        {
            if (strength.Diluent.Number > rule.Limit)
            {
                _found.Add(rule, WholePlan, $"{strength.Diluent} of diluent.", $"At most {rule.LimitText}.");
            }
        }

        for (var i = 0; i < _sites.Length; i++)
        {
            if (plan.Span[i].Units.Number > 0)
            {
                CheckVolume(i, strength);
            }
        }

        foreach (var rule in _rules[RuleCheck.Concentration])
        {
            if (!strength.IsExactlyPerTenth(rule.Limit) && Array.Exists(_sites, site => site is not null && Array.IndexOf(site.Strengths, rule) >= 0))
            {
                _found.Add(
                    rule, Points(i => _sites[i] is { } site && Array.IndexOf(site.Strengths, rule) >= 0), $"Mixed to {strength}.",
                    $"Mix to {rule.LimitText}, or give the reason.");
            }
        }
    }

    private void CheckVolume(int i, Concentration strength)
    {
        var units = plan.Span[i].Units;
        foreach (var rule in _rules[RuleCheck.GraduationLeast])
        {
            if (strength.CompareVolume(units, rule.Limit) < 0)
            {
                _found.Add(rule, One(i), $"{WhereAndDose(i)} That is {StrictNumber.Write(strength.VolumeNumber(units))} mL.", "Raise the dose or mix a weaker solution.");
                return;
            }
        }

        foreach (var rule in _rules[RuleCheck.Graduation])
        {
            if (!strength.IsWholeSteps(units, rule.Limit))
            {
                _found.Add(rule, One(i), $"{WhereAndDose(i)} That is {StrictNumber.Write(strength.VolumeNumber(units))} mL.", NearestMarks(i, strength, rule.Limit));
            }
        }

        if (_sites[i] is { } site)
        {
            foreach (var rule in site.Volumes)
            {
                if (strength.CompareVolume(units, rule.Limit) > 0 || strength.CompareVolume(units, rule.Low) < 0)
                {
                    _found.Add(rule, One(i), $"{WhereAndDose(i)} That is {StrictNumber.Write(strength.VolumeNumber(units))} mL.", "Another mixture gives a usual volume; nothing has to be done.");
                }
            }
        }
    }

    private string NearestMarks(int i, Concentration strength, decimal step)
    {
        var below = decimal.Floor(strength.VolumeNumber(plan.Span[i].Units) / step) * step;
        return $"On a mark: {Marked(below)}, or {Marked(below + step)}; or give the reason.";
        string Marked(decimal volume) => $"{StrictNumber.Write(strength.UnitsIn(volume))} U {plan.Product.Name} in {StrictNumber.Write(volume)} mL";
    }
}
