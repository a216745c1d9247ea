using System.Diagnostics;
using System.Globalization;
using Facialis.Anatomy.Recordings;
using Facialis.Claims.Fuzz;

namespace Facialis.Claims;

/// <summary>Mutates valid recordings of every format and reads what comes out.</summary>
internal static class RecordingFuzz
{
    // With some ninety kinds of damage, this makes more than the 20,000 files that the claim speaks of.
    private const int PerMutation = 220;
    private const int LeastFiles = 20_000;
    private const int SlowestMs = 5000;

    // What a reader may allocate in all: a multiple of the file's bytes, and buffers for one batch of frames.
    private const int BytesPerByte = 100;
    private const long ConstantBytes = 12 << 20;

    public static Claim Claim { get; } = new(
        "recording-fuzz",
        "A damaged recording gives a clear error: no crash, no hang, no more memory than the file justifies.",
        Holds);

    private static bool Holds(string[] arguments)
    {
        var perMutation = arguments is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : PerMutation;
        var failures = new List<string>();
        var (total, read, refused) = (0, 0, 0);
        Console.WriteLine($"{"format",-9} {"damage",-30} {"files",6} {"read",6} {"refused",8} {"slowest ms",11} {"most allocated kB",18}");
        foreach (var format in FuzzFormat.All)
        {
            foreach (var seed in format.Seeds)
            {
                if (Run(format, seed) is not { Refused: null, Broken: null })
                {
                    failures.Add($"{format.Name}: a file without any damage was not read.");
                }
            }

            foreach (var (name, mutate) in format.Mutations)
            {
                var row = new Row();
                for (var i = 0; i < perMutation; i++)
                {
                    var chance = new Random((i * 7919) + name.Sum(letter => letter));
                    var mutated = mutate(format.Seeds[i % format.Seeds.Count], chance);
                    var outcome = Run(format, mutated);
                    row.Add(outcome);
                    total++;
                    read += outcome is { Refused: null, Broken: null } ? 1 : 0;
                    refused += outcome is { Refused: not null, Broken: null } ? 1 : 0;
                    if (outcome.Broken is { } broken)
                    {
                        failures.Add($"{format.Name}, {name}, number {i}: {broken}");
                    }
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{format.Name,-9} {name,-30} {row.Files,6} {row.Read,6} {row.Refused,8} {row.SlowestMs,11:0.0} {row.MostAllocated / 1024,18}"));
            }
        }

        foreach (var failure in failures.Take(20))
        {
            Console.WriteLine(failure.Length <= 400 ? failure : failure[..400]);
        }

        if (arguments is [] && total < LeastFiles)
        {
            failures.Add($"only {total} damaged files were tried; the claim speaks of {LeastFiles}.");
        }

        Console.WriteLine($"Bounds: {SlowestMs} ms for a file; {BytesPerByte} bytes allocated for each of its bytes and {ConstantBytes >> 20} MiB.");
        Console.WriteLine($"{total} damaged files: {read} read as well-formed, {refused} refused with a sentence, {failures.Count} failures");
        return failures.Count == 0;
    }

    private static Outcome Run(FuzzFormat format, byte[] file)
    {
        using var hang = new Timer(_ => Environment.FailFast($"{format.Name}: a file of {file.Length} bytes kept the reader busy for 30 s."), null, 30_000, Timeout.Infinite);
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        string? refused = null;
        string? broken = null;
        try
        {
            format.Read(file);
        }
        catch (RecordingFormatException failure)
        {
            refused = failure.Message;
            broken = failure.Message.Length is < 15 or > 500 ? $"unhelpful message: {failure.Message}" : null;
        }
#pragma warning disable CA1031 // Any other exception is exactly what this program looks for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            broken = $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var ms = clock.Elapsed.TotalMilliseconds;
        broken ??= ms > SlowestMs ? $"took {ms:0} ms" : null;
        broken ??= allocated > (BytesPerByte * (long)file.Length) + ConstantBytes ? $"allocated {allocated} bytes for a file of {file.Length}" : null;
        return new Outcome(refused, broken, ms, allocated);
    }

    private sealed record Outcome(string? Refused, string? Broken, double Ms, long Allocated);

    private sealed class Row
    {
        public int Files { get; private set; }

        public int Read { get; private set; }

        public int Refused { get; private set; }

        public double SlowestMs { get; private set; }

        public long MostAllocated { get; private set; }

        public void Add(Outcome outcome)
        {
            Files++;
            Read += outcome.Refused is null ? 1 : 0;
            Refused += outcome.Refused is null ? 0 : 1;
            SlowestMs = Math.Max(SlowestMs, outcome.Ms);
            MostAllocated = Math.Max(MostAllocated, outcome.Allocated);
        }
    }
}
