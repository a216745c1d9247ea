using System.Text.RegularExpressions;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.VirtualPatient.Recordings;
using Microsoft.Playwright;

namespace Facialis.Browser.Tests.Capture;

/// <summary>The face of a practice case as the product's own page draws it, made to play a recording and filmed picture by picture.</summary>
internal sealed partial class DrawnFace
{
    /// <summary>Coarser skin, as the face is drawn where there is no graphics hardware: thirty milliseconds a picture.</summary>
    private const int Quality = 2;

    /// <summary>Pictures fetched at once: some hundred kilobytes.</summary>
    private const int Batch = 48;

    /// <summary>The face looks through all frames before it shows the first; a busy machine needs a while.</summary>
    private const float LoadingMs = 120_000;

    private readonly IPage _page;

    private DrawnFace(IPage page) => _page = page;

    /// <summary>Begins a case and opens its face, which gets this recording in place of the case's own minute.</summary>
    /// <param name="window">A window of a signed-in learner.</param>
    /// <param name="title">Title of the case.</param>
    /// <param name="recording">What the face is to do.</param>
    public static async Task<DrawnFace> OpenAsync(IBrowserContext window, string title, VirtualRecording recording)
    {
        var page = await window.NewPageAsync();
        var file = FileOf(recording);
        await page.RouteAsync("**/recording.facerec*", route => route.FulfillAsync(new() { BodyBytes = file, ContentType = "application/octet-stream" }));
        await page.GotoAsync("/academy/practice");
        await page.Locator("form", new() { HasText = title }).Locator("button").First.ClickAsync();
        await page.WaitForURLAsync(CaseAddress());
        await page.GotoAsync(CaseAddress().Match(page.Url).Value + "/watch");
        await page.WaitForFunctionAsync(
            "seconds => document.querySelector('virtual-face')?.duration > seconds", recording.Seconds - 1, new() { Timeout = LoadingMs });
        await page.EvaluateAsync(
            """
            quality => {
              const face = document.querySelector("virtual-face");
              face.pause();
              face.quality = quality;
            }
            """,
            Quality);
        return new DrawnFace(page);
    }

    /// <summary>Square pictures with the face as large as a person's before a camera, 100 pixels between the eyes; JPEG.</summary>
    public async IAsyncEnumerable<byte[]> PicturesAsync(int pictures, double framesPerSecond)
    {
        for (var from = 0; from < pictures; from += Batch)
        {
            // Each frame is asked for in its middle, where rounding of times cannot choose its neighbour. The clock is the film's own: the face
            // holds pictures back that would flash too fast, and a quick machine draws faster than the film is played.
            var drawn = await _page.EvaluateAsync<string[]>(
                """
                ([from, to, rate]) => {
                  const face = document.querySelector("virtual-face");
                  window.film ??= Object.assign(document.createElement("canvas"), { width: 480, height: 480 });
                  const pen = film.getContext("2d");
                  return Array.from({ length: to - from }, (_, i) => {
                    const seconds = (from + i + 0.5) / rate;
                    performance.now = () => 1000 * seconds;
                    face.seek(seconds);
                    pen.drawImage(face.canvas, 0, 0, 480, 480);
                    return film.toDataURL("image/jpeg", 0.92).split(",")[1];
                  });
                }
                """,
                new object[] { from, Math.Min(pictures, from + Batch), framesPerSecond });
            foreach (var picture in drawn)
            {
                yield return Convert.FromBase64String(picture);
            }
        }
    }

    private static byte[] FileOf(VirtualRecording recording)
    {
        using var file = new MemoryStream();
        using (var reader = recording.Open())
        {
            FacerecWriter.Copy(reader, file);
        }

        return file.ToArray();
    }

    [GeneratedRegex("/academy/practice/[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex CaseAddress();
}
