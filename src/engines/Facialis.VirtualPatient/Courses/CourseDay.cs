using Facialis.VirtualPatient.SideEffects;

namespace Facialis.VirtualPatient.Courses;

/// <summary>A virtual person on a day.</summary>
/// <param name="Day">Days since the case began.</param>
/// <param name="Severity">Visible spasm over that before treatment: 1 untreated, 0 none.</param>
/// <param name="Own">Muscles of the side with the spasm, in the order of the model.</param>
/// <param name="Other">Muscles of the other side.</param>
/// <param name="SideEffects">What is wrong on that day.</param>
/// <param name="ModelStamp">Version and hash of the model.</param>
public sealed record CourseDay(
    double Day, double Severity, IReadOnlyList<MuscleState> Own, IReadOnlyList<MuscleState> Other, IReadOnlyList<SideEffect> SideEffects, string ModelStamp)
{
    /// <summary>Improvement, 1 minus the severity.</summary>
    public double Improvement => 1 - Severity;
}
