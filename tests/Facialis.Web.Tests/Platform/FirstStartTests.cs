using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Web.Tests.Platform;

public sealed class FirstStartTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_empty_data_folder_gets_a_demonstration_clinic_and_an_owner_without_a_password(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);

        var owner = await app.WithAsync((FacialisDb db) => db.Users.SingleAsync(TestContext.Current.CancellationToken));
        var clinic = await app.WithAsync((FacialisDb db) => db.Set<ClinicAccount>().SingleAsync(TestContext.Current.CancellationToken));

        Assert.Null(owner.PasswordHash);
        Assert.Null(owner.LastSignedInAt);
        Assert.Equal(clinic.Id, owner.ClinicId);
        Assert.True(clinic.IsDemonstration);
        var home = await (await app.OwnerAsync()).PageAsync("/");
        Assert.Contains("Demonstration clinic", home, StringComparison.Ordinal);
        Assert.Contains("no real patients here", home, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_real_start_makes_an_empty_clinic_with_the_given_owner(Database database)
    {
        var settings = new Dictionary<string, string>
        {
            ["Facialis:Demonstration"] = "false",
            ["Facialis:ClinicName"] = "Rose Street",
            ["Facialis:OwnerEmail"] = "ada@example.org",
        };
        var probe = new ProbeModule();
        await using var app = await FacialisApp.StartAsync(database, settings, probe);

        var clinic = await app.WithAsync((FacialisDb db) => db.Set<ClinicAccount>().SingleAsync(TestContext.Current.CancellationToken));
        var owner = await app.WithAsync((FacialisDb db) => db.Users.SingleAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("Rose Street", false), (clinic.Name, clinic.IsDemonstration));
        Assert.Equal("ada@example.org", owner.Email);
        Assert.Equal(0, probe.Seeded);
        Assert.DoesNotContain("no real patients here", await (await app.OwnerAsync()).PageAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_demonstration_is_filled_once_by_the_modules_inside_its_clinic(Database database)
    {
        var probe = new ProbeModule();
        await using var app = await FacialisApp.StartAsync(database, null, probe);

        var clinic = await app.WithAsync((FacialisDb db) => db.Set<ClinicAccount>().SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, probe.Seeded);
        Assert.Equal(clinic.Id, probe.SeededIn);

        await app.StartAgainAsync();
        Assert.Equal(1, probe.Seeded);
    }

    [Fact]
    public async Task The_data_folder_and_its_keys_are_for_their_owner_only()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite, new Dictionary<string, string>());
        await app.OwnerAsync();

        Assert.True(File.Exists(Path.Combine(app.DataFolder, "facialis.db")));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(app.DataFolder, "keys")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(app.DataFolder).UnixFileMode);
    }
}
