using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Toxin;
using Facialis.VirtualPatient.Arithmetic;
using Facialis.VirtualPatient.Chance;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.VirtualPatient;

public sealed class PersonTests
{
    [Fact]
    public void The_same_seed_is_the_same_person_on_one_thread_and_on_eight()
    {
        var alone = Enumerable.Range(0, 200).Select(i => Words(VirtualPerson.FromSeed((ulong)i))).ToArray();
        var together = new string[200];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Words(VirtualPerson.FromSeed((ulong)i)));
        Assert.Equal(alone, together);
        Assert.Equal(200, alone.Distinct().Count());
    }

    [Fact]
    public void A_seed_means_the_same_person_for_ever()
    {
        // If this fails, every saved case and score of this model version has changed: raise the version instead.
        var person = VirtualPerson.FromSeed(42);
        Assert.Equal(
            Approved,
            FormattableString.Invariant($"{person.Side} {person.Cause} {person.Sex} {person.AgeYears} {person.OnsetAgeYears} {person.Spasm.Pattern} {person.Spasm.PerMinute} {person.Look.IpdMm} {person.Look.SkinTone} {person.Past.Count}"));
    }

    [Fact]
    public void People_are_as_published_series_describe_them()
    {
        var people = Enumerable.Range(0, 4000).Select(i => VirtualPerson.FromSeed((ulong)i)).ToList();
        double Share(Func<VirtualPerson, bool> has) => people.Count(has) / (double)people.Count;
        Assert.InRange(Share(p => p.Side == Side.PatientLeft), 0.54, 0.60);
        Assert.InRange(Share(p => p.Sex == Sex.Female), 0.59, 0.65);
        Assert.InRange(people.Average(p => p.OnsetAgeYears), 46, 51);
        Assert.InRange(Share(p => p.Form == SpasmForm.Primary), 0.72, 0.82);
        Assert.InRange(Share(p => p.Spasm.Pattern == SpasmPattern.Grouped), 0.30, 0.38);
        Assert.InRange(Share(p => p.IsContraindicated), 0.03, 0.2);
        Assert.InRange(Share(p => p.RedFlags.Count > 0), 0.08, 0.35);
        Assert.All(people, p => Assert.Equal(1, p.Spasm.Weights.Sum(), 1e-9));
        Assert.All(people, p => Assert.InRange(p.Spasm.PerMinute, 5, 60));
    }

    [Fact]
    public void Everybody_answers_every_health_question_and_can_be_reviewed()
    {
        foreach (var person in Enumerable.Range(0, 100).Select(i => VirtualPerson.FromSeed((ulong)i)))
        {
            Assert.All(Enum.GetValues<HealthQuestion>(), q => Assert.NotEqual(Answer.Unknown, person.Answers[q]));
            var facts = person.ToFacts(new DateOnly(2026, 11, 28));
            Assert.Equal(person.Past.Count, facts.Earlier.Count);
            Assert.InRange(new DateOnly(2026, 11, 28).Year - facts.BornOn!.Value.Year, person.AgeYears, person.AgeYears + 1);
        }
    }

    [Fact]
    public void Every_constant_names_its_source_and_changing_one_changes_the_hash()
    {
        var model = ModelParameters.Current;
        Assert.Equal(64, model.Hash.Length);
        Assert.All(model.All, p => Assert.False(string.IsNullOrWhiteSpace(p.Source) || string.IsNullOrWhiteSpace(p.Meaning)));
        Assert.Equal(model.All.Count, model.All.Select(p => model.With(p.Name, p.Value + 0.001).Hash).Append(model.Hash).Distinct().Count() - 1);
        Assert.Equal(model.Hash, model.With("tau", model["tau"]).Hash);
    }

    [Fact]
    public void The_muscles_of_the_model_lie_on_muscles_of_the_face_map()
    {
        var geometry = ModelParameters.Current.Geometry;
        Assert.Equal(1, geometry.Muscles.Sum(m => m.Weight), 1e-12);
        Assert.All(geometry.Muscles, m =>
        {
            var muscle = FaceAtlas.Current.FindMuscle(m.AtlasMuscleId);
            Assert.NotNull(muscle);
            // Drawn by hand in two places: most nerve endings lie in or near the drawn muscle.
            var near = m.Endplates.Count(e => muscle.Outline.DistanceIpd(FacePoint.Nearest((decimal)e.LateralIpd, (decimal)e.DownIpd)) < 0.1);
            Assert.True(near >= m.Endplates.Count * 3 / 4, $"{m.Id}: {near} of {m.Endplates.Count}");
        });
    }

    [Fact]
    public void Portable_logarithm_and_exponential_are_exact_to_the_last_digits()
    {
        for (var i = -600; i <= 600; i++)
        {
            var x = i / 1.7;
            Assert.Equal(Math.Exp(x), PortableMath.Exp(x), 4e-15 * Math.Exp(x));
            Assert.Equal(x, PortableMath.Log(Math.Exp(x)), 1e-13);
        }
    }

    [Fact]
    public void Vectors_of_numbers_have_the_exponentials_and_logarithms_of_the_numbers()
    {
        var values = Enumerable.Range(-601, 1203).Select(i => i / 1.7).ToArray();
        var powers = values.ToArray();
        PortableVectors.Exp(powers);
        Assert.All(values.Zip(powers), pair => Assert.Equal(Math.Exp(pair.First), pair.Second, 4e-15 * Math.Exp(pair.First)));
        Assert.All(values.Zip(powers), pair => Assert.Equal(PortableMath.Exp(pair.First), pair.Second));
        var logs = powers.ToArray();
        PortableVectors.Log(logs);
        Assert.All(values.Zip(logs), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        Assert.All(powers.Zip(logs), pair => Assert.Equal(PortableMath.Log(pair.First), pair.Second));
    }

    [Fact]
    public void Many_numbers_are_raised_to_a_power_whatever_their_size_and_number() => Prop.ForAll(
        Gen.Choose(1, 70).ToArbitrary(), Gen.Choose(-120, 120).ToArbitrary(), Gen.Choose(5, 90).ToArbitrary(), (count, tenths, power) =>
        {
            var (factor, exponent) = (Math.Pow(10, tenths / 40.0), power / 10.0);
            var numbers = Enumerable.Range(0, count).Select(i => Math.Pow(10, (i % 13) - 7) * (1 + (i / 97.0))).ToArray();
            var raised = numbers.ToArray();
            PortablePowers.Raise(raised, factor, exponent, 1e35);
            Assert.All(numbers.Zip(raised), pair =>
            {
                var wanted = Math.Min(Math.Pow(pair.First * factor, exponent), 1e35);
                Assert.Equal(wanted, pair.Second, 1e-13 * wanted);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_to_a_power_is_next_to_nothing()
    {
        double[] none = [0, 0, 1];
        PortablePowers.Raise(none, 2, 3, 1e35);
        Assert.InRange(none[0], 0, 1e-290);
        Assert.Equal(8, none[2], 1e-12);
    }

    [Fact]
    public void Draws_have_the_moments_of_their_laws()
    {
        var draws = Draws.Of(1, ChancePurpose.Person);
        var normal = Enumerable.Range(0, 40_000).Select(_ => draws.Normal()).ToArray();
        Assert.Equal(0, normal.Average(), 0.02);
        Assert.Equal(1, normal.Average(x => x * x), 0.03);
        var gamma = Enumerable.Range(0, 40_000).Select(_ => draws.Gamma(2.2, 18)).ToArray();
        Assert.Equal(18, gamma.Average(), 0.3);
        Assert.Equal(18 * 18 / 2.2, gamma.Average(x => (x - 18) * (x - 18)), 6.0);
        foreach (var mean in new[] { 0.0, 0.3, 7, 55 })
        {
            Assert.Equal(mean, Enumerable.Range(0, 20_000).Average(_ => draws.Poisson(mean)), 0.02 + (0.015 * mean));
        }
    }

    private const string Approved = "PatientLeft Idiopathic Female 42 34 Isolated 36.31 59.6 6 3";

    private static string Words(VirtualPerson person) => string.Join('|',
        person.Story, person.Look, person.Spasm.PerMinute, string.Join(',', person.Spasm.Weights), string.Join(',', person.Frailty.Shifts),
        person.Frailty.Dose, string.Join(',', person.Spoken), string.Join(',', person.RedFlags), string.Join(',', person.Past.Select(p => p.Units)));
}
