namespace Facialis.Academy.Practice;

/// <summary>One ended attempt in the curve of progress.</summary>
/// <param name="Skill">Outcome score: 0 as without treatment, 100 as the best permitted plan.</param>
/// <param name="IsSafe">Whether the safety gate was passed.</param>
public sealed record PracticeDot(double Skill, bool IsSafe);
