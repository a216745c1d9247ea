using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The drawn clip with its truth, and the files that a test run makes from it with ffmpeg.</summary>
public sealed class Clips : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("facialis-clips-").FullName;
    private readonly Dictionary<string, Task<string>> _made = [];

    /// <summary>The clip as it is kept: 30 s of WebM.</summary>
    public static string Demo => Path.Combine(AppContext.BaseDirectory, "Clips", "demo.webm");

    /// <summary>Frames of <see cref="Demo"/>.</summary>
    public const int DemoFrames = 900;

    public const double DemoSeconds = 30;

    /// <summary>When the patient's right eye closes in <see cref="Demo"/>, seconds.</summary>
    public static (double From, double To) RightEye => (2, 4);

    /// <summary>The contractions drawn into <see cref="Demo"/>; all are of the patient's left half.</summary>
    public static IReadOnlyList<(double From, double To)> Contractions { get; } = ReadContractions();

    /// <summary>The same pictures as H.264 in MP4, as phones and cameras write.</summary>
    public Task<string> H264() => Make("demo.mp4", "-i", Demo, "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-an");

    /// <summary>Five seconds with the right eye closing, for tests that are not about measuring.</summary>
    public Task<string> FiveSeconds() => Make("short.webm", "-t", "5", "-i", Demo, "-c", "copy", "-an");

    /// <summary>Turned on its side in the file, with the rotation that puts it right, as phones write.</summary>
    public async Task<string> Rotated()
    {
        var lying = await Make("lying.mp4", "-t", "3", "-i", Demo, "-vf", "transpose=cclock", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-an");
        return await Make("rotated.mp4", "-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=270"); // written only when copying
    }

    /// <summary>The same film as a selfie camera that mirrors would have kept it.</summary>
    public Task<string> Mirrored() => Make("mirrored.webm", "-t", "7", "-i", Demo, "-vf", "hflip", "-c:v", "libvpx", "-b:v", "2M", "-an");

    /// <summary>What Chromium's fake camera plays in a loop.</summary>
    public Task<string> Camera() => Make("camera.mjpeg", "-i", Demo, "-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-an");

    public Task<string> Hevc() => Make("phone.mov", "-t", "2", "-i", Demo, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-an");

    public Task<string> SoundOnly() => Make("sound.mp4", "-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac");

    /// <summary>A video of 61 minutes, one small picture a second.</summary>
    public Task<string> TooLong() => Make("long.webm", "-f", "lavfi", "-i", "color=s=64x64:r=1:d=3660", "-c:v", "libvpx", "-b:v", "20k");

    /// <summary>A film that breaks off in the middle of its pictures.</summary>
    public async Task<string> CutOff()
    {
        var whole = await File.ReadAllBytesAsync(await H264(), TestContext.Current.CancellationToken);
        return await Write("cut.mp4", whole[..(whole.Length / 3)]);
    }

    /// <summary>The same with WebM, whose frames can be read up to the cut.</summary>
    public async Task<string> CutOffWebM()
    {
        var whole = await File.ReadAllBytesAsync(Demo, TestContext.Current.CancellationToken);
        return await Write("cut.webm", whole[..(whole.Length / 3)]);
    }

    /// <summary>A film whose pictures turn to noise after a third of its bytes.</summary>
    public async Task<string> Damaged()
    {
        var whole = await File.ReadAllBytesAsync(
            await Make("front.mp4", "-i", await H264(), "-c", "copy", "-movflags", "+faststart"), TestContext.Current.CancellationToken);
        new Random(1).NextBytes(whole.AsSpan(whole.Length / 3, whole.Length / 3));
        return await Write("damaged.mp4", whole);
    }

    /// <summary>A film of pictures that are drawn while it is made: JPEG in, H.264 in MP4 out.</summary>
    public Task<string> FilmAsync(string name, double framesPerSecond, IAsyncEnumerable<byte[]> pictures) => RunAsync(
        name,
        [
            "-f", "image2pipe", "-c:v", "mjpeg", "-framerate", framesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-an",
        ],
        pictures);

    public Task<string> Text() => Write("notes.mp4", "These are notes, not a video. They only carry its name."u8.ToArray());

    public Task<string> Empty() => Write("empty.webm", []);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>Made once, however many tests ask.</summary>
    private Task<string> Make(string name, params string[] arguments)
    {
        lock (_made)
        {
            return _made.TryGetValue(name, out var known) ? known : _made[name] = RunAsync(name, arguments);
        }
    }

    private async Task<string> RunAsync(string name, string[] arguments, IAsyncEnumerable<byte[]>? pictures = null)
    {
        var path = Path.Combine(_folder, name);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, path])
        {
            RedirectStandardInput = pictures is not null,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("ffmpeg could not be started.");
        var complaints = ffmpeg.StandardError.ReadToEndAsync();
        if (pictures is not null)
        {
            await FeedAsync(ffmpeg, pictures);
        }

        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, await complaints);
        return path;
    }

    private static async Task FeedAsync(Process ffmpeg, IAsyncEnumerable<byte[]> pictures)
    {
        await using var input = ffmpeg.StandardInput.BaseStream; // its end is the end of the film
        try
        {
            await foreach (var picture in pictures)
            {
                await input.WriteAsync(picture, TestContext.Current.CancellationToken);
            }
        }
        catch (IOException)
        {
            // ffmpeg gave up, and says itself why.
        }
    }

    private static List<(double From, double To)> ReadContractions()
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Clips", "demo.truth.json")));
        return [.. truth.RootElement.GetProperty("events").EnumerateArray()
            .Where(e => e.GetProperty("kind").GetString() == "spasm" && e.GetProperty("side").GetString() == "L")
            .Select(e => (e.GetProperty("t0").GetDouble(), e.GetProperty("t1").GetDouble()))];
    }
}
