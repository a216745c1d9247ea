using System.Globalization;
using Facialis.Platform.Audit;
using Facialis.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Web.Tests.Audit;

/// <summary>Checkpoints and verification; claims/audit-tamper tries many more ways to damage a log.</summary>
public sealed class VerificationTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_untouched_log_agrees_with_its_checkpoints_and_seals(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await WriteAsync(app, 5);
        Assert.True(await app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken) >= 1);
        await WriteAsync(app, 3);
        await app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken));

        var verdicts = await VerifyAsync(app);

        Assert.All(verdicts, v => Assert.Null(v.Fault));
        var own = verdicts.Single(v => v.Log == clinic);
        Assert.Equal((await app.LogAsync(clinic)).Count, own.Entries);
        Assert.Equal(2, own.Checkpoints);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_changed_and_a_missing_entry_are_named(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var clinic = await WriteAsync(app, 6);
        await app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken);
        await DropTriggersAsync(app);

        await app.AsDatabaseOwnerAsync("UPDATE platform_audit_entry SET \"What\" = 'nothing' WHERE \"Sequence\" = 4");
        Assert.Equal(4, (await VerifyAsync(app)).Single(v => v.Log == clinic).Fault?.Entry);

        await app.AsDatabaseOwnerAsync("DELETE FROM platform_audit_entry WHERE \"Sequence\" = 2");
        Assert.Equal(2, (await VerifyAsync(app)).Single(v => v.Log == clinic).Fault?.Entry);

        await app.AsDatabaseOwnerAsync("DELETE FROM platform_audit_entry");
        Assert.Equal(0, (await VerifyAsync(app)).Single(v => v.Log == clinic).Fault?.Entry);
        await app.AsDatabaseOwnerAsync("UPDATE platform_audit_log SET \"Size\" = 0");
        await app.AsDatabaseOwnerAsync($"UPDATE platform_audit_log SET \"Frontier\" = {(database == Database.Sqlite ? "x''" : "''::bytea")}");
        await WriteAsync(app, 1); // the log begins anew, as if there had been nothing
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken));
        Assert.Contains(clinic.ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_is_signed_by_the_installations_key_and_by_no_other()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await WriteAsync(app, 1);
        await app.Services.GetRequiredService<Checkpoints>().WriteAsync(TestContext.Current.CancellationToken);
        var checkpoint = Assert.Single(File(app).Read());
        using var own = System.Security.Cryptography.ECDsa.Create();
        own.ImportFromPem(System.IO.File.ReadAllText(File(app).PublicKeyPath));
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        Assert.True(checkpoint.IsSignedBy(own));
        Assert.False(checkpoint.IsSignedBy(other));
        Assert.False((checkpoint with { Size = checkpoint.Size + 1 }).IsSignedBy(own));
        Assert.Equal(checkpoint, Checkpoint.Read(checkpoint.Line()));
    }

    [Fact]
    public async Task A_checkpoint_is_written_when_the_program_stops_into_the_folder_that_is_set()
    {
        var kept = Directory.CreateTempSubdirectory("facialis-kept-").FullName;
        try
        {
            await using (var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string> { ["Facialis:CheckpointFolder"] = kept }))
            {
                await WriteAsync(app, 2);
                Assert.Empty(new CheckpointFile(kept).Read());
            }

            Assert.Single(new CheckpointFile(kept).Read());
        }
        finally
        {
            Directory.Delete(kept, recursive: true);
        }
    }

    [Fact]
    public async Task A_checkpoint_is_written_at_intervals()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        await WriteAsync(app, 2);

        for (var waited = 0; File(app).Read().Count == 0 && waited < 400; waited++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(5));
            await Task.Delay(25, TestContext.Current.CancellationToken); // the background turns on a thread of its own
        }

        Assert.Single(File(app).Read());
    }

    [Fact]
    public void The_encoding_of_an_entry_never_changes()
    {
        var entry = new AuditEntry
        {
            ClinicId = new Guid("01a03053-09f8-7934-bea9-aa9b46e29e01"),
            Sequence = 7,
            At = DateTimeOffset.Parse("2026-11-22T12:00:00.123456Z", CultureInfo.InvariantCulture),
            ActorId = new Guid("01a03053-09f8-7934-bea9-aa9b46e29e02"),
            Action = AuditAction.Export,
            What = "Bär",
            SubjectId = null,
            PatientId = new Guid("01a03053-09f8-7934-bea9-aa9b46e29e03"),
            Detail = null,
        };

        Assert.Equal(
            "01" + "01A0305309F87934BEA9AA9B46E29E01" + "0000000000000007" + MicrosecondsHex + "00000003"
            + "01" + "01A0305309F87934BEA9AA9B46E29E02" + "00" + "01" + "01A0305309F87934BEA9AA9B46E29E03"
            + "00000004" + "42C3A472" + "FFFFFFFF",
            Convert.ToHexString(AuditEncoding.Encode(entry)));
    }

    /// <summary>1,795,348,800 s and 123,456 µs after 1970.</summary>
    private static string MicrosecondsHex => 1_795_348_800_123_456L.ToString("X16", CultureInfo.InvariantCulture);

    private static async Task<Guid> WriteAsync(FacialisApp app, int entries)
    {
        var clinic = await app.FirstClinicAsync();
        await app.WorkAsync(clinic, async (_, audit) =>
        {
            for (var i = 0; i < entries; i++)
            {
                await audit.NoteReadAsync($"thing {i}", Guid.CreateVersion7(), null, TestContext.Current.CancellationToken);
            }
        });
        return clinic;
    }

    private static CheckpointFile File(FacialisApp app) => new(app.Services.GetRequiredService<FacialisSettings>().CheckpointFolderPath);

    private static async Task<List<AuditVerdict>> VerifyAsync(FacialisApp app)
    {
        await using var source = await AuditSource.OpenAsync(app.DatabaseAddress, TestContext.Current.CancellationToken);
        return await new AuditVerification(source, File(app).Read(), app.Key()).AllAsync(TestContext.Current.CancellationToken);
    }

    private static async Task DropTriggersAsync(FacialisApp app)
    {
        if (app.DatabaseAddress.Contains("Host=", StringComparison.Ordinal))
        {
            await app.AsDatabaseOwnerAsync("ALTER TABLE platform_audit_entry DISABLE TRIGGER ALL");
        }
        else
        {
            await app.AsDatabaseOwnerAsync("DROP TRIGGER platform_audit_entry_keeps; DROP TRIGGER platform_audit_entry_stays");
        }
    }
}
