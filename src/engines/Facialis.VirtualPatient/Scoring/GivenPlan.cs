using Facialis.VirtualPatient.Arithmetic;

namespace Facialis.VirtualPatient.Scoring;

/// <summary>What a plan gives to each person of a crowd, kept while one needle after the other changes: another dose then costs one sum, not one for each needle.</summary>
internal sealed class GivenPlan
{
    private readonly ScoreCrowd _crowd;
    private readonly double[] _units;
    private readonly double[] _exposure;
    private readonly double[] _behind;

    /// <summary>Gives a plan.</summary>
    /// <param name="crowd">The people.</param>
    /// <param name="units">Units at each needle.</param>
    public GivenPlan(ScoreCrowd crowd, ReadOnlySpan<double> units)
    {
        (_crowd, _units) = (crowd, units.ToArray());
        (_exposure, _behind) = (new double[crowd.People * crowd.Endplates], new double[crowd.People * ScoreCrowd.Structures]);
        foreach (var dose in units)
        {
            Total += dose;
        }

        for (var s = 0; s < units.Length; s++)
        {
            Add(s, units[s]);
        }
    }

    /// <summary>Units of all needles together.</summary>
    public double Total { get; private set; }

    /// <summary>Units at a needle.</summary>
    public double this[int needle] => _units[needle];

    /// <summary>Exposure of a person's nerve endings.</summary>
    public ReadOnlySpan<double> Exposure(int person) => _exposure.AsSpan(person * _crowd.Endplates, _crowd.Endplates);

    /// <summary>Exposure of a person's structures behind the muscles.</summary>
    public ReadOnlySpan<double> Behind(int person) => _behind.AsSpan(person * ScoreCrowd.Structures, ScoreCrowd.Structures);

    /// <summary>Changes the dose of a needle.</summary>
    public void Change(int needle, double dose)
    {
        Add(needle, dose - _units[needle]);
        Total += dose - _units[needle];
        _units[needle] = dose;
    }

    private void Add(int needle, double units)
    {
        if (units == 0)
        {
            return;
        }

        for (var i = 0; i < _crowd.People; i++)
        {
            PortableVectors.AddMultiple(_crowd.UnitExposure(i, needle), units, _exposure.AsSpan(i * _crowd.Endplates, _crowd.Endplates));
            PortableVectors.AddMultiple(_crowd.UnitBehind(i, needle), units, _behind.AsSpan(i * ScoreCrowd.Structures, ScoreCrowd.Structures));
        }
    }
}
