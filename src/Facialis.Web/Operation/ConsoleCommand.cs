using Facialis.Platform.Hosting;
using Facialis.Platform.Identity;
using Facialis.Platform.Identity.People;

namespace Facialis.Web.Operation;

/// <summary>What the program does on its console instead of serving: a fresh one-time link, or a further clinic.</summary>
/// <remarks>Whoever can run it holds the data folder already, so it opens nothing that was closed to them.</remarks>
internal sealed class ConsoleCommand
{
    private const string SignInLinkUse = "sign-in-link [e-mail]";
    private const string NewClinicUse = "new-clinic \"Name of the clinic\" --owner e-mail";

    private readonly Func<IServiceProvider, Task<(FacialisUser Person, string Token)>> _work;

    private ConsoleCommand(Func<IServiceProvider, Task<(FacialisUser, string)>> work, string[] settings) => (_work, Settings) = (work, settings);

    /// <summary>The rest of the command line, which holds settings as for serving.</summary>
    public string[] Settings { get; }

    /// <summary>The command that these arguments ask for; null when the program is to serve.</summary>
    /// <exception cref="ArgumentException">A command is there, but not as it is used.</exception>
    public static ConsoleCommand? Of(string[] args) => args switch
    {
        ["sign-in-link", var email, .. var rest] when !email.StartsWith('-') => new(services => LinkAsync(services, email), rest),
        ["sign-in-link", .. var rest] => new(services => LinkAsync(services, null), rest),
        ["new-clinic", var name, "--owner", var email, .. var rest] when !string.IsNullOrWhiteSpace(name) =>
            new(services => NewClinicAsync(services, name.Trim(), email), rest),
        ["new-clinic", ..] => throw new ArgumentException($"Use it so: {NewClinicUse}"),
        _ => null,
    };

    public async Task<int> RunAsync(WebApplication app)
    {
        await app.Services.GetServices<IHostedService>().OfType<StartUp>().Single().StartAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            var (person, token) = await _work(scope.ServiceProvider);
            var address = (app.Configuration["urls"] ?? FacialisHost.DefaultAddress).Split(';')[0];
            Announcement.PrintLink(person, address, token);
            return 0;
        }
        catch (InvalidOperationException failure) // said by us, in words for the console
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<(FacialisUser, string)> LinkAsync(IServiceProvider services, string? email)
    {
        var links = services.GetRequiredService<SignInLinks>();
        var person = await links.FindAsync(email, CancellationToken.None)
            ?? throw new InvalidOperationException($"Nobody who may sign in has this e-mail address. Use it so: {SignInLinkUse}");
        return (person, await links.IssueAsync(person.Id, CancellationToken.None));
    }

    private static async Task<(FacialisUser, string)> NewClinicAsync(IServiceProvider services, string name, string email)
    {
        var owner = await services.GetRequiredService<NewClinic>().MakeAsync(name, email, isDemonstration: false, CancellationToken.None);
        return (owner, await services.GetRequiredService<SignInLinks>().IssueAsync(owner.Id, CancellationToken.None));
    }
}
