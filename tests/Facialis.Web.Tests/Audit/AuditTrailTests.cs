using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Audit;

/// <summary>What AuditTrail promises to who calls it.</summary>
public sealed class AuditTrailTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_entry_says_who_did_what_when(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var (subject, patient) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await app.WorkAsync(clinic, (_, audit) => audit.NoteReadAsync("recording report", subject, patient, TestContext.Current.CancellationToken));

        var entry = (await app.LogAsync(clinic))[^1];
        Assert.Equal((AuditAction.Read, "recording report", subject, patient), (entry.Action, entry.What, entry.SubjectId, entry.PatientId));
        Assert.Equal((app.Clock.GetUtcNow(), (Guid?)null, (string?)null), (entry.At, entry.ActorId, entry.Detail));
        AuditHouse.IsWhole(await app.LogAsync(clinic), app.Key());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_note_is_written_with_the_save_it_tells_of(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var before = (await app.LogAsync(clinic)).Count;

        await app.WorkAsync(clinic, async (db, audit) =>
        {
            audit.Note(AuditAction.Write, "clinic", clinic, detail: "Name");
            Assert.Equal(before, (await app.LogAsync(clinic)).Count); // nothing yet
            (await db.Set<ClinicAccount>().SingleAsync(c => c.Id == clinic, TestContext.Current.CancellationToken)).Name = "Renamed";
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            Assert.False(db.ChangeTracker.HasChanges());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken); // and not twice
        });

        var log = await app.LogAsync(clinic);
        Assert.Equal((before + 1, "Name"), (log.Count, log[^1].Detail));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_is_rolled_back_or_fails_leaves_no_entry(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var before = (await app.LogAsync(clinic)).Count;

        await app.WorkAsync(clinic, async (db, audit) =>
        {
            await using (var rolledBack = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                audit.Note(AuditAction.Write, "clinic", clinic);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                await audit.NoteReadAsync("patients", null, null, TestContext.Current.CancellationToken);
                await rolledBack.RollbackAsync(TestContext.Current.CancellationToken);
            }

            await using (await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken)) // left without a word
            {
                await audit.NoteReadAsync("patients", null, null, TestContext.Current.CancellationToken);
            }

            audit.Note(AuditAction.Write, "clinic", clinic);
            db.Add(new ClinicAccount { Id = clinic, Name = "Twice", IsDemonstration = false, CreatedAt = default });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
            db.ChangeTracker.Clear();
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        Assert.Equal(before, (await app.LogAsync(clinic)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Several_saves_in_one_transaction_are_written_when_it_commits(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var before = (await app.LogAsync(clinic)).Count;

        await app.WorkAsync(clinic, async (db, audit) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            audit.Note(AuditAction.Write, "first", null);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            audit.Note(AuditAction.Write, "second", null);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        });

        var log = await app.LogAsync(clinic);
        Assert.Equal(["first", "second"], log.Skip(before).Select(e => e.What));
        AuditHouse.IsWhole(log, app.Key());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Writers_at_once_leave_no_gap_and_no_double_place(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var before = (await app.LogAsync(clinic)).Count;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await app.WorkAsync(clinic, async (db, audit) =>
                {
                    audit.Note(AuditAction.Write, $"writer {writer}", null, detail: $"{i}");
                    await db.SaveChangesAsync(TestContext.Current.CancellationToken);
                });
            }
        })));

        var log = await app.LogAsync(clinic);
        Assert.Equal(before + 80, log.Count);
        AuditHouse.IsWhole(log, app.Key());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_clinic_has_a_log_of_its_own_and_so_has_the_installation(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();
        var before = (await app.LogAsync(clinic)).Count;
        var other = Guid.CreateVersion7();

        await app.WorkAsync(clinic, async (db, audit) =>
        {
            await audit.NoteForClinicAsync(other, null, AuditAction.SignIn, "elsewhere", null, null, TestContext.Current.CancellationToken);
            await audit.NoteForClinicAsync(null, null, AuditAction.SignIn, "nowhere", null, null, TestContext.Current.CancellationToken);
        });

        Assert.Equal(before, (await app.LogAsync(clinic)).Count);
        Assert.Equal("elsewhere", Assert.Single(await app.LogAsync(other)).What);
        AuditHouse.IsWhole(await app.LogAsync(other), app.Key());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_database_itself_refuses_to_change_or_remove_an_entry(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await app.FirstClinicAsync();

        await app.WorkAsync(clinic, async (db, audit) =>
        {
            await audit.NoteReadAsync("patients", null, null, TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Set<AuditEntry>()
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.What, "nothing"), TestContext.Current.CancellationToken));
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Set<AuditEntry>()
                .ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        });

        Assert.NotEmpty(await app.LogAsync(clinic));
    }

    [Fact]
    public async Task The_key_is_readable_by_its_owner_only()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        _ = app.Key().PublicKey;

        if (OperatingSystem.IsWindows())
        {
            return; // has no such modes; there the folder's own rights hold
        }

        var mode = File.GetUnixFileMode(Path.Combine(app.Settings().DataFolderPath, "keys", AuditKey.FileName));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }
}
