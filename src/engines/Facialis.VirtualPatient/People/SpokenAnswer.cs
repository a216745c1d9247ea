namespace Facialis.VirtualPatient.People;

/// <summary>What the person says when asked.</summary>
/// <param name="Topic">What was asked: a stable key such as <c>hearing</c>, or the name of a health question.</param>
/// <param name="Says">The answer in the person's words.</param>
/// <param name="Matters">True where the answer must change what is done.</param>
public sealed record SpokenAnswer(string Topic, string Says, bool Matters);
