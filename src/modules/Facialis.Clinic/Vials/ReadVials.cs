using Facialis.Clinic.Products;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>Answers every question about stock.</summary>
internal sealed class ReadVials(FacialisDb db, ClinicRules rules, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Vials not closed out, in the order in which they should be used: mixed ones by their last moment, then by the expiry of the lot.</summary>
    public async Task<IReadOnlyList<StockVial>> Stock(string? productId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = (await rules.BookAsync(cancellation)).DayOf(now);
        var vials = await db.Set<Vial>().AsNoTracking().Where(v => v.ClosedAt == null && (productId == null || v.ProductId == productId))
            .OrderBy(v => v.LotExpires).ThenBy(v => v.Id).Take(Most).ToListAsync(cancellation);
        return [.. vials.Select(v => new StockVial(v, StateOf(v, now, today)))
            .OrderBy(s => s.State).ThenBy(s => s.Vial.UsableUntil ?? DateTimeOffset.MaxValue).ThenBy(s => s.Vial.LotExpires).ThenBy(s => s.Vial.Id)];
    }

    /// <summary>The last closed out, newest first.</summary>
    public async Task<IReadOnlyList<StockVial>> Closed(CancellationToken cancellation) =>
        [.. (await db.Set<Vial>().AsNoTracking().Where(v => v.ClosedAt != null).OrderByDescending(v => v.ClosedAt).Take(20).ToListAsync(cancellation))
            .Select(v => new StockVial(v, VialState.Closed))];

    /// <summary>The vial to use next for a product: an open one that still may be used, else the sealed one that expires first. Null where there is none.</summary>
    public async Task<Vial?> Suggest(string productId, CancellationToken cancellation) =>
        (await Stock(productId, cancellation)).FirstOrDefault(s => s.State is VialState.Open or VialState.Sealed)?.Vial;

    public async Task<StockVial?> Find(Guid id, CancellationToken cancellation)
    {
        var vial = await db.Set<Vial>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancellation);
        var now = clock.GetUtcNow();
        return vial is null ? null : new StockVial(vial, StateOf(vial, now, (await rules.BookAsync(cancellation)).DayOf(now)));
    }

    public async Task<IReadOnlyList<VialMovement>> Movements(Guid id, CancellationToken cancellation) =>
        await db.Set<VialMovement>().AsNoTracking().Where(m => m.VialId == id).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(cancellation);

    /// <summary>What a review of a plan needs to know of a vial.</summary>
    public async Task<VialFacts> Facts(Vial vial, Guid patientId, CancellationToken cancellation) => Facts(
        vial, await db.Set<VialMovement>().AnyAsync(m => m.VialId == vial.Id && m.PatientId != null && m.PatientId != patientId, cancellation));

    /// <summary>The same where it is known already whether it was drawn for somebody else; a draw that was taken back in full served nobody.</summary>
    public static VialFacts Facts(Vial vial, bool drawnForAnother) => new()
    {
        Left = vial.Left,
        LotExpires = vial.LotExpires,
        Strength = vial.Strength,
        MixedAt = vial.MixedAt,
        UsableUntil = vial.UsableUntil,
        IsClosed = vial.ClosedAt is not null,
        ServedAnotherPatient = drawnForAnother && vial.DrawnHundredths > 0,
    };

    /// <summary>The product and size of the last vial received with that trade item number, so that it need not be chosen again.</summary>
    public async Task<Vial?> LastWith(string gtin, CancellationToken cancellation) =>
        await db.Set<Vial>().AsNoTracking().Where(v => v.Gtin == gtin).OrderByDescending(v => v.ReceivedAt).FirstOrDefaultAsync(cancellation);

    private static VialState StateOf(Vial vial, DateTimeOffset now, DateOnly today) => vial switch
    {
        { ClosedAt: not null } => VialState.Closed,
        _ when today > vial.LotExpires || now > vial.UsableUntil => VialState.ToThrowAway,
        { MixedAt: not null } => vial.Left.Units.Number == 0 ? VialState.Empty : VialState.Open,
        _ => VialState.Sealed,
    };
}

/// <summary>A vial and where it stands now.</summary>
internal sealed record StockVial(Vial Vial, VialState State);

/// <summary>Where a vial stands, in the order in which a stock list shows it.</summary>
internal enum VialState
{
    /// <summary>Mixed, and may be drawn from.</summary>
    Open,

    /// <summary>As it came.</summary>
    Sealed,

    /// <summary>Mixed, and nothing is left.</summary>
    Empty,

    /// <summary>Past its time or its expiry: not to be used.</summary>
    ToThrowAway,

    /// <summary>Closed out.</summary>
    Closed,
}
