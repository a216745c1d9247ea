using Facialis.Anatomy;

namespace Facialis.VirtualPatient.Recordings;

/// <summary>A contraction that a generated recording truly holds: what a measurement should find.</summary>
/// <remarks>
/// Twitches are two contractions where the movement falls below a third of the smaller of them in between, else one. Begin and end are where the
/// movement passes a tenth of its peak. All of it is worked out 240 times a second without noise, and seen as a video of 30 frames a second shows it
/// (averaged over a thirtieth of a second), whatever the recording's own rate.
/// </remarks>
/// <param name="Side">The patient's own side.</param>
/// <param name="StartSeconds">Begin, seconds on the recording's clock.</param>
/// <param name="EndSeconds">End.</param>
/// <param name="PeakSeconds">Largest movement.</param>
/// <param name="IsTonic">Held for half a second or longer.</param>
/// <param name="LidClosure">Closure of the lids at the peak, 0 to 1.</param>
/// <param name="MouthIod">Way of the mouth's corner up and outwards at the peak, interocular distances.</param>
/// <param name="TimesJitter">Largest way, of lids or mouth, over the SD of the noise in the difference between the sides there; infinite without noise.</param>
/// <param name="Muscles">Muscles that take part visibly, ids of the model.</param>
/// <param name="AtRest">True where its peak lies in a rest phase of the protocol.</param>
public sealed record PlantedSpasm(
    Side Side, double StartSeconds, double EndSeconds, double PeakSeconds, bool IsTonic, double LidClosure, double MouthIod, double TimesJitter,
    IReadOnlyList<string> Muscles, bool AtRest)
{
    /// <summary>End minus begin, seconds.</summary>
    public double DurationSeconds => EndSeconds - StartSeconds;
}
