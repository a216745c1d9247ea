using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using static Facialis.Engines.Tests.Toxin.Scene;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>For every rule of the catalogue: what makes it find something, and what just does not.</summary>
internal static class DecisionTable
{
    /// <param name="Outcome">What is tried, in words.</param>
    /// <param name="Scene">The treatment.</param>
    /// <param name="Found">Severity of the rule's finding, or null where it must be silent.</param>
    /// <param name="IsUnanswered">True where a missing answer is found: nobody can sign that away.</param>
    public sealed record Row(string Outcome, Scene Scene, Severity? Found, bool IsUnanswered = false);

    public static IReadOnlyList<Row> RowsOf(ToxinRule rule)
    {
        var s = new Scene { Region = Enum.GetValues<LabelRegions>().First(r => r != LabelRegions.None && rule.HoldsIn(r)) };
        s = rule.Products.Count > 0 ? s.AtProduct(rule.Products[0]) : s;
        var (limit, low, weight) = (rule.Limit ?? 0, rule.Low ?? 0, rule.Severity);
        var site = rule.Sites.Count > 0 ? rule.Sites[0] : Lid;
        var other = Of(s.Product.Id == "prabotulinumtoxinA" ? "botulax" : "prabotulinumtoxinA");
        Row Fires(string outcome, Scene scene, Severity? severity = null) => new(outcome, scene, severity ?? weight);
        static Row Silent(string outcome, Scene scene) => new(outcome, scene, null);
        EarlierTreatment Same(DateOnly day, decimal units) => new(day, s.Product, new Units(units));
        EarlierTreatment Last(int? held) => Same(Today.AddDays(-200), 1) with { Points = [new(Lid, Side.PatientRight, new Units(1))], EffectHeldDays = held };
        PlannedPoint Mid(decimal units, Side side = Side.PatientRight) => Point("ZMAJ_UP", units, side);
        return rule.Check switch
        {
            RuleCheck.SiteDose => [Fires("above", s.With(Point(site, limit + 0.25m))), Silent("at the limit", s.With(Point(site, limit)))],
            RuleCheck.SiteRangeFirst => [
                Fires("above", s.With(Point(site, limit + 0.25m))), Silent("at the upper end", s.With(Point(site, limit))),
                Silent("above, not the first", s.With(Point(site, limit + 0.25m)).TreatedBefore()), Silent("above, on the other side", s.With(Point(site, limit + 0.25m, Side.PatientLeft))),
                .. Below(s, rule, site, Fires)],
            RuleCheck.SiteRange => [
                Fires("above", s.With(Point(site, limit + 0.25m)).TreatedBefore()), Silent("at the upper end", s.With(Point(site, limit)).TreatedBefore()),
                Silent("above, the first", s.With(Point(site, limit + 0.25m))), .. Below(s.TreatedBefore(), rule, site, Fires)],
            RuleCheck.SiteGroupDose => [
                Fires("above", s.With([.. Enumerable.Range(0, 5).Select(i => Point(rule.Sites[i % rule.Sites.Count], limit / 4))])),
                Silent("at the limit", s.With([.. Enumerable.Range(0, 4).Select(i => Point(rule.Sites[i % rule.Sites.Count], limit / 4))])),
                Silent("above over both sides", s.With([.. Enumerable.Range(0, 5).Select(i => Point(site, limit / 4, (Side)(i % 2)))]))],
            RuleCheck.SiteVolume => [
                Fires("more", Volume(limit + 0.01m)), Silent("most", Volume(limit)), Silent("least", Volume(low)), Fires("less", Volume(low - 0.01m))],
            RuleCheck.ContralateralDose => [
                Fires("above", s.With(Mid(limit + 0.25m, Side.PatientLeft))), Silent("at the limit", s.With(Mid(limit, Side.PatientLeft))),
                Silent("side with the spasm", s.With(Mid(limit + 0.25m)))],
            RuleCheck.RepeatTimes => [
                Fires("above", s.With(Point(Lid, limit + 0.25m)).After(Last(30))), Silent("at the limit", s.With(Point(Lid, limit)).After(Last(30))),
                Silent("other side", s.With(Point(Lid, limit + 0.25m, Side.PatientLeft)).After(Last(30)))],
            RuleCheck.RepeatHeld => [
                Fires("held", s.With(Point(Lid, 1.25m)).After(Last((int)limit))), Fires("not known", s.With(Point(Lid, 1.25m)).After(Last(null))),
                Silent("short", s.With(Point(Lid, 1.25m)).After(Last((int)limit - 1))), Silent("not raised", s.With(Point(Lid, 1)).After(Last(null)))],
            RuleCheck.EyeDose => [.. Eye(s), Silent("another part of the face", s.With(Mid(limit + 0.25m)))],
            RuleCheck.EyeDoseFirst => [.. Eye(s), Silent("above, not the first", s.With(Point(Lid, limit + 0.25m)).TreatedBefore())],
            RuleCheck.EyeDoseNaive => [
                .. Eye(s), Silent("above, treated before", s.With(Point(Lid, limit + 0.25m)).After(new EarlierTreatment(Today.AddDays(-400), other, new Units(1))))],
            RuleCheck.SideDose => [
                Fires("above", s.With(Point(Lid, limit), Mid(0.25m))), Silent("at the limit", s.With(Point(Lid, limit - 0.25m), Mid(0.25m))),
                Silent("over both sides", s.With(Point(Lid, limit), Mid(0.25m, Side.PatientLeft)))],
            RuleCheck.TreatmentDose => InAll(s),
            RuleCheck.TreatmentDoseNaive => [.. InAll(s), Silent("above, treated before", s.With(Mid(limit + 0.25m)).TreatedBefore())],
            RuleCheck.TreatmentRangeFirst => [
                .. InAll(s), Fires("below", s.With(Mid(low - 0.25m))), Silent("at the lower end", s.With(Mid(low))),
                Silent("not the first", s.With(Mid(limit + 0.25m)).TreatedBefore()), Silent("no points", s.With())],
            RuleCheck.WindowDays => Window(s, Today.AddDays(-rule.Days!.Value)),
            RuleCheck.WindowMonths => Window(s, Today.AddMonths(-rule.Months!.Value)),
            RuleCheck.IntervalDays => Interval(s, Today.AddDays(-(int)limit)),
            RuleCheck.IntervalMonths => Interval(s, Today.AddMonths(-(int)limit)),
            RuleCheck.OtherProduct => [
                Fires("at the end", s.After(new EarlierTreatment(Today.AddDays(-(int)limit), other, new Units(5)))),
                Fires("today, amount unknown", s.After(new EarlierTreatment(Today, other, null))),
                Silent("a day before", s.After(new EarlierTreatment(Today.AddDays(-(int)limit - 1), other, new Units(5)))),
                Silent("same product", s.After(Same(Today.AddDays(-10), 5)))],
            RuleCheck.EarlierUnknown => [
                Fires("units unknown", s.After(new EarlierTreatment(Today.AddDays(-rule.Days!.Value), s.Product, null))),
                Fires("product unknown", s.After(new EarlierTreatment(Today, null, new Units(5)))),
                Fires("day unknown", s.After(new EarlierTreatment(null, s.Product, new Units(5)))),
                Fires("told of, not written down", Answered(s, HealthQuestion.ToxinInLastTwelveWeeks, Answer.Yes)),
                Silent("told of and written down", Answered(s, HealthQuestion.ToxinInLastTwelveWeeks, Answer.Yes).After(Same(Today.AddDays(-84), 5))),
                Silent("unknown, long ago", s.After(new EarlierTreatment(Today.AddDays(-rule.Days!.Value - 1), null, null))), Silent("known", s.After(Same(Today, 5)))],
            RuleCheck.EarlierInFuture => [Fires("tomorrow", s.After(Same(Today.AddDays(1), 5))), Silent("today", s.After(Same(Today, 5)))],
            RuleCheck.Needle => [
                Fires("thinner", s with { Gauge = (int)limit + 1 }), Silent("thinnest", s with { Gauge = (int)limit }), Silent("thickest", s with { Gauge = (int)low }),
                Fires("thicker", s with { Gauge = (int)low - 1 }), Silent("not said", s)],
            RuleCheck.Concentration => [
                Fires("weaker", s.With(Point(site, 10)) with { Strength = s.Mix(500, 5) }), Silent("as said", s.With(Point(site, 10)) with { Strength = s.Mix(500, 2.5m) }),
                Silent("another site", s.With(Mid(10)) with { Strength = s.Mix(500, 5) }), Silent("not mixed", s.With(Point(site, 10)))],
            RuleCheck.ZoneAfterDiplopia => [
                Fires("after double vision", Seen(s, Answer.Yes)), Silent("never", Seen(s, Answer.No)), Fires("not known", Seen(s, Answer.Unknown).TreatedBefore()),
                Silent("not known, the first", Seen(s, Answer.Unknown))],
            RuleCheck.NoLimit => [Fires("no limit", s.AtProduct("abobotulinumtoxinA")), Silent("limits known", s)],
            RuleCheck.LabelStatus => [
                Fires("this indication", s with { Facts = s.Facts with { Indication = rule.Indication!.Value } }),
                Silent("another", s with { Facts = s.Facts with { Indication = Indication.Other } })],
            RuleCheck.LabelUnknown => [
                Fires("another indication", s with { Facts = s.Facts with { Indication = Indication.Other } }),
                Fires("labels differ, no region", s.AtProduct("incobotulinumtoxinA") with { Region = LabelRegions.None }), Silent("named", s)],
            RuleCheck.Age => [
                Fires("a day too young", Born(s, Today.AddYears(-(int)limit).AddDays(1))), Silent("birthday", Born(s, Today.AddYears(-(int)limit)))],
            RuleCheck.AgeUnknown => [Fires("unknown", Born(s, null)), Silent("known", s)],
            RuleCheck.Elderly => [Fires("birthday", Born(s, Today.AddYears(-(int)limit))), Silent("a day younger", Born(s, Today.AddYears(-(int)limit).AddDays(1)))],
            RuleCheck.Question => [
                Fires("yes", Answered(s, rule.Question!.Value, Answer.Yes)), Fires("not answered", Answered(s, rule.Question!.Value, Answer.Unknown), rule.Unknown) with { IsUnanswered = true },
                Silent("no", s), .. rule.EyeOnly ? [Silent("no point round the eye", Answered(s, rule.Question!.Value, Answer.Yes).With(Mid(1)))] : Array.Empty<Row>()],
            RuleCheck.SideUnknown => [Fires("unknown", On(s, ConditionSide.Unknown)), Silent("known", s), Silent("both", On(s, ConditionSide.Both))],
            RuleCheck.SideWrong => [
                Fires("all on the other", On(s, ConditionSide.PatientLeft)), Silent("one on it", On(s, ConditionSide.PatientLeft).With(Point(Lid, 1), Mid(1, Side.PatientLeft))),
                Silent("both", On(s, ConditionSide.Both))],
            RuleCheck.SideOpposite => [
                Fires("one on the other", s.With(Point(Lid, 1), Mid(1, Side.PatientLeft))), Silent("all on the other", On(s, ConditionSide.PatientLeft)),
                Silent("on the midline itself", s.With(Point(Lid, 1), Point("PROC", 1, Side.PatientLeft)))],
            RuleCheck.Duplicate => [
                Fires("at the limit", Apart(s, 0.02m)), Silent("beside it", Apart(s, 0.0201m)),
                Fires("across the midline", s.With(Point("PROC", 1, Side.PatientRight, new FacePoint(0.005m, 0)), Point("PROC", 1, Side.PatientLeft, new FacePoint(0.005m, 0))))],
            RuleCheck.SameId => [Fires("twice", s.With(s.Points[0], s.Points[0])), Silent("once", s)],
            RuleCheck.NoDose => [Fires("0 U", s.With(Point(Lid, 0))), Silent("some", s.With(Point(Lid, 0.01m)))],
            RuleCheck.UnknownSite => [Fires("unknown", s.With(s.Points[0] with { Placed = s.Points[0].Placed with { SiteId = "NOWHERE" } })), Silent("known", s)],
            RuleCheck.Depth => [Fires("deeper", s.With(Point(Lid, 1, depth: NeedleDepth.Mid))), Silent("usual", s), Silent("less deep", s.With(Point(Lid, 1, depth: NeedleDepth.Superficial)))],
            RuleCheck.EmptyPlan => [Fires("no points", s.With()), Silent("a point", s)],
            RuleCheck.Zone => Zone(s),
            RuleCheck.Midline => [
                Fires("at the limit", Medial(s, 0.1m)), Silent("beside it", Medial(s, 0.1001m)),
                Silent("both sides", Medial(s, 0.1m) with { Points = [.. Medial(s, 0.1m).Points, Point(Lid, 1, Side.PatientLeft)] })],
            RuleCheck.VialNone => [Fires("none", s), Silent("one", s with { Vial = s.GoodVial() })],
            RuleCheck.VialProduct => [Fires("another", Vial(v => v with { Left = new Dose(other, 100) })), Silent("the same", Vial(v => v))],
            RuleCheck.VialNotMixed => [
                Fires("not mixed", Vial(v => v with { Strength = null, MixedAt = null })), Fires("mixed later", Vial(v => v with { MixedAt = Noon.AddTicks(1) })), Silent("now", Vial(v => v with { MixedAt = Noon }))],
            RuleCheck.VialStrength => [
                Fires("weaker", Vial(v => v) with { Strength = s.Mix(100, 8) }), Silent("as strong", Vial(v => v) with { Strength = s.Mix(200, 8) }), Silent("not chosen", Vial(v => v))],
            RuleCheck.VialExpired => [
                Fires("yesterday", Vial(v => v with { LotExpires = Today.AddDays(-1) })), Silent("today", Vial(v => v with { LotExpires = Today })),
                Fires("written on it, product unknown", Vial(v => v with { Left = new Dose(Of("letibotulinumtoxinA"), 100), Strength = Leti, UsableUntil = Noon.AddTicks(-1) }).AtProduct("letibotulinumtoxinA"))],
            RuleCheck.VialContent => [Fires("too little", Vial(v => v with { Left = new Dose(s.Product, 1.24m) })), Silent("just enough", Vial(v => v with { Left = new Dose(s.Product, 1.25m) }))],
            RuleCheck.VialClosed => [Fires("closed", Vial(v => v with { IsClosed = true })), Silent("open", Vial(v => v))],
            RuleCheck.SinglePatient => [Fires("another patient", Vial(v => v with { ServedAnotherPatient = true })), Silent("fresh", Vial(v => v))],
            RuleCheck.BeyondUse => [
                Fires("a moment late", Vial(v => v with { MixedAt = Noon.AddHours(-(double)limit).AddTicks(-1), UsableUntil = null })),
                Silent("the last moment", Vial(v => v with { MixedAt = Noon.AddHours(-(double)limit), UsableUntil = null })),
                Fires("written on it", Vial(v => v with { UsableUntil = Noon.AddTicks(-1) })), Silent("the last moment written on it", Vial(v => v with { UsableUntil = Noon }))],
            RuleCheck.BeyondUseUnknown => [
                Fires("unknown", Vial(v => v with { Left = new Dose(Of("letibotulinumtoxinA"), 100), Strength = Leti, UsableUntil = null }).AtProduct("letibotulinumtoxinA")),
                Silent("written on it", Vial(v => v with { Left = new Dose(Of("letibotulinumtoxinA"), 100), Strength = Leti }).AtProduct("letibotulinumtoxinA")), Silent("known", Vial(v => v))],
            RuleCheck.Graduation => [Fires("between", s.With(Point(Lid, 1.5m)) with { Strength = s.Mix(100, 4.5m) }), Silent("on a mark", s with { Strength = s.Mix(100, 4) })],
            RuleCheck.GraduationLeast => [Fires("less", s.With(Point(Lid, 0.24m)) with { Strength = s.Mix(100, 4) }), Silent("one mark", s.With(Point(Lid, 0.25m)) with { Strength = s.Mix(100, 4) })],
            RuleCheck.DiluentMost => [Fires("more", s with { Strength = s.Mix(100, limit + 0.001m) }), Silent("most", s with { Strength = s.Mix(100, limit) })],
            RuleCheck.RulesUnconfirmed => [Fires("some", s with { Confirmed = false }), Silent("none", s)],
            RuleCheck.RegionUnknown => [Fires("not set", s with { Region = LabelRegions.None }), Silent("set", s)],
            _ => throw new InvalidOperationException($"The decision table does not know {rule.Check}; rule {rule.Id} is not covered."),
        };

        Scene Volume(decimal ml) => s.With(Point(site, ml * 10)) with { Strength = s.Mix(100, 10) };
        Row[] Eye(Scene scene) => [
            Fires("above", scene.With(Point(Lid, limit), Point("OO_LO_PT_LAT", 0.25m))), Silent("at the limit", scene.With(Point(Lid, limit - 0.25m), Point("OO_LO_PT_LAT", 0.25m))),
            Silent("over both eyes", scene.With(Point(Lid, limit), Point(Lid, 0.25m, Side.PatientLeft)))];
        Row[] InAll(Scene scene) => [Fires("above", scene.With(Mid(limit), Point(Lid, 0.25m, Side.PatientLeft))), Silent("at the limit", scene.With(Mid(limit)))];
        Row[] Window(Scene scene, DateOnly from) => [
            Fires("first day of the window", scene.With(Mid(0.25m)).After(Same(from, limit))), Silent("the day before", scene.With(Mid(0.25m)).After(Same(from.AddDays(-1), limit))),
            Silent("the limit itself", scene.With(Mid(0.25m)).After(Same(from, limit - 0.25m))), Fires("two treatments", scene.With(Mid(0.25m)).After(Same(from, limit / 2), Same(Today, limit / 2))),
            Silent("another product", scene.With(Mid(0.25m)).After(new EarlierTreatment(from, other, new Units(limit))))];
        Row[] Interval(Scene scene, DateOnly soonest) => [
            Fires("a day too soon", scene.After(Same(soonest.AddDays(1), 1))), Silent("the day itself", scene.After(Same(soonest, 1))), Silent("the first", scene),
            Silent("another product", scene.After(new EarlierTreatment(soonest.AddDays(1), other, new Units(1))))];
        Scene Seen(Scene scene, Answer answer) => (scene with { Facts = scene.Facts with { DiplopiaBefore = answer } }).With(InZone(rule.Zone!, 10, NeedleDepth.Subcutaneous));
        Row[] Zone(Scene scene)
        {
            var zone = FaceAtlas.Current.FindZone(rule.Zone!)!;
            var dosed = rule.LimitProduct is null ? scene : scene.AtProduct(rule.LimitProduct);
            return [
                Fires("on its edge", dosed.With(InZone(zone.Id, limit + 0.25m, zone.From))),
                Fires("deeper", dosed.With(InZone(zone.Id, limit + 0.25m, NeedleDepth.Deep))),
                Silent("elsewhere", dosed.With(Point("ZMAJ_UP", limit + 0.25m, at: new FacePoint(3, -3), depth: NeedleDepth.Deep))),
                .. zone.From > NeedleDepth.Superficial ? [Silent("less deep", dosed.With(InZone(zone.Id, 1, zone.From - 1)))] : Array.Empty<Row>(),
                .. rule.LimitProduct is not null
                    ? [Silent("a small dose", dosed.With(InZone(zone.Id, limit, zone.From))), Fires("a small dose of another product", scene.AtProduct("abobotulinumtoxinA").With(InZone(zone.Id, limit, zone.From)))]
                    : Array.Empty<Row>()];
        }

        Scene Vial(Func<VialFacts, VialFacts> change) => s with { Vial = change(s.GoodVial()) };
    }

    private static Concentration Leti { get; } = new(new Dose(Of("letibotulinumtoxinA"), 100), new Millilitres(4));

    private static Row[] Below(Scene scene, ToxinRule rule, string site, Func<string, Scene, Severity?, Row> fires) => rule.Low > 0
        ? [fires("below", scene.With(Point(site, rule.Low!.Value - 0.01m)), Severity.Note), new("at the lower end", scene.With(Point(site, rule.Low!.Value)), null)]
        : [];

    private static PlannedPoint InZone(string zone, decimal units, NeedleDepth depth) =>
        Point("ZMAJ_UP", units, at: FaceAtlas.Current.FindZone(zone)!.Areas[0].Corners[0], depth: depth);

    private static Scene Answered(Scene scene, HealthQuestion question, Answer answer) =>
        scene with { Facts = scene.Facts with { Answers = scene.Facts.Answers.With(question, answer) } };

    private static Scene Born(Scene scene, DateOnly? day) => scene with { Facts = scene.Facts with { BornOn = day } };

    private static Scene On(Scene scene, ConditionSide side) => scene with { Facts = scene.Facts with { Side = side } };

    /// <summary>On a face of 50 mm, 0.02 IPD is exactly 1 mm.</summary>
    private static Scene Apart(Scene scene, decimal ipd) => scene.With(
        Point(Lid, 1, at: new FacePoint(0.66m, 0)), Point(Lid, 1, at: new FacePoint(0.66m, ipd))) with
    { IpdMm = 50 };

    private static Scene Medial(Scene scene, decimal lateral) => scene.With(Point("CORR_MED", 1, at: new FacePoint(lateral, -0.3m))) with { IpdMm = 50 };
}
