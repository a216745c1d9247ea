namespace Facialis.Claims;

/// <summary>Something that Facialis says of itself, with the program that shows whether it is so.</summary>
/// <param name="Name">Name on the command line, and of the script in the claims folder.</param>
/// <param name="Says">The claim in one sentence.</param>
/// <param name="Holds">Measures, prints how (the figure last), and answers whether the claim holds.</param>
internal sealed record Claim(string Name, string Says, Func<string[], bool> Holds);
