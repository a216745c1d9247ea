using Facialis.Cli;

using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true; // end in order: no half-written file stays behind
    cancel.Cancel();
};
await using var output = Console.OpenStandardOutput();
await using var input = Console.OpenStandardInput();
return await CliApp.RunAsync(
    args, input, output, Console.Error, TimeProvider.System, showProgress: !Console.IsErrorRedirected, cancel.Token);
