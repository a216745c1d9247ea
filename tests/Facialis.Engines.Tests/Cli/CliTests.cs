using System.Text;
using System.Text.Json;
using Facialis.Anatomy.Landmarks;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.Anatomy.Synthesis;
using Facialis.Cli;
using Facialis.Engines.Tests.Anatomy.Recordings;

namespace Facialis.Engines.Tests.Cli;

public sealed class CliTests : IDisposable
{
    private static readonly Lazy<byte[]> Spasms = new(() =>
    {
        using var recording = MovingFace.Render(SpasmScripts.RandomRest(5, Facialis.Anatomy.Side.PatientLeft, 40, 15), 5, new MovingFaceOptions());
        using var target = new MemoryStream();
        FacerecWriter.Copy(recording, target);
        return target.ToArray();
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-cli").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Measure_prints_both_sides_and_what_it_is_not()
    {
        var (code, output, errors) = await Run(["measure", Write("a.facerec", Spasms.Value)]);
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(@"Right +Left", output);
        Assert.Contains("spasm events", output, StringComparison.Ordinal);
        Assert.Contains("does not diagnose", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_reads_standard_input_and_prints_JSON_by_line()
    {
        var (code, output, _) = await Run(["measure", "-", "--json"], Spasms.Value);
        Assert.Equal(0, code);
        using var line = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        var report = line.RootElement.GetProperty("report");
        Assert.Equal("patientLeft", report.GetProperty("left").GetProperty("side").GetString());
        Assert.Equal(report.GetProperty("left").GetProperty("events").GetProperty("count").GetInt32(), report.GetProperty("events").EnumerateArray().Count(e =>
            e.GetProperty("side").GetString() == "patientLeft" && e.GetProperty("counted").GetBoolean()));
    }

    [Fact]
    public async Task Measure_prints_a_row_of_CSV_for_each_event()
    {
        var file = Write("name, with \"marks\".facerec", Spasms.Value);
        var (_, json, _) = await Run(["measure", file, "--json"]);
        var (code, csv, _) = await Run(["measure", file, "--csv"]);
        using var report = JsonDocument.Parse(json);
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, code);
        Assert.NotEqual(0, rows.Length - 1);
        Assert.Equal(report.RootElement.GetProperty("report").GetProperty("events").GetArrayLength(), rows.Length - 1);
        Assert.All(rows[1..], row => Assert.StartsWith('"' + file.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_file_does_not_keep_the_others_from_being_measured()
    {
        var (code, output, errors) = await Run(["measure", Write("cut.facerec", Spasms.Value[..5000]), Path.Combine(_folder, "missing"), Write("a.facerec", Spasms.Value)]);
        Assert.Equal(3, code);
        Assert.Contains("cut.facerec: This .facerec file is cut off", errors, StringComparison.Ordinal);
        Assert.Contains("missing: there is no such file", errors, StringComparison.Ordinal);
        Assert.Contains("spasm events", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_cannot_be_measured_gives_its_own_exit_code()
    {
        var plain = Made.Facerec(Made.Header(LandmarkScheme.MediaPipePlain, [.. Enumerable.Range(0, 468)]), Made.Frames(30, 468));
        var (code, output, _) = await Run(["measure", "-"], plain);
        Assert.Equal(1, code);
        Assert.Contains("NOT MEASURED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_prints_each_side_and_refuses_with_the_reason()
    {
        var before = Write("before.facerec", Spasms.Value);
        var plain = Write("plain.facerec", Made.Facerec(Made.Header(LandmarkScheme.MediaPipePlain, [.. Enumerable.Range(0, 468)]), Made.Frames(30, 468)));
        var (code, output, _) = await Run(["compare", before, before]);
        Assert.Equal(0, code);
        Assert.Contains("Right of the patient", output, StringComparison.Ordinal);
        Assert.Contains("rate ratio             1.00", output, StringComparison.Ordinal);
        var (refused, reasons, _) = await Run(["compare", before, plain]);
        Assert.Equal(1, refused);
        Assert.Contains("NOT COMPARED", reasons, StringComparison.Ordinal);
        var (_, json, _) = await Run(["compare", before, before, "--json"]);
        using var document = JsonDocument.Parse(json);
        Assert.True(document.RootElement.GetProperty("comparison").GetProperty("isComparable").GetBoolean());
    }

    [Fact]
    public async Task Import_and_export_go_there_and_back()
    {
        var (source, csv, back) = (Write("a.facerec", Spasms.Value), Path.Combine(_folder, "a.csv"), Path.Combine(_folder, "b.facerec"));
        Assert.Equal(0, (await Run(["record", "export", source, csv])).Code);
        Assert.Equal(0, (await Run(["record", "import", csv, back])).Code);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
        var (_, again, _) = await Run(["record", "export", back, "-"]);
        Assert.Equal(await File.ReadAllTextAsync(csv, TestContext.Current.CancellationToken), again);
    }

    [Fact]
    public async Task Import_does_not_replace_a_file_unasked_and_leaves_none_behind_when_it_fails()
    {
        var kept = Write("kept.facerec", [1, 2, 3]);
        Assert.Equal(2, (await Run(["record", "import", "-", kept], Spasms.Value)).Code);
        Assert.Equal(3, (await Run(["record", "import", "-", kept, "--force"], Spasms.Value[..9000])).Code);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(0, (await Run(["record", "import", "-", kept, "--force"], Spasms.Value)).Code);
    }

    [Fact]
    public async Task Import_salvages_a_cut_file_when_asked_and_says_so()
    {
        var saved = Path.Combine(_folder, "saved.facerec");
        var (code, _, errors) = await Run(["record", "import", "-", saved, "--salvage"], Spasms.Value[..(Spasms.Value.Length / 2)]);
        Assert.Equal(0, code);
        Assert.Contains("cut off", errors, StringComparison.Ordinal);
        using var reader = new FacerecReader(File.OpenRead(saved));
        Assert.NotEmpty(Made.ReadAll(reader));
        Assert.True(reader.IsComplete);
    }

    [Fact]
    public async Task What_a_file_does_not_say_can_be_said()
    {
        var csv = Encoding.UTF8.GetBytes("time_s,x_36,y_36\n0,1,2\n1,,\n");
        Assert.Equal(3, (await Run(["record", "info", "-"], csv)).Code);
        var (code, output, _) = await Run(["record", "info", "-", "--width", "640", "--height", "480", "--scheme", "ibug-68", "--mirrored", "--json"], csv);
        Assert.Equal(0, code);
        using var info = JsonDocument.Parse(output);
        Assert.Equal("mirrored", info.RootElement.GetProperty("mirroring").GetString());
        Assert.Equal((640, 2, 1), (info.RootElement.GetProperty("imageWidth").GetInt32(), info.RootElement.GetProperty("frames").GetInt32(), info.RootElement.GetProperty("framesWithFace").GetInt32()));
    }

    [Fact]
    public async Task Info_says_whether_a_file_is_whole()
    {
        Assert.Matches("whole +yes", (await Run(["record", "info", "-"], Spasms.Value)).Output);
        var (code, output, _) = await Run(["record", "info", "-"], Spasms.Value[..^1]);
        Assert.Equal(3, code);
        Assert.Matches("whole +NO: .*cut off", output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("measure")]
    [InlineData("measure a --json --csv")]
    [InlineData("measure - -")]
    [InlineData("measure a --width 0 --height 5")]
    [InlineData("measure a --width wide")]
    [InlineData("measure a --scheme mesh")]
    [InlineData("measure a --mirrored --not-mirrored")]
    [InlineData("compare a")]
    [InlineData("compare - -")]
    [InlineData("record import a")]
    [InlineData("backup")]
    [InlineData("backup new-key")]
    [InlineData("backup --to a")]
    [InlineData("restore --from a --key-file b")]
    [InlineData("restore --from a --key-file b --data c --database file.db")]
    [InlineData("diagnose a")]
    public async Task A_command_that_makes_no_sense_is_refused_with_a_sentence(string command)
    {
        var (code, output, errors) = await Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"\w{3,}.*\.", errors);
    }

    [Fact]
    public async Task Backup_makes_a_key_once_and_says_what_is_missing_or_no_backup()
    {
        var key = Path.Combine(_folder, "backup.key");
        var (code, output, _) = await Run(["backup", "new-key", key]);
        Assert.Equal(0, code);
        Assert.Contains("without it none of them opens", output, StringComparison.Ordinal);
        Assert.Equal(1, (await Run(["backup", "new-key", key])).Code);

        var missing = await Run(["backup", "check", Path.Combine(_folder, "none.backup"), "--key-file", key]);
        Assert.Equal(3, missing.Code);
        Assert.Contains("There is no backup", missing.Errors, StringComparison.Ordinal);
        var letter = await Run(["restore", "--from", Write("letter", Encoding.UTF8.GetBytes("Dear clinic,")), "--key-file", key, "--data", Path.Combine(_folder, "new")]);
        Assert.Equal(3, letter.Code);
        Assert.Contains("not a backup of Facialis", letter.Errors, StringComparison.Ordinal);
        var inside = await Run(["backup", "--data", _folder, "--key-file", key, "--to", Path.Combine(Path.GetTempPath(), "never.backup")]);
        Assert.Equal(1, inside.Code);
        Assert.Contains("lies in the data folder", inside.Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await Run(["backup", "--data", Path.Combine(_folder, "none"), "--key-file", Path.Combine(_folder, "no.key"), "--to", "x"])).Code);
    }

    [Fact]
    public async Task A_stop_is_obeyed()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        using var output = new MemoryStream();
        Assert.Equal(130, await CliApp.RunAsync(["record", "info", "-"], new MemoryStream(Spasms.Value), output, TextWriter.Null, cancel: stopped.Token));
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string[] args, byte[]? input = null)
    {
        using var output = new MemoryStream();
        await using var errors = new StringWriter();
        var code = await CliApp.RunAsync(args, new MemoryStream(input ?? []), output, errors, cancel: TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
