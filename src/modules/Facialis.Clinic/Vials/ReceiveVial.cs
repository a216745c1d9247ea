using System.Buffers.Binary;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>Takes vials into stock. The same request again is the same vials.</summary>
internal sealed class ReceiveVial(FacialisDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The id belongs to a row that this clinic does not see.</summary>
    public const string IdTaken = "This id is taken. Make a new one.";

    private const int MostAtOnce = 50;

    /// <returns>Null when received, else the sentence that refuses it.</returns>
    public async Task<string?> Handle(Guid id, NewVial vial, string byName, CancellationToken cancellation)
    {
        if (id.Version != 7)
        {
            return "The id must be a UUID of version 7 made by the caller.";
        }

        if (Fault(vial) is { } fault)
        {
            return fault;
        }

        var product = ToxinCatalogue.Current.Product(vial.ProductId!); // Fault looked
        var ids = Enumerable.Range(0, vial.Count).Select(i => Nth(id, i)).ToList();
        if (await db.Set<Vial>().AnyAsync(v => v.Id == id, cancellation))
        {
            return null;
        }

        foreach (var one in ids)
        {
            db.Add(new Vial
            {
                Id = one,
                ProductId = product.Id,
                NominalHundredths = Vial.Hundredths(vial.Units),
                Lot = vial.Lot!.Trim(),
                LotExpires = vial.LotExpires!.Value, // Fault looked
                Serial = Text(vial.Serial),
                Gtin = Text(vial.Gtin),
                Cost = vial.Cost,
                ReceivedAt = clock.GetUtcNow(),
                ReceivedByName = byName,
            });
            audit.Note(AuditAction.Write, "vial received", one);
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException failure) when (db.LostRace(failure))
        {
            db.ChangeTracker.Clear();
            return await db.Set<Vial>().AnyAsync(v => v.Id == id, cancellation) ? null : IdTaken;
        }
    }

    private static string? Fault(NewVial vial) => vial switch
    {
        _ when ToxinCatalogue.Current.FindProduct(vial.ProductId) is null => "Choose the product.",
        { Units.Number: 0 } => "Say how many units the vial holds.",
        _ when !KnownSize(vial) => $"{ToxinCatalogue.Current.Product(vial.ProductId!).Name} comes in vials of " // found just above
            + $"{string.Join(", ", ToxinCatalogue.Current.VialSizes(ToxinCatalogue.Current.Product(vial.ProductId!)).Select(v => v.Units.Text))} U.",
        _ when Text(vial.Lot) is not { Length: <= Vial.MaxLotLength } => $"The lot has 1 to {Vial.MaxLotLength} signs.",
        _ when Text(vial.Serial)?.Length > Vial.MaxLotLength => $"The serial number has at most {Vial.MaxLotLength} signs.",
        _ when Text(vial.Gtin) is { } gtin && (gtin.Length != 14 || !Gs1Text.HasValidCheckDigit(gtin)) => "The trade item number has 14 digits and a check digit that fits.",
        { LotExpires: null } => "Say until when the lot may be used.",
        { Cost: < 0 or > 1_000_000 } => "The cost is between 0 and a million.",
        { Cost: { } cost } when decimal.Round(cost, 2) != cost => "The cost has at most two decimals.",
        { Count: < 1 or > MostAtOnce } => $"Receive 1 to {MostAtOnce} vials at once.",
        { Count: > 1 } when Text(vial.Serial) is not null => "A serial number belongs to one vial: receive them one by one.",
        _ => null,
    };

    /// <summary>Where the catalogue knows the sizes, another one is a slip; where it does not, any is taken.</summary>
    private static bool KnownSize(NewVial vial)
    {
        var product = ToxinCatalogue.Current.Product(vial.ProductId!); // Fault looked
        var sizes = ToxinCatalogue.Current.VialSizes(product);
        return sizes.Count == 0 || sizes.Contains(new Dose(product, vial.Units));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Ids of further vials follow from the first, so that the same request makes the same ones.</summary>
    private static Guid Nth(Guid id, int n)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = bytes[12..];
        BinaryPrimitives.WriteUInt32BigEndian(tail, BinaryPrimitives.ReadUInt32BigEndian(tail) + (uint)n);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>A vial, or several alike, that arrive.</summary>
internal sealed record NewVial(
    string? ProductId, Units Units, string? Lot, DateOnly? LotExpires, string? Serial = null, string? Gtin = null, decimal? Cost = null, int Count = 1);
