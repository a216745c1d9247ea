using Facialis.Clinic.Charts;
using Facialis.Toxin;

namespace Facialis.Clinic.FollowUps;

/// <summary>What is known of the effect of one treatment, from all that was told of it. Pure arithmetic.</summary>
/// <param name="FirstEffectOn">First day of the effect; null where nobody told.</param>
/// <param name="BestOn">Day on which it was best.</param>
/// <param name="BestPercent">How much better at best, 0 to 100 percent.</param>
/// <param name="LastHeldOn">Last day on which it was seen to hold; null where nobody looked.</param>
/// <param name="WoreOffOn">Day from which it had worn off, as named or as first seen; null where nobody saw that.</param>
/// <param name="WearOff">The same as days after the injection, as the forecast takes it.</param>
/// <param name="WouldRepeat">Whether the patient would do it again.</param>
/// <param name="HadSideEffects">Whether there were any.</param>
internal sealed record CycleOutcome(
    DateOnly? FirstEffectOn, DateOnly? BestOn, int? BestPercent, DateOnly? LastHeldOn, DateOnly? WoreOffOn, WearOffCycle WearOff, Known WouldRepeat, Known HadSideEffects)
{
    /// <summary>Weeks from the injection to the wear-off; null where nobody saw that.</summary>
    public double? WeeksOfEffect(DateOnly given) => WoreOffOn is { } day ? (day.DayNumber - given.DayNumber) / 7.0 : null;

    /// <param name="given">Day of the treatment.</param>
    /// <param name="told">What was told of it, in any order. What was told last holds; what nobody told later stays.</param>
    public static CycleOutcome Of(DateOnly given, IEnumerable<FollowUp> told)
    {
        var entries = told.OrderBy(f => f.SeenOn).ThenBy(f => f.RecordedAt).ThenBy(f => f.Id).ToList();
        // A wear-off counts until somebody says, of a later day, that the effect holds.
        var lastHeld = Last(entries.Where(f => f.Holds == Known.Yes).Select(f => (DateOnly?)f.SeenOn).Max());
        var end = entries.LastOrDefault(f => (f.WoreOffOn is not null || f.Holds == Known.No) && f.SeenOn >= (lastHeld ?? given));
        return new CycleOutcome(
            entries.LastOrDefault(f => f.FirstEffectOn is not null)?.FirstEffectOn,
            entries.LastOrDefault(f => f.BestOn is not null)?.BestOn,
            entries.LastOrDefault(f => f.BestPercent is not null)?.BestPercent,
            lastHeld,
            end is null ? null : end.WoreOffOn ?? end.SeenOn,
            WearOffOf(given, lastHeld, end),
            entries.LastOrDefault(f => f.WouldRepeat != Known.Unknown)?.WouldRepeat ?? Known.Unknown,
            entries.Exists(f => f.HadSideEffects == Known.Yes) ? Known.Yes : entries.Exists(f => f.HadSideEffects == Known.No) ? Known.No : Known.Unknown);

        DateOnly? Last(DateOnly? day) => day < given ? null : day;
    }

    private static WearOffCycle WearOffOf(DateOnly given, DateOnly? lastHeld, FollowUp? end)
    {
        var held = lastHeld is { } day ? day.DayNumber - given.DayNumber : 0;
        if (end is null)
        {
            return WearOffCycle.HeldUntil(held);
        }

        if (end.WoreOffOn is { } named)
        {
            return WearOffCycle.WoreOffOn(Math.Max(1, named.DayNumber - given.DayNumber));
        }

        var gone = Math.Max(1, end.SeenOn.DayNumber - given.DayNumber);
        return WearOffCycle.WoreOffBetween(Math.Min(held, gone - 1), gone);
    }
}
