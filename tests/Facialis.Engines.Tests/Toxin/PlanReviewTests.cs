using System.Text.Json;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using static Facialis.Engines.Tests.Toxin.Scene;

namespace Facialis.Engines.Tests.Toxin;

/// <summary>Stories that the single rows of the decision table do not tell.</summary>
public sealed class PlanReviewTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_small_careful_repeat_of_a_usual_plan_has_nothing_to_mend_or_to_give_reasons_for()
    {
        var scene = new Scene { Strength = new Scene().Mix(100, 4), Gauge = 30 }
            .With(Point(Lid, 2.5m), Point("OO_UP_PT_MED", 2.5m), Point("OO_LO_PT_LAT", 2.5m), Point("OO_ORB_LATCANTH", 2.5m))
            .After(new EarlierTreatment(Today.AddDays(-100), Of("onabotulinumtoxinA"), new Units(10)));
        var review = (scene with { Vial = scene.GoodVial() }).Case.Review();

        Assert.False(review.NeedsMending);
        Assert.False(review.NeedsSecondSigner);
        Assert.Empty(review.NeedReasons);
        Assert.NotEqual(Severity.Stop, review.Worst);
    }

    /// <summary>AHRQ WebM&amp;M 2015, "Baffled by Botulinum Toxin": urology had injected three weeks earlier, and said so in another form.</summary>
    [Theory]
    [InlineData("abobotulinumtoxinA", "ALL-OTHER-CLINIC", "Also received 200 U DYSPORT (abobotulinumtoxinA) on 16 Jun 2026.")]
    [InlineData("onabotulinumtoxinA", "ALL-INT", "Last treated on 16 Jun 2026.")]
    public void A_treatment_of_the_bladder_three_weeks_ago_is_found(string product, string rule, string message)
    {
        var review = new Scene().After(new EarlierTreatment(Today.AddDays(-21), Of(product), new Units(200))).Case.Review();

        Assert.StartsWith(message, Assert.Single(review.Findings, f => f.RuleId == rule).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_knowing_whether_there_was_one_stops_as_a_known_one_does()
    {
        var asked = new Scene();
        var facts = asked.Facts with { Answers = asked.Facts.Answers.With(HealthQuestion.ToxinInLastTwelveWeeks, Answer.Unknown) };
        var review = (asked with { Facts = facts }).Case.Review();

        Assert.True(review.NeedsMending);
        Assert.Contains(review.Findings, f => f is { RuleId: "ALL-EARLIER-ASKED", Severity: Severity.Stop });
        Assert.True((asked with { Facts = facts with { Answers = HealthAnswers.NothingAsked } }).Case.Review().NeedsMending);
    }

    [Fact]
    public void Units_of_another_product_never_enter_a_sum()
    {
        var scene = new Scene().With(Point("ZMAJ_UP", 5)).After(
            new EarlierTreatment(Today.AddDays(-90), Of("abobotulinumtoxinA"), new Units(1000)), new EarlierTreatment(Today.AddDays(-90), Of("rimabotulinumtoxinB"), new Units(5000)));

        Assert.DoesNotContain(scene.Case.Review().Findings, f => f.RuleId is "ONA-12WK" or "ONA-SIDE-RED");
    }

    /// <summary>The same instant is Tuesday in London and Wednesday in Auckland; a window counts days where the clinic is.</summary>
    [Theory]
    [InlineData("Europe/London", "2026-06-30T22:59:59Z", "2026-06-30")]
    [InlineData("Europe/London", "2026-06-30T23:00:00Z", "2026-07-01")]
    [InlineData("Europe/London", "2026-03-29T00:59:59Z", "2026-03-29")]
    [InlineData("Europe/London", "2026-10-24T22:59:59Z", "2026-10-24")]
    [InlineData("Europe/London", "2026-10-24T23:00:00Z", "2026-10-25")]
    [InlineData("Europe/London", "2026-10-25T23:59:59Z", "2026-10-25")]
    [InlineData("America/New_York", "2026-11-01T03:59:59Z", "2026-10-31")]
    [InlineData("America/New_York", "2026-11-02T04:59:59Z", "2026-11-01")]
    [InlineData("Pacific/Auckland", "2026-06-30T12:00:00Z", "2026-07-01")]
    [InlineData("Pacific/Kiritimati", "2026-06-30T10:00:00Z", "2026-07-01")]
    public void Days_are_counted_in_the_clinics_time_zone(string zone, string now, string day)
    {
        var moment = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var scene = new Scene { Zone = zone, Now = moment }.With(Point("ZMAJ_UP", 1));
        EarlierTreatment Before(int days) => new(today.AddDays(-days), Of("onabotulinumtoxinA"), new Units(100));

        Assert.Equal(today, scene.Case.Review().Day);
        Assert.Contains(scene.After(Before(84)).Case.Review().Findings, f => f.RuleId == "ONA-12WK");
        Assert.DoesNotContain(scene.After(Before(85)).Case.Review().Findings, f => f.RuleId == "ONA-12WK");
        Assert.Contains(scene.After(Before(83)).Case.Review().Findings, f => f.RuleId == "ALL-INT");
        Assert.DoesNotContain(scene.After(Before(84)).Case.Review().Findings, f => f.RuleId == "ALL-INT");
    }

    [Theory]
    [InlineData("2026-05-31", "2026-02-28", true)]
    [InlineData("2026-05-31", "2026-02-27", false)]
    [InlineData("2028-05-29", "2028-02-29", true)]
    [InlineData("2026-07-07", "2026-04-07", true)]
    [InlineData("2026-07-07", "2026-04-06", false)]
    [InlineData("2026-12-30", "2026-09-30", true)]
    public void Three_months_are_calendar_months_and_their_first_day_counts(string today, string earlier, bool counts)
    {
        var scene = new Scene { Region = LabelRegions.UnitedStates, Now = DateTimeOffset.Parse(today + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture) }
            .With(Point("ZMAJ_UP", 1))
            .After(new EarlierTreatment(DateOnly.Parse(earlier, System.Globalization.CultureInfo.InvariantCulture), Of("onabotulinumtoxinA"), new Units(400)));

        Assert.Equal(counts, scene.Case.Review().Findings.Any(f => f.RuleId == "ONA-ALL-90D"));
    }

    [Theory]
    [InlineData("2026-10-24T12:30:00Z", "2026-10-25T12:30:00Z")]
    [InlineData("2026-03-28T12:30:00Z", "2026-03-29T12:30:00Z")]
    [InlineData("2026-12-31T20:00:00Z", "2027-01-01T20:00:00Z")]
    public void Hours_after_mixing_are_hours_whatever_the_clock_on_the_wall_does(string mixed, string last)
    {
        var end = DateTimeOffset.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
        var scene = new Scene { Zone = "Europe/London", Now = end };
        VialFacts Vial(DateTimeOffset now) => (scene with { Now = now }).GoodVial() with
        {
            MixedAt = DateTimeOffset.Parse(mixed, System.Globalization.CultureInfo.InvariantCulture),
            UsableUntil = null,
            LotExpires = Today.AddYears(2),
        };

        Assert.DoesNotContain((scene with { Vial = Vial(end) }).Case.Review().Findings, f => f.RuleId == "ONA-BEYOND-USE");
        Assert.Contains((scene with { Now = end.AddSeconds(1), Vial = Vial(end) }).Case.Review().Findings, f => f.RuleId == "ONA-BEYOND-USE");
    }

    [Fact]
    public void A_finding_names_product_rule_source_and_what_would_mend_it()
    {
        var plan = new Scene().With(Point(Lid, 6));
        var finding = Assert.Single(plan.Case.Review().Findings, f => f.RuleId == "SITE-OO_UP_PT_LAT-MAX");

        Assert.Equal([plan.Points[0].Id], finding.PointIds);
        Assert.Contains("Right, ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("6 U BOTOX (onabotulinumtoxinA)", finding.Message, StringComparison.Ordinal);
        Assert.Contains("5 U per site or less, or let a second signer agree", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("label", finding.Source, StringComparison.Ordinal);
        Assert.Equal(FindingNeeds.SecondSigner, finding.Needs);
    }

    [Fact]
    public void An_unverified_rule_awaits_confirmation_until_an_owner_confirms_this_revision_by_name()
    {
        var plan = new Scene { Confirmed = false }.With(Point("ZMAJ_UP", 51));
        var rule = ToxinCatalogue.Current.FindRule("ONA-SIDE-RED")!;
        Finding Found(params RuleConfirmation[] confirmations) => PlanReview
            .Of(plan.Case.Plan, plan.Facts, null, Book(confirmations), plan.Now).Findings.Single(f => f.RuleId == rule.Id);

        Assert.True(Found().AwaitsConfirmation);
        Assert.True(Found(new RuleConfirmation(rule.Id, rule.Revision - 1, "Dr Owner")).AwaitsConfirmation);
        Assert.Equal("Dr Owner", Found(new RuleConfirmation(rule.Id, rule.Revision, "Dr Owner")).ConfirmedBy);
    }

    [Fact]
    public void A_clinic_may_set_a_stricter_limit_with_source_and_name_and_the_finding_says_so()
    {
        var own = new ClinicLimit("ONA-SIDE-RED", 1, 30, "Department meeting 12 May 2026", "Dr Owner");
        var book = Book([], own);
        var finding = PlanReview.Of(new Scene().With(Point("ZMAJ_UP", 31)).Case.Plan, new Scene().Facts, null, book, Noon).Findings.Single(f => f.RuleId == own.RuleId);

        Assert.Empty(book.Refused);
        Assert.Equal(SourceMark.ClinicPolicy, finding.Mark);
        Assert.Equal("Dr Owner", finding.ConfirmedBy);
        Assert.Contains("The clinic's own limit is 30 U per side", finding.Message, StringComparison.Ordinal);
        Assert.Contains("Department meeting 12 May 2026", finding.Source, StringComparison.Ordinal);
        Assert.Contains("the rule's limit is 50", finding.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ONA-SIDE-RED", 50.25, 1, "s", "n", "hard ceiling is not raised")]
    [InlineData("SITE-DAO-MAX", 4, 1, "s", "n", "hard ceiling is not raised")]
    [InlineData("OTHERS-AGE", 16, 1, "s", "n", "lowest age is not lowered")]
    [InlineData("ONA-BEYOND-USE", 48, 1, "s", "n", "only be made stricter")]
    [InlineData("ONA-SIDE-AMBER", 30, 1, "", "n", "needs a source and a name")]
    [InlineData("ONA-SIDE-AMBER", 30, 1, "s", " ", "needs a source and a name")]
    [InlineData("ONA-SIDE-AMBER", 30, 2, "s", "n", "has changed since")]
    [InlineData("ONA-SIDE-AMBER", -1, 1, "s", "n", "not negative")]
    [InlineData("SIDE-WRONG", 1, 1, "s", "n", "no limit to set")]
    [InlineData("NO-RULE", 1, 1, "s", "n", "no such rule")]
    public void A_limit_above_a_hard_ceiling_or_without_source_or_name_does_not_count(string rule, double limit, int revision, string source, string by, string why)
    {
        var book = Book([], new ClinicLimit(rule, revision, (decimal)limit, source, by));

        Assert.Contains(why, Assert.Single(book.Refused).Why, StringComparison.Ordinal);
        Assert.Contains(PlanReview.Of(new Scene().With(Point("ZMAJ_UP", 51)).Case.Plan, new Scene().Facts, null, book, Noon).Findings, f => f.RuleId == "ONA-SIDE-RED");
    }

    [Fact]
    public void Stops_come_first_and_the_worst_is_the_worst()
    {
        var review = new Scene { Facts = new PatientFacts() }.With(Point(Lid, 6), Point("ZMAJ_UP", 4)).Case.Review();

        Assert.Equal(review.Findings.OrderByDescending(f => f.Severity).Select(f => f.Severity), review.Findings.Select(f => f.Severity));
        Assert.Equal(Severity.Stop, review.Worst);
    }

    [Fact]
    public void Canonical_JSON_has_its_keys_in_order_no_blanks_and_no_zeros_at_the_end()
    {
        var scene = new Scene { Strength = new Scene().Mix(100, 2.50m), Gauge = 30, Confirmed = false }.With(Point(Lid, 2.50m, at: new FacePoint(0.6600m, -0.0700m)));
        foreach (var bytes in new[] { scene.Case.Plan.ToCanonicalJson(), scene.Case.Review().ToCanonicalJson() })
        {
            using var json = JsonDocument.Parse(bytes);
            AssertInOrder(json.RootElement);
            Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(json.RootElement, Relaxed));
        }

        Assert.Contains("\"units\":2.5}", System.Text.Encoding.UTF8.GetString(scene.Case.Plan.ToCanonicalJson()), StringComparison.Ordinal);
        Assert.Contains("\"lateralIpd\":0.66,", System.Text.Encoding.UTF8.GetString(scene.Case.Plan.ToCanonicalJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_cannot_be_mixed_from_another_product_nor_exceed_what_can_be_meant()
    {
        var scene = new Scene();
        Assert.Throws<ArgumentException>(() => new InjectionPlan(Of("abobotulinumtoxinA"), [], scene.Mix(100, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InjectionPlan(scene.Product, [Point(Lid, 100_000), Point(Lid, 1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RuleBook.Prepare(ToxinCatalogue.Current, FaceAtlas.Current, LabelRegions.UnitedKingdom | LabelRegions.UnitedStates, TimeZoneInfo.Utc));
    }

    private static RuleBook Book(RuleConfirmation[] confirmations, params ClinicLimit[] limits) =>
        RuleBook.Prepare(ToxinCatalogue.Current, FaceAtlas.Current, LabelRegions.UnitedKingdom, TimeZoneInfo.Utc, confirmations, limits);

    private static void AssertInOrder(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(p => p.Name).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(element.EnumerateObject(), p => AssertInOrder(p.Value));
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.All(element.EnumerateArray(), AssertInOrder);
        }
    }
}
