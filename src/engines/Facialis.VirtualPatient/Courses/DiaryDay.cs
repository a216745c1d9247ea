namespace Facialis.VirtualPatient.Courses;

/// <summary>A day of the diary.</summary>
/// <param name="Day">Days since the case began.</param>
/// <param name="Severity">How bad the spasm was, 0 (none) to 100; null where the day was left out.</param>
public readonly record struct DiaryDay(int Day, int? Severity);
