namespace Facialis.Platform.Backup;

/// <summary>What was asked cannot be done with this backup, key or place. The message is a sentence for the person who asked.</summary>
public sealed class BackupRefusedException(string message) : Exception(message);

/// <summary>The file is not what was written: cut off, changed, or never a backup. The message is a sentence for the person who asked.</summary>
public sealed class BackupDamagedException(string message, Exception? inner = null) : Exception(message, inner);
