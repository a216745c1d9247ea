using System.Globalization;
using System.Text;
using Facialis.Clinic.Records;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Facialis.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Facialis.Clinic.Practice;

/// <summary>The practice's figures as tables. Nothing in them is of one patient.</summary>
internal static class PracticeEndpoints
{
    public static readonly IReadOnlyList<string> UnitColumns =
    [
        "month", "product", "unit", "vials_opened", "given_units", "wasted_units", "discarded_units", "currency", "cost_given", "cost_wasted", "cost_discarded",
        "vials_without_cost",
    ];

    public static readonly IReadOnlyList<string> MonthColumns =
    [
        "month", "treatments", "currency", "fees", "treatments_with_fee", "cost", "treatments_with_cost", "margin", "treatments_with_both", "past_visits", "no_shows",
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var practice = api.MapGroup("/practice").WithTags("Practice").RequireAuthorization(Permission.ManageClinic);
        practice.MapGet("/units.csv", Units).Produces<string>(contentType: "text/csv").ProducesProblem(StatusCodes.Status400BadRequest)
            .WithName("ExportUnits").WithSummary("Downloads units and their cost by product and month as a CSV table")
            .WithDescription("unit names the product of the units beside it; units of two products are never added. Costs leave out vials without a cost, whose number is in vials_without_cost. "
                + "from, to: months of the clinic, yyyy-mm, both included.");
        practice.MapGet("/months.csv", Months).Produces<string>(contentType: "text/csv").ProducesProblem(StatusCodes.Status400BadRequest)
            .WithName("ExportMonths").WithSummary("Downloads treatments, fees, costs, margins and no-shows by month as a CSV table")
            .WithDescription("Beside each sum stands of how many treatments it is known. from, to: months of the clinic, yyyy-mm, both included.");
    }

    private static Task<IResult> Units(
        PracticeFigures figures, AuditTrail audit, ClinicTime time, TimeProvider clock, CancellationToken cancellation, string? from = null, string? to = null) =>
        Table("units", UnitColumns, f => f.Products.SelectMany(p => p.Months.Select(m => (IReadOnlyList<string>)
        [
            MonthRange.Text(m.Month), Csv.Text(KeptWords.Dose(0, p.ProductId).Product), Csv.Text(KeptWords.UnitOf(p.ProductId)), Count(m.Opened), Csv.Number(m.Given.Hundredths / 100m),
            Csv.Number(m.Wasted.Hundredths / 100m), Csv.Number(m.Discarded.Hundredths / 100m), f.Currency, PracticeWords.Money(m.Given.Cents), PracticeWords.Money(m.Wasted.Cents),
            PracticeWords.Money(m.Discarded.Cents), Count(m.VialsWithoutCost),
        ])), figures, audit, time.DayOf(clock.GetUtcNow()), from, to, cancellation);

    private static Task<IResult> Months(
        PracticeFigures figures, AuditTrail audit, ClinicTime time, TimeProvider clock, CancellationToken cancellation, string? from = null, string? to = null) =>
        Table("months", MonthColumns, f => f.Months.Select(m => (IReadOnlyList<string>)
        [
            MonthRange.Text(m.Month), Count(m.Treatments), f.Currency, PracticeWords.Money(m.Income.Cents), Count(m.Income.Of), PracticeWords.Money(m.Cost.Cents), Count(m.Cost.Of),
            PracticeWords.Money(m.Margin.Cents), Count(m.Margin.Of), Count(m.NoShows.All), Count(m.NoShows.Some),
        ]), figures, audit, time.DayOf(clock.GetUtcNow()), from, to, cancellation);

    private static async Task<IResult> Table(
        string name, IReadOnlyList<string> columns, Func<Figures, IEnumerable<IReadOnlyList<string>>> rows, PracticeFigures work, AuditTrail audit, DateOnly today, string? from,
        string? to, CancellationToken cancellation)
    {
        if (!MonthRange.TryRead(from, to, today, out var range))
        {
            return TypedResults.Problem($"from and to are months written 2026-11, from is not after to, and they are at most {MonthRange.Most}.", statusCode: StatusCodes.Status400BadRequest);
        }

        var figures = await work.Handle(range, cancellation);
        await audit.NoteNowAsync(AuditAction.Export, "practice figures", null, null, $"{name}, {MonthRange.Text(range.From)} to {MonthRange.Text(range.To)}", cancellation);
        var text = new StringBuilder().AppendJoin(',', columns).Append("\r\n");
        foreach (var row in rows(figures))
        {
            text.AppendJoin(',', row).Append("\r\n");
        }

        return TypedResults.File(new UTF8Encoding(false).GetBytes(text.ToString()), "text/csv; charset=utf-8", $"practice-{name}-{MonthRange.Text(range.From)}-to-{MonthRange.Text(range.To)}.csv");
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
