using Facialis.Spasm.Filtering;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Spasm;

/// <summary>The filter that tells a movement from noise whose frames know of each other.</summary>
public sealed class NoiseColourTests
{
    private const int Frames = 30_000;
    private static readonly double[] ShortMovement = [0.5, 1, 0.5];

    [Fact]
    public void The_model_that_made_the_noise_is_found_again()
    {
        var noise = Noise(first: 0.5, second: 0.1, seed: 1);
        var colour = NoiseColour.Fit(noise, All);
        Assert.InRange(colour.First, 0.46, 0.54);
        Assert.InRange(colour.Second, 0.06, 0.14);
    }

    [Fact]
    public void Pure_noise_of_any_colour_comes_out_with_a_standard_deviation_of_one() => Prop.ForAll(
        Gen.Choose(-30, 70).ToArbitrary(), Gen.Choose(-20, 20).ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (first, second, seed) =>
        {
            var noise = Noise(first / 100.0, second / 100.0, seed);
            var answer = Window.Weighted(noise, NoiseColour.Fit(noise, All).MatchedTo(ShortMovement));
            Assert.InRange(Deviation(answer), 0.95, 1.05);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void A_short_movement_stands_out_further_than_from_a_plain_mean_where_neighbouring_frames_err_alike()
    {
        var noise = Noise(first: 0.6, second: 0, seed: 2);
        double Gain(NoiseColour colour)
        {
            var weights = colour.MatchedTo(ShortMovement);
            var movement = new float[41];
            for (var k = 0; k < 3; k++)
            {
                movement[19 + k] = (float)ShortMovement[k];
            }

            return Window.Weighted(movement, weights)[20] / Deviation(Window.Weighted(noise, weights));
        }

        Assert.True(Gain(NoiseColour.Fit(noise, All)) > 1.2 * Gain(NoiseColour.White));
    }

    [Fact]
    public void A_mirrored_movement_gives_the_mirrored_answer()
    {
        var noise = Noise(first: 0.5, second: 0.1, seed: 3);
        var flipped = noise.Select(x => -x).ToArray();
        Assert.Equal(NoiseColour.Fit(noise, All), NoiseColour.Fit(flipped, All));
    }

    [Fact]
    public void Too_few_quiet_frames_are_taken_for_white() =>
        Assert.Equal(NoiseColour.White, NoiseColour.Fit(Noise(0.5, 0, 4).AsSpan(0, 20), All.AsSpan(0, 20)));

    private static bool[] All { get; } = [.. Enumerable.Repeat(true, Frames)];

    private static double Deviation(float[] values) => Math.Sqrt(values.Average(v => (double)v * v));

    // Seeded noise of variance one whose frames go on from those before.
    private static float[] Noise(double first, double second, int seed)
    {
        var chance = new Random(seed);
        var noise = new double[Frames];
        for (var i = 0; i < Frames; i++)
        {
            // The sum of twelve uniform numbers is as good as normal here.
            var innovation = Enumerable.Range(0, 12).Sum(_ => chance.NextDouble()) - 6;
            noise[i] = innovation + (i > 0 ? first * noise[i - 1] : 0) + (i > 1 ? second * noise[i - 2] : 0);
        }

        var scale = Math.Sqrt(noise.Average(x => x * x));
        return [.. noise.Select(x => (float)(x / scale))];
    }
}
