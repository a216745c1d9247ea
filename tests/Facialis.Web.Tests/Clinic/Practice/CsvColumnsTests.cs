using Facialis.Clinic.Practice;
using Facialis.Clinic.Recalls;

namespace Facialis.Web.Tests.Clinic.Practice;

/// <summary>Other programs read these tables by their columns, which are kept in tests/fixtures/csv: a change is one that somebody meant.</summary>
public sealed class CsvColumnsTests
{
    public static readonly TheoryData<string> Tables = ["lot", "practice-units", "practice-months"];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task The_columns_of_a_table_are_those_that_were_agreed(string table)
    {
        var columns = table switch
        {
            "lot" => RecallCsv.Columns,
            "practice-units" => PracticeEndpoints.UnitColumns,
            _ => PracticeEndpoints.MonthColumns,
        };
        var agreed = await File.ReadAllTextAsync(Path.Combine(Clone.Folder, "tests", "fixtures", "csv", table + ".csv"), TestContext.Current.CancellationToken);

        Assert.Equal(agreed.TrimEnd(), string.Join(',', columns));
    }
}
