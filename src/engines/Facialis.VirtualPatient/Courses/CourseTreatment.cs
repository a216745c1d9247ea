using Facialis.Toxin;
using Facialis.VirtualPatient.Faces;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.Spread;

namespace Facialis.VirtualPatient.Courses;

/// <summary>A treatment of a virtual person.</summary>
/// <param name="Day">When, days since the case began; not negative.</param>
/// <param name="Deposits">Where the toxin went.</param>
public sealed record CourseTreatment(int Day, IReadOnlyList<Deposit> Deposits)
{
    /// <summary>Units in all.</summary>
    public double Units => Deposits.Sum(d => d.Units);

    /// <summary>A plan given on a day, every point exactly where it was planned.</summary>
    /// <param name="day">When, days since the case began; not negative.</param>
    /// <param name="plan">The plan; of the model's product.</param>
    /// <param name="parameters">The model; the current one where null.</param>
    /// <exception cref="ArgumentException">The plan is of another product: nothing turns its units into those of the model.</exception>
    public static CourseTreatment Of(int day, InjectionPlan plan, ModelParameters? parameters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentNullException.ThrowIfNull(plan);
        parameters ??= ModelParameters.Current;
        if (plan.Product.Id != parameters.ProductId)
        {
            throw new ArgumentException($"The model speaks units of {parameters.ProductId} only, and units are never converted.", nameof(plan));
        }

        return new CourseTreatment(day, [.. plan.Points.Select(point =>
        {
            var position = FacePosition.Of(point.Placed.Point);
            var volume = plan.Strength is { } strength ? (double)strength.VolumeOf(plan.DoseOf(point)).Number : parameters["usualVolume"];
            return new Deposit(point.Side, position, (double)point.Units.Number, volume, Deposit.PlaneAt(position, point.Depth));
        })]);
    }

    /// <summary>The same treatment of the other side.</summary>
    public CourseTreatment Mirrored() => this with { Deposits = [.. Deposits.Select(d => d.Mirrored())] };
}
