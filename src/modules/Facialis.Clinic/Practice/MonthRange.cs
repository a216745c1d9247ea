using System.Globalization;

namespace Facialis.Clinic.Practice;

/// <summary>Months from one to another, both included. A month is its first day.</summary>
internal sealed record MonthRange
{
    /// <summary>At most as many months as a plot has room for.</summary>
    public const int Most = 60;

    private const int Usual = 12;

    private MonthRange(DateOnly from, DateOnly to) => (From, To) = (from, to);

    public DateOnly From { get; }

    public DateOnly To { get; }

    public IReadOnlyList<DateOnly> Months => [.. Enumerable.Range(0, (12 * (To.Year - From.Year)) + To.Month - From.Month + 1).Select(From.AddMonths)];

    public bool Has(DateOnly? month) => month >= From && month <= To;

    public static DateOnly Of(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>One month.</summary>
    public static MonthRange Only(DateOnly month) => new(Of(month), Of(month));

    /// <summary>From the first month to the last, however many.</summary>
    public static MonthRange All(DateOnly from, DateOnly to) => new(Of(from), Of(to));

    /// <param name="from">"2026-01"; empty for eleven months before the last.</param>
    /// <param name="to">"2026-12"; empty for the month of today.</param>
    /// <param name="today">The clinic's day.</param>
    /// <param name="range">The months; the usual ones where nothing sensible was typed.</param>
    /// <returns>False where what was typed is no month, the wrong way round, or too long.</returns>
    public static bool TryRead(string? from, string? to, DateOnly today, out MonthRange range)
    {
        var (last, isLast) = Read(to, Of(today));
        var (first, isFirst) = Read(from, last.AddMonths(1 - Usual));
        range = new MonthRange(first, last);
        if (isFirst && isLast && first <= last && first > last.AddMonths(-Most))
        {
            return true;
        }

        range = new MonthRange(Of(today).AddMonths(1 - Usual), Of(today));
        return false;
    }

    /// <summary>"2026-11", as a month field of a form has it.</summary>
    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>"Nov 2026".</summary>
    public static string InWords(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private static (DateOnly Month, bool IsOne) Read(string? typed, DateOnly otherwise) =>
        string.IsNullOrWhiteSpace(typed) ? (otherwise, true)
        : DateOnly.TryParseExact(typed.Trim() + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 1990 and < 2200 ? (month, true)
        : (otherwise, false);
}
