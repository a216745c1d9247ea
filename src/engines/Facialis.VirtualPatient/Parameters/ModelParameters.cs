using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Facialis.VirtualPatient.Faces;

namespace Facialis.VirtualPatient.Parameters;

/// <summary>Every constant and position of the teaching model, under one version and one hash that each result carries.</summary>
public sealed record ModelParameters
{
    private static readonly Lazy<ModelParameters> Loaded = new(ParameterFile.Load);
    private readonly Dictionary<string, ModelParameter> _byName;
    private readonly Lazy<string> _hash;
    private readonly Lazy<KernelConstants> _kernel;
    private readonly Lazy<PersonConstants> _persons;

    internal ModelParameters(string version, string productId, IReadOnlyList<ModelParameter> all, FaceGeometry geometry)
    {
        (Version, ProductId, All, Geometry) = (version, productId, all, geometry);
        _byName = all.ToDictionary(p => p.Name, StringComparer.Ordinal);
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToCanonicalText()))));
        _kernel = new Lazy<KernelConstants>(() => KernelConstants.Of(this));
        _persons = new Lazy<PersonConstants>(() => new PersonConstants(this));
    }

    /// <summary>The set that this build carries.</summary>
    public static ModelParameters Current => Loaded.Value;

    /// <summary>Version of the set: year and number within it.</summary>
    public string Version { get; }

    /// <summary>The one product whose units the model speaks, an id of <see cref="Toxin.ToxinCatalogue"/>. Nothing is converted to it.</summary>
    public string ProductId { get; }

    /// <summary>Every constant in the order of the file.</summary>
    public IReadOnlyList<ModelParameter> All { get; }

    /// <summary>Where nerve endings and other structures lie.</summary>
    public FaceGeometry Geometry { get; }

    /// <summary>SHA-256 of <see cref="ToCanonicalText"/>, 64 hexadecimal digits: names exactly these numbers.</summary>
    public string Hash => _hash.Value;

    /// <summary>Version and the first digits of the hash, as they stand beside a result: "2026.1 / 0123456789ab".</summary>
    public string Stamp => $"{Version} / {Hash[..12]}";

    /// <summary>The constants of the equations, taken out of the table once.</summary>
    internal KernelConstants Kernel => _kernel.Value;

    /// <summary>The constants of people, taken out of the table once.</summary>
    internal PersonConstants Persons => _persons.Value;

    /// <summary>The value of a constant in its unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constant.</exception>
    public double this[string name] => Find(name).Value;

    /// <summary>The constant of that name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constant.</exception>
    public ModelParameter Find(string name) => _byName.GetValueOrDefault(name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, "The model has no such constant.");

    /// <summary>The same set with one constant changed: for sensitivity and calibration. Its hash differs.</summary>
    /// <param name="name">Name of the constant.</param>
    /// <param name="value">New value in the constant's unit; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such constant, or the value is not finite.</exception>
    public ModelParameters With(string name, double value)
    {
        var old = Find(name);
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A constant is a finite number.");
        }

        return new ModelParameters(Version, ProductId, [.. All.Select(p => ReferenceEquals(p, old) ? old with { Value = value } : p)], Geometry);
    }

    /// <summary>Numbers and positions as text, one to a line in the order of their names: what the hash is made of.</summary>
    /// <remarks>Words (sources, meanings) are left out: mending them changes no result.</remarks>
    public string ToCanonicalText()
    {
        var text = new StringBuilder();
        text.Append("version ").Append(Version).Append('\n').Append("product ").Append(ProductId).Append('\n');
        foreach (var parameter in All.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{parameter.Name} {parameter.Value:R} {parameter.Unit}\n");
        }

        Geometry.AppendCanonical(text);
        return text.ToString();
    }

    /// <summary>Whether both sets hold the same numbers.</summary>
    public bool Equals(ModelParameters? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
