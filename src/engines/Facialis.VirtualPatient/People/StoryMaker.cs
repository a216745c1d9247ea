using Facialis.Anatomy;
using Facialis.VirtualPatient.Chance;

namespace Facialis.VirtualPatient.People;

/// <summary>Tells a person's story in a few plain sentences.</summary>
internal static class StoryMaker
{
    private static readonly string[] Work = ["a teacher", "a bus driver", "a shop assistant", "a bookkeeper", "a cook", "a nurse", "a joiner", "retired", "a singer in a choir", "a translator"];
    private static readonly string[] Worry = ["People think that I wink at them.", "I cannot read for long.", "I have stopped driving at night.", "I hold a hand over it when I speak.", "At work it is always noticed.", "I avoid photographs."];

    public static string Tell(ref Draws draws, SpasmCause cause, int age, int onset, Side side, SpasmHabit spasm, int treatments)
    {
        var work = age > 67 ? "retired" : Work[(int)(draws.Uniform() * Work.Length)];
        var worry = Worry[(int)(draws.Uniform() * Worry.Length)];
        var began = cause switch
        {
            SpasmCause.AfterPalsy => $"When I was {onset} that side of my face was paralysed; it came back, and then the twitching began.",
            SpasmCause.NerveInjury => $"It began at {onset}, some months after an injury to that side of the face.",
            SpasmCause.Hereditary => $"It began when I was {onset}; my mother had the same.",
            SpasmCause.NeurovascularContact => $"It began when I was {onset}. The scan showed a vessel at the nerve.",
            SpasmCause.Demyelination => $"It began when I was {onset}, during a time of other trouble with my nerves.",
            SpasmCause.BrainstemStroke => $"It began at {onset}, after a small stroke.",
            _ => $"It began when I was {onset}. Nobody found a reason.",
        };
        var how = spasm.Pattern switch
        {
            SpasmPattern.Isolated => "It is single twitches.",
            SpasmPattern.Grouped => "It comes in volleys.",
            SpasmPattern.Tonic => "The eye is pulled shut and stays so.",
            _ => "It twitches, it flutters, and sometimes it holds.",
        };
        var before = treatments switch
        {
            0 => "I have not had injections.",
            1 => "I had injections once.",
            _ => $"I had injections {treatments} times.",
        };
        var where = side == Side.PatientRight ? "right" : "left";
        return $"I am {age} and {work}. The {where} side of my face moves by itself. {began} {how} {worry} {before}";
    }
}
