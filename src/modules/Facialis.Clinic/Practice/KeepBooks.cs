using System.Globalization;
using Facialis.Clinic.Injections;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Practice;

/// <summary>Notes what treatments brought in, and in which money the clinic counts.</summary>
internal sealed class KeepBooks(FacialisDb db, OwnSettings settings, AuditTrail audit, TimeProvider clock)
{
    private const decimal Most = 1_000_000;

    /// <summary>Reads money as people write it: 180, 180.25 or 180,25.</summary>
    /// <returns>False where it is no amount between 0 and a million with at most two decimals.</returns>
    public static bool TryRead(string? typed, out decimal amount)
    {
        var text = (typed ?? "").Trim().Replace(',', '.');
        // "1,250" may mean a thousand and more, so three digits after the sign are refused, whatever they are.
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
            && amount is >= 0 and <= Most && (text.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 || text.Length - point - 1 <= 2));
    }

    /// <summary>Notes fees; an amount in place of another corrects it, none takes it away. The same again changes nothing.</summary>
    /// <param name="fees">By treatment; null for no fee.</param>
    /// <param name="byName">Who notes it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when noted, else the sentence that refuses it.</returns>
    public async Task<string?> Note(IReadOnlyDictionary<Guid, decimal?> fees, string byName, CancellationToken cancellation)
    {
        Guid[] ids = [.. fees.Keys];
        var patients = await db.Set<Treatment>().Where(t => EF.Parameter(ids).Contains(t.TreatmentId) && t.Version == 1)
            .Select(t => new { t.TreatmentId, t.PatientId }).ToDictionaryAsync(t => t.TreatmentId, t => t.PatientId, cancellation);
        if (patients.Count != ids.Length)
        {
            return "There is no such treatment.";
        }

        var known = await db.Set<TreatmentFee>().Where(f => EF.Parameter(ids).Contains(f.TreatmentId)).ToDictionaryAsync(f => f.TreatmentId, cancellation);
        foreach (var (treatment, amount) in fees)
        {
            var detail = (known.GetValueOrDefault(treatment), amount) switch
            {
                (null, { } first) => Add(treatment, patients[treatment], first, byName),
                ({ } row, { } other) when row.Amount != other => Correct(row, other, byName),
                ({ } row, null) => Remove(row),
                _ => null,
            };
            if (detail is not null)
            {
                audit.Note(AuditAction.Write, "treatment fee", treatment, patients[treatment], detail);
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return "Somebody else noted fees meanwhile. Look at them and save again.";
        }
    }

    /// <param name="code">ISO 4217 code, three letters.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when kept, else the sentence that refuses it.</returns>
    public async Task<string?> SetCurrency(string? code, CancellationToken cancellation)
    {
        var currency = code?.Trim().ToUpperInvariant() ?? "";
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            return "A currency has three letters, for example EUR.";
        }

        await settings.Change(s => s.Currency = currency, $"currency {currency}", cancellation);
        return null;
    }

    private string Add(Guid treatment, Guid patient, decimal amount, string byName)
    {
        var now = clock.GetUtcNow();
        db.Add(new TreatmentFee { Id = Guid.CreateVersion7(now), TreatmentId = treatment, PatientId = patient, Amount = amount, NotedAt = now, NotedByName = byName });
        return "noted";
    }

    private string Correct(TreatmentFee fee, decimal amount, string byName)
    {
        (fee.Amount, fee.NotedAt, fee.NotedByName) = (amount, clock.GetUtcNow(), byName);
        return "corrected";
    }

    private string Remove(TreatmentFee fee)
    {
        db.Remove(fee);
        return "taken away";
    }
}
