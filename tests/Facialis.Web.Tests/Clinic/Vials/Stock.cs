using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Clinic.Vials;

/// <summary>Works inside the first owner's clinic, each piece in a scope of its own as a request would.</summary>
internal sealed class Stock(FacialisApp app)
{
    private Guid? _clinic;

    public static ToxinProduct Ona => ToxinCatalogue.Current.Product("onabotulinumtoxinA");

    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        _clinic ??= await scope.ServiceProvider.GetRequiredService<FacialisDb>().Users.Where(u => u.IsFirstOwner).Select(u => u.ClinicId).SingleAsync(Token);
        scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(_clinic.Value);
        return await work(scope.ServiceProvider);
    }

    /// <summary>A vial of 100 U that was received and mixed with 4 mL.</summary>
    public async Task<Guid> MixedAsync(decimal units = 100, DateOnly? expires = null, string? product = null)
    {
        var id = await SealedAsync(units, expires, product);
        Assert.Null(await DoAsync(s => s.GetRequiredService<HandleVial>().Mix(id, new Millilitres(4), "S-1", "Nurse", Token)));
        return id;
    }

    public async Task<Guid> SealedAsync(decimal units = 100, DateOnly? expires = null, string? product = null)
    {
        var id = Guid.CreateVersion7();
        var vial = new NewVial(product ?? Ona.Id, new Units(units), "C7654C3", expires ?? new DateOnly(2027, 5, 31));
        Assert.Null(await DoAsync(s => s.GetRequiredService<ReceiveVial>().Handle(id, vial, "Nurse", Token)));
        return id;
    }

    /// <summary>Draws as signing does: in a transaction, committed only when everything was drawn.</summary>
    /// <returns>Null where it was drawn.</returns>
    public Task<DrawRefusal?> DrawAsync(Guid vial, VialDraw draw, bool commit = true) => DoAsync(async services =>
    {
        var db = services.GetRequiredService<FacialisDb>();
        var read = await db.Set<Vial>().AsNoTracking().SingleAsync(v => v.Id == vial, Token);
        var batch = new WriteBatch(db);
        if (services.GetRequiredService<DrawFromVial>().Add(batch, read, draw, await services.GetRequiredService<ClinicRules>().BookAsync(Token)) is { } refusal)
        {
            return refusal;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        if (await batch.RunAsync(Token) is { } missed)
        {
            Assert.Equal(DrawFromVial.Taken, missed);
            return DrawRefusal.TooLittleLeft;
        }

        await db.SaveChangesAsync(Token);
        if (commit)
        {
            await transaction.CommitAsync(Token);
        }

        return (DrawRefusal?)null;
    });

    public Task<DrawRefusal?> DrawAsync(Guid vial, decimal units, Guid? patient = null) => DrawAsync(vial, Draw(units, patient));

    public static VialDraw Draw(decimal units, Guid? patient = null, ToxinProduct? product = null) => new(
        Guid.CreateVersion7(), patient ?? Guid.CreateVersion7(), "Dr Injector", [new PointDraw(Guid.CreateVersion7(), Guid.CreateVersion7(), new Dose(product ?? Ona, units))]);

    public Task<Vial> FindAsync(Guid id) => DoAsync(s => s.GetRequiredService<FacialisDb>().Set<Vial>().AsNoTracking().SingleAsync(v => v.Id == id, Token));

    public Task<List<VialMovement>> MovementsAsync(Guid id) => DoAsync(s =>
        s.GetRequiredService<FacialisDb>().Set<VialMovement>().AsNoTracking().Where(m => m.VialId == id).ToListAsync(Token));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
