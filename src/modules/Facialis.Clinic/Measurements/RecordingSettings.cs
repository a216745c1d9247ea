namespace Facialis.Clinic.Measurements;

/// <summary>The settings under "Facialis:Recordings".</summary>
internal sealed class RecordingSettings
{
    public const string Section = "Facialis:Recordings";

    /// <summary>Largest part of an upload: small enough to repeat without pain when a line breaks.</summary>
    public const int MaxChunkBytes = 1 << 20;

    /// <summary>Largest recording that is taken, bytes. About five hours of the full mesh.</summary>
    public long MaxBytes { get; set; } = 512L << 20;

    /// <summary>Largest form that brings a file: what <see cref="MaxBytes"/> may be set to, and a little for the other fields.</summary>
    public const long MaxFormBytes = (2048L << 20) + (1 << 20);

    /// <summary>Whether the demonstration clinic gets generated recordings.</summary>
    public bool Demonstration { get; set; } = true;

    /// <summary>How long the answer to "complete" waits for the report before it says that measuring goes on, seconds.</summary>
    public double AnswerWithinSeconds { get; set; } = 20;

    public string MaxBytesInWords => MaxBytes >= 1 << 20 ? $"{MaxBytes >> 20} MiB" : $"{MaxBytes} bytes";
}
