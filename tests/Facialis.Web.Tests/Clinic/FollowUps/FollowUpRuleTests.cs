using Facialis.Anatomy.Sites;
using Facialis.Clinic.Charts;
using Facialis.Clinic.FollowUps;
using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Clinic.FollowUps;

/// <summary>What can be worked out on paper: what is known of a cycle, and what is urgent in a text.</summary>
public sealed class FollowUpRuleTests
{
    private static readonly SideEffectTerms Terms = SideEffectTerms.Read(Built());
    private static readonly DateOnly Given = new(2026, 3, 2);

    [Fact]
    public void What_was_told_last_holds_and_what_nobody_told_later_stays()
    {
        var outcome = CycleOutcome.Of(Given, [
            Told(40, holds: Known.Yes, percent: 60), Told(14, holds: Known.Yes, percent: 80, first: 4, best: 12), Told(95, holds: Known.No, woreOff: 90)]);

        Assert.Equal((Day(4), Day(12), 60), (outcome.FirstEffectOn, outcome.BestOn, outcome.BestPercent));
        Assert.Equal((Day(40), Day(90)), (outcome.LastHeldOn, outcome.WoreOffOn));
        Assert.Equal(WearOffCycle.WoreOffOn(90), outcome.WearOff);
    }

    [Fact]
    public void Without_a_named_day_the_end_lies_between_two_looks_and_without_an_end_it_held_at_least_so_long()
    {
        Assert.Equal(WearOffCycle.WoreOffBetween(40, 95), CycleOutcome.Of(Given, [Told(40, holds: Known.Yes), Told(95, holds: Known.No)]).WearOff);
        Assert.Equal(WearOffCycle.HeldUntil(40), CycleOutcome.Of(Given, [Told(40, holds: Known.Yes)]).WearOff);
        Assert.Equal(WearOffCycle.HeldUntil(0), CycleOutcome.Of(Given, []).WearOff);
    }

    [Fact]
    public void An_end_that_a_later_look_does_not_find_was_none()
    {
        var outcome = CycleOutcome.Of(Given, [Told(50, holds: Known.No, woreOff: 48), Told(70, holds: Known.Yes)]);

        Assert.Null(outcome.WoreOffOn);
        Assert.Equal(WearOffCycle.HeldUntil(70), outcome.WearOff);
    }

    [Fact]
    public void The_order_in_which_it_is_read_changes_nothing_and_every_cycle_is_one_that_a_forecast_can_take() => Prop.ForAll(
        Gen.Choose(0, 200).SelectMany(day => Gen.Elements(Enum.GetValues<Known>()).SelectMany(holds => Gen.Choose(-1, 150).Select(woreOff => (day, holds, woreOff))))
            .ListOf().ToArbitrary(),
        told =>
        {
            var rows = told.Select((t, n) => Told(
                t.day, t.holds, woreOff: t.holds != Known.Yes && t.woreOff >= 1 && t.woreOff <= t.day ? t.woreOff : null, order: n)).ToList();
            var outcome = CycleOutcome.Of(Given, rows);
            var forecast = WearOffForecast.Of(WearOffPopulation.Kollewe, [outcome.WearOff]);
            return outcome == CycleOutcome.Of(Given, Enumerable.Reverse(rows)) && forecast.FromDays < forecast.ToDays && !(outcome.WoreOffOn < outcome.LastHeldOn && rows.TrueForAll(r => r.WoreOffOn is null));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Cannot swallow solid food since Monday", "dysphagia")]
    [InlineData("I keep choking on water.", "dysphagia")]
    [InlineData("Short of BREATH at night", "dyspnoea")]
    [InlineData("My arms are getting weaker", "muscular-weakness")]
    [InlineData("Suddenly lost the sight of the right eye", "sudden-loss-of-sight")]
    [InlineData("I can’t see on the left", "sudden-loss-of-sight")]
    [InlineData("Ich verschlucke mich oft", "dysphagia")]
    [InlineData("Schwäche in beiden Beinen", "muscular-weakness")]
    [InlineData("Atemnot seit gestern", "dyspnoea")]
    [InlineData("Me cuesta respirar", "dyspnoea")]
    [InlineData("No puedo tragar", "dysphagia")]
    [InlineData("Debilidad en las piernas", "muscular-weakness")]
    [InlineData("The lid droops a little. Bruise below the eye, gone after a week.", "")]
    [InlineData("The mouth is weak on the left. My legs are fine.", "")]
    [InlineData("", "")]
    public void What_is_urgent_is_found_in_what_people_type(string text, string term) =>
        Assert.Equal(term, string.Join(' ', UrgentText.FindIn(text, Terms.UrgentWords)));

    [Fact]
    public void Every_term_names_sites_of_the_atlas_and_distant_spread_is_always_an_emergency_of_grade_3()
    {
        Assert.All(Terms.Terms.SelectMany(t => t.Sites).Where(s => s != "*"), site => Assert.NotNull(FaceAtlas.Current.FindSite(site)));
        Assert.All(Terms.Terms.Where(t => t.Group == "Distant spread"), t => Assert.Equal((Urgency.Emergency, 3), (t.Urgency, t.LowestGrade)));
        Assert.All(Terms.UrgentWords, w => Assert.NotNull(Terms.Find(w.Term)));
        Assert.True(Terms.Find("eyelid-ptosis")!.MayComeFrom("OO_UP_PT_MED")); // it is in the file
    }

    [Fact]
    public void A_clinics_own_file_cannot_take_an_emergency_out_of_sight()
    {
        var json = Built();
        Assert.Contains("must keep \"dysphagia\"", Assert.Throws<InvalidDataException>(() => SideEffectTerms.Read(
            json.Replace("\"id\": \"dysphagia\"", "\"id\": \"dysphagy\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => SideEffectTerms.Read(
            json.Replace("\"id\": \"diplopia\"", "\"id\": \"eyelid-ptosis\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    private static FollowUp Told(int day, Known holds = Known.Unknown, int? percent = null, int? first = null, int? best = null, int? woreOff = null, int order = 0) => new()
    {
        Id = new Guid(order + 1, 0, 0, new byte[8]),
        PatientId = Guid.Empty,
        TreatmentId = Guid.Empty,
        SeenOn = Day(day),
        RecordedAt = new DateTimeOffset(Day(day), default, TimeSpan.Zero),
        RecordedBy = null,
        Way = FollowUpWay.Visit,
        FirstEffectOn = first is { } f ? Day(f) : null,
        BestOn = best is { } b ? Day(b) : null,
        BestPercent = percent,
        Holds = woreOff is null ? holds : Known.No,
        WoreOffOn = woreOff is { } w ? Day(w) : null,
        WouldRepeat = Known.Unknown,
        HadSideEffects = Known.Unknown,
        SealedRemarks = [],
    };

    private static DateOnly Day(int after) => Given.AddDays(after);

    private static string Built()
    {
        using var reader = new StreamReader(typeof(SideEffectTerms).Assembly.GetManifestResourceStream("Facialis.Clinic.Policy.side-effects.json")!); // the build has it
        return reader.ReadToEnd();
    }
}
