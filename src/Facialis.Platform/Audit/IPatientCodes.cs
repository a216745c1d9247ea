namespace Facialis.Platform.Audit;

/// <summary>What the module that keeps patients offers to the audit page, so that people read chart codes instead of ids.</summary>
public interface IPatientCodes
{
    /// <summary>Chart codes of those patients of the current clinic that are still there.</summary>
    Task<IReadOnlyDictionary<Guid, string>> OfAsync(IReadOnlyCollection<Guid> patients, CancellationToken cancellation);

    /// <summary>The patient of the current clinic with this chart code; null when there is none.</summary>
    Task<Guid?> FindAsync(string code, CancellationToken cancellation);
}
