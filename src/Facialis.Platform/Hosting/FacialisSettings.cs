namespace Facialis.Platform.Hosting;

/// <summary>The settings under "Facialis". docs/operations.md explains each to the person who runs an installation.</summary>
public sealed class FacialisSettings
{
    public const string Section = "Facialis";

    /// <summary>Folder of everything this installation keeps: the database file and the keys. Relative to where the program is started.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>A PostgreSQL connection string, or empty for SQLite in the data folder.</summary>
    public string Database { get; set; } = "";

    /// <summary>A second connection string, of the user who owns the tables and changes them at a start; empty when that is the first one's.</summary>
    public string DatabaseOwner { get; set; } = "";

    /// <summary>Whether the first start makes a demonstration clinic; if not, an empty clinic with its owner.</summary>
    public bool Demonstration { get; set; } = true;

    /// <summary>Name of the clinic that a first start without demonstration makes.</summary>
    public string ClinicName { get; set; } = "Our clinic";

    /// <summary>E-mail address, and so the sign-in name, of the first owner.</summary>
    public string OwnerEmail { get; set; } = "owner@facialis.local";

    /// <summary>Time zone of the clinic, for example "Europe/Berlin"; empty for that of the machine. Times are stored in UTC and shown in it.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Master key in base64 (several, newest first, separated by commas); empty: the file. Give it as an environment variable, never on the command line.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>File of the master keys; empty for "master.key" in the data folder.</summary>
    public string MasterKeyFile { get; set; } = "";

    /// <summary>Folder of the signed checkpoints of the audit log; empty for "checkpoints" in the data folder. Better on another disk or machine.</summary>
    public string CheckpointFolder { get; set; } = "";

    /// <summary>Minutes between two checkpoints of a log that grows, 1 to 1440.</summary>
    public int CheckpointMinutes { get; set; } = 5;

    /// <summary>Where the checkpoints are.</summary>
    public string CheckpointFolderPath =>
        string.IsNullOrWhiteSpace(CheckpointFolder) ? Path.Combine(DataFolderPath, "checkpoints") : Path.GetFullPath(CheckpointFolder);

    /// <summary>
    /// Domain that passkeys belong to, for example "clinic.example"; empty for the host name of each request. Set it where several names
    /// lead here. Changing it later makes every passkey useless.
    /// </summary>
    public string PasskeyDomain { get; set; } = "";

    public string DataFolderPath => Path.GetFullPath(DataFolder);
}
