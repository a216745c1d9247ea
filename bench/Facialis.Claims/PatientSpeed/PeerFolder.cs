using System.Runtime.InteropServices;

namespace Facialis.Claims.PatientSpeed;

/// <summary>The folder through which Facialis and the NumPy program hand each other numbers: raw doubles, one file for each array.</summary>
internal sealed class PeerFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("facialis-patient-speed-");

    public string FullName => _folder.FullName;

    public void Write(string name, IEnumerable<double> values) => File.WriteAllBytes(PathOf(name), MemoryMarshal.AsBytes<double>(values.ToArray()).ToArray());

    public void WriteText(string file, string text) => File.WriteAllText(Path.Combine(FullName, file), text);

    public double[] Read(string name) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(PathOf(name))).ToArray();

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name) => Path.Combine(FullName, $"{name}.f64");
}
