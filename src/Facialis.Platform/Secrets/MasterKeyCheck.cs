using System.Security.Cryptography;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Facialis.Platform.Secrets;

/// <summary>At the start: makes the first master key, refuses a wrong one, and wraps anew what an older one still wraps.</summary>
/// <remarks>Runs under the start lock, before anything is served or seeded.</remarks>
internal sealed partial class MasterKeyCheck(
    FacialisDb db, MasterKeys master, SearchIndexRoot root, IServiceScopeFactory scopes, ILogger<MasterKeyCheck> log)
{
    /// <exception cref="WrongMasterKeyException">Data was encrypted with a master key that is not here.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var secret = await db.Set<InstallationSecret>().SingleOrDefaultAsync(s => s.Name == InstallationSecret.SearchIndex, cancellation);
        if (secret is null)
        {
            master.CreateFirst(); // nothing is encrypted yet, so no key can be the wrong one
            secret = new InstallationSecret { Name = InstallationSecret.SearchIndex, WrappedBy = "", Wrapped = [] };
            (secret.WrappedBy, secret.Wrapped) = master.Wrap(RandomNumberGenerator.GetBytes(MasterKeys.KeyBytes), secret.Purpose);
            db.Add(secret);
            await db.SaveChangesAsync(cancellation);
        }
        else if (!master.Any)
        {
            throw new WrongMasterKeyException(
                $"The database holds encrypted names, but there is no master key at {master.Path} nor in the setting Facialis:MasterKey. Put the key back; a new one would not open them.");
        }

        root.Set(master.Unwrap(new WrappedKey(secret.WrappedBy, secret.Wrapped), secret.Purpose));
        if (secret.WrappedBy != master.Current.Id)
        {
            (secret.WrappedBy, secret.Wrapped) = master.Wrap(master.Unwrap(new WrappedKey(secret.WrappedBy, secret.Wrapped), secret.Purpose), secret.Purpose);
            await db.SaveChangesAsync(cancellation);
        }

        await WrapAnewAsync(cancellation);
    }

    /// <summary>Clinic by clinic, since a clinic's rows exist for that clinic only.</summary>
    private async Task WrapAnewAsync(CancellationToken cancellation)
    {
        var wrapped = 0;
        foreach (var clinic in await db.Set<ClinicAccount>().Select(c => c.Id).ToListAsync(cancellation))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentClinic>().Enter(clinic);
            var own = scope.ServiceProvider.GetRequiredService<FacialisDb>();
            foreach (var key in await own.Set<DataKey>().Where(k => k.WrappedBy != master.Current.Id).ToListAsync(cancellation))
            {
                var purpose = DataKeys.Purpose(clinic, key.Id);
                (key.WrappedBy, key.Wrapped) = master.Wrap(master.Unwrap(new WrappedKey(key.WrappedBy, key.Wrapped), purpose), purpose);
                wrapped++;
            }

            await own.SaveChangesAsync(cancellation); // all of a clinic's keys or none
        }

        if (wrapped > 0)
        {
            WrappedAnew(log, wrapped, master.Current.Id);
        }
    }

    [LoggerMessage(LogLevel.Information, "Wrapped {Count} data keys anew with the master key {KeyId}")]
    private static partial void WrappedAnew(ILogger log, int count, string keyId);
}
