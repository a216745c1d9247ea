using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Engines.Tests.Toxin;

public sealed class DoseTests
{
    private static readonly ToxinProduct Botox = ToxinCatalogue.Current.Product("onabotulinumtoxinA");
    private static readonly ToxinProduct Dysport = ToxinCatalogue.Current.Product("abobotulinumtoxinA");

    [Fact]
    public void The_product_stands_beside_every_number_and_no_zero_at_its_end()
    {
        Assert.Equal("2.5 U BOTOX (onabotulinumtoxinA)", new Dose(Botox, 2.50m).ToString());
        Assert.Equal("10 U DYSPORT (abobotulinumtoxinA)", new Dose(Dysport, 10.00m).ToString());
        Assert.Equal("0.5 U BOTOX (onabotulinumtoxinA)", new Dose(Botox, 0.5m).ToString());
        Assert.Equal("2.5 U of a product not named", new Units(2.5m).ToString());
        Assert.Equal("2.5", new Units(2.500m).Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("0.05 mL", new Millilitres(0.0500m).ToString());
    }

    [Fact]
    public void A_sum_is_of_one_product_and_exact()
    {
        Assert.Equal(new Dose(Botox, 0.3m), Botox.Sum([new Dose(Botox, 0.1m), new Dose(Botox, 0.2m)]));
        Assert.Equal(new Dose(Botox, 0), Botox.Sum([]));
        var refusal = Assert.Throws<ArgumentException>(() => Botox.Sum([new Dose(Botox, 2.5m), new Dose(Dysport, 10)]));
        Assert.Contains("10 U DYSPORT (abobotulinumtoxinA) is not a dose of BOTOX (onabotulinumtoxinA)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_number_of_units_of_two_products_is_not_the_same_dose()
    {
        Assert.NotEqual(new Dose(Botox, 10), new Dose(Dysport, 10));
        Assert.Equal(new Dose(Botox, 10), new Dose(Botox, 10.0m));
        Assert.Throws<InvalidOperationException>(() => default(Dose).Product);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(0.005)]
    [InlineData(100_000.01)]
    public void Units_outside_what_can_be_meant_are_refused(double number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Units((decimal)number));

    /// <summary>Label anchors, BOTOX (AbbVie) and DYSPORT SmPC, and the table of vial units by diluent.</summary>
    [Theory]
    [InlineData(100, 8, 1.25)]
    [InlineData(100, 4, 2.5)]
    [InlineData(100, 2.5, 4)]
    [InlineData(50, 0.5, 10)]
    [InlineData(50, 8, 0.625)]
    [InlineData(200, 1.25, 16)]
    [InlineData(300, 2.5, 12)]
    [InlineData(500, 1, 50)]
    [InlineData(500, 2.5, 20)]
    [InlineData(500, 5, 10)]
    public void Units_in_a_tenth_of_a_millilitre_follow_from_vial_and_diluent(double vial, double diluent, double expected)
    {
        var strength = new Concentration(new Dose(Botox, (decimal)vial), new Millilitres((decimal)diluent));
        Assert.Equal((decimal)expected, strength.UnitsPerTenthMillilitre);
    }

    [Fact]
    public void The_volumes_of_the_points_are_the_volume_of_their_sum() =>
        Prop.ForAll(
            Gen.Choose(1, 40).Select(quarters => quarters / 4m).ListOf().Where(list => list.Count is > 0 and < 30).ToArbitrary(),
            Gen.Elements((100m, 8m), (100m, 4m), (100m, 2.5m), (200m, 4m), (500m, 2.5m)).ToArbitrary(),
            (units, mix) =>
            {
                var strength = new Concentration(new Dose(Botox, mix.Item1), new Millilitres(mix.Item2));
                var doses = units.Select(u => new Dose(Botox, u)).ToList();
                var parts = doses.Select(strength.VolumeOf).Aggregate(new Millilitres(0), (sum, v) => sum + v);
                return parts == strength.VolumeOf(Botox.Sum(doses));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_dose_between_two_marks_of_the_syringe_is_told_from_one_on_a_mark()
    {
        var step = new Millilitres(0.01m);
        var labelled = new Concentration(new Dose(Botox, 100), new Millilitres(4));
        Assert.True(labelled.IsWholeSteps(new Dose(Botox, 2.5m), step));
        Assert.True(labelled.IsWholeSteps(new Dose(Botox, 1.25m), step));
        Assert.False(labelled.IsWholeSteps(new Dose(Botox, 1), new Millilitres(0.05m)));
        var thirds = new Concentration(new Dose(Dysport, 300), new Millilitres(2.5m));
        Assert.False(thirds.IsWholeSteps(new Dose(Dysport, 10), step));
        Assert.Equal(new Millilitres(0.083333m), thirds.VolumeOf(new Dose(Dysport, 10)));
        Assert.Throws<ArgumentException>(() => labelled.VolumeOf(new Dose(Dysport, 10)));
    }

    [Fact]
    public void An_empty_vial_and_no_diluent_give_no_strength()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Concentration(new Dose(Botox, 0), new Millilitres(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Concentration(new Dose(Botox, 100), new Millilitres(0)));
    }
}
