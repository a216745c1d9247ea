using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Facialis.Clinic.Patients;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Clinic.Charts;

public sealed partial class ImportTests
{
    public static readonly TheoryData<Database> Databases = [Database.Sqlite, Database.Postgres];

    private static readonly DateOnly Today = new(2026, 11, 22);

    private const string ThreePeople = """"
        Chart code;Family name;Given name;Date of birth;Phone;E-mail;Notes
        P-1;Baker;Ruth;2.4.1961;+49 30 123456;ruth@baker.example;"two lines
        of a note; with a separator"
        p-2;Müller;"Jo ""Joe""";1970-12-24;;;
        P-3;Cooper;;;;;
        """";

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_file_is_looked_at_then_imported_once_however_often_it_is_sent(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();

        var preview = await owner.PostJsonAsync("/api/patients/import", new { csv = ThreePeople });
        Assert.Equal((3, 0, 0), (preview.GetProperty("new").GetInt32(), preview.GetProperty("thereAlready").GetInt32(), preview.GetProperty("faulty").GetInt32()));
        Assert.Empty(await owner.FindAsync("baker"));

        var first = await owner.PostJsonAsync("/api/patients/import", new { csv = ThreePeople, commit = true });
        Assert.Equal(3, first.GetProperty("added").GetInt32());
        var again = await owner.PostJsonAsync("/api/patients/import", new { csv = ThreePeople, commit = true });
        Assert.Equal((0, 3), (again.GetProperty("added").GetInt32(), again.GetProperty("thereAlready").GetInt32()));
        Assert.Equal(["P-1"], await owner.FindAsync("bak ru"));
        Assert.Equal(["P-2"], await owner.FindAsync("muller joe"));
        Assert.Equal(3, (await owner.JsonAsync("/api/patients")).GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task With_one_faulty_row_nothing_is_imported_and_the_line_is_named(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        const string file = "code,family name,date of birth\nP-1,Baker,1961-04-02\nP-2,Cooper,3/4/1961\nP-1,Driver,\n,Nobody,\nP-5,Short\n";

        var answer = await owner.PostJsonAsync("/api/patients/import", new { csv = file, commit = true });

        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("added").ValueKind);
        var faulty = answer.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "faulty")
            .ToDictionary(r => r.GetProperty("line").GetInt32(), r => string.Join(" ", r.GetProperty("faults").EnumerateArray()));
        Assert.Equal([3, 4, 5, 6], faulty.Keys.Order());
        Assert.Contains("1961-04-02 or 2.4.1961", faulty[3], StringComparison.Ordinal);
        Assert.Contains("stands in line 2", faulty[4], StringComparison.Ordinal);
        Assert.Contains("chart code is missing", faulty[5], StringComparison.Ordinal);
        Assert.Contains("2 fields, the heading has 3", faulty[6], StringComparison.Ordinal);
        Assert.Equal(0, (await owner.JsonAsync("/api/patients")).GetArrayLength());
    }

    [Fact]
    public async Task The_same_person_under_another_chart_code_is_pointed_out()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        await owner.AddPersonAsync("OLD-7", "Baker", "Ruth", "1961-04-02");

        var preview = await owner.PostJsonAsync("/api/patients/import", new { csv = "code,family name,given name,dob\nP-1,Ruth,Baker,1961-04-02\nP-2,Baker,Ruth,1961-04-03" });

        Assert.Equal(["OLD-7", null], preview.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("sameAs").GetString()));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_who_import_the_same_file_at_once_make_no_duplicates(Database database)
    {
        await using var app = await FacialisApp.StartAsync(database);
        var owner = await app.OwnerAsync();
        var file = "code,family name\n" + string.Concat(Enumerable.Range(0, 60).Select(n => $"P-{n},Name{n}\n"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => owner.PostJsonAsync("/api/patients/import", new { csv = file, commit = true })));

        Assert.Equal(60, answers.Sum(a => a.GetProperty("added").GetInt32()));
        Assert.Equal(60, (await owner.JsonAsync("/api/patients")).GetArrayLength());
    }

    [Fact]
    public async Task Without_script_the_form_shows_each_row_first_and_then_imports()
    {
        await using var app = await FacialisApp.StartAsync(Database.Sqlite);
        var owner = await app.OwnerAsync();
        var preview = await SendFileAsync(owner, Encoding.UTF8.GetBytes("\uFEFF" + ThreePeople));
        Assert.Contains("3 new, 0 there already, 0 with a fault", preview, StringComparison.Ordinal);

        var csv = WebUtility.HtmlDecode(Hidden().Match(preview).Groups["csv"].Value);
        Dictionary<string, string> fields = new() { ["Csv"] = csv, ["_handler"] = "import", ["__RequestVerificationToken"] = Token().Match(preview).Groups["token"].Value };
        var imported = await owner.Browser.PostAsync("/clinic/patients/import", new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);

        Assert.Contains("3 patients were added", await imported.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(["P-1"], await owner.FindAsync("baker"));
        Assert.Contains("not UTF-8", await SendFileAsync(owner, [0x63, 0x6F, 0x64, 0x65, 0x0A, 0x4D, 0xFC, 0x6C]), StringComparison.Ordinal);
        Assert.Contains("no column for the chart code", await SendFileAsync(owner, "Dear all, this is a letter."u8.ToArray()), StringComparison.Ordinal);
    }

    /// <summary>Whatever signs the fields hold, what was written is what is read, in any of the three dialects.</summary>
    [Fact]
    public void What_a_list_says_is_what_is_read()
    {
        var text = Gen.Elements([.. "aB7 ,;\t\"'\n=é漢-"]).ArrayOf().Select(signs => new string(signs));
        var rows = Gen.Three(text).ArrayOf().Where(all => all.Length is > 0 and < 30);
        Prop.ForAll(rows.ToArbitrary(), Gen.Elements(',', ';', '\t').ToArbitrary(), (people, separator) =>
        {
            var csv = new StringBuilder(string.Join(separator, "code", "family name", "given name", "notes")).Append("\r\n");
            for (var n = 0; n < people.Length; n++)
            {
                var (family, given, notes) = people[n];
                csv.AppendJoin(separator, $"P-{n}", Quoted(family), Quoted(given), Quoted(notes)).Append("\r\n");
            }

            var read = PatientCsv.Read(csv.ToString(), Today);

            Assert.Empty(read.Faults);
            Assert.Equal(people.Length, read.Rows.Count);
            foreach (var (row, (family, given, notes)) in read.Rows.Zip(people))
            {
                Assert.Equal(Person.From(family, given, null, null, null, notes), row.Person);
            }
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>No text at all makes the reader fail; it answers with rows or with faults.</summary>
    [Fact]
    public void Any_text_is_read_or_refused_in_words() => Prop.ForAll<NonNull<string>>(text =>
    {
        foreach (var csv in new[] { text.Get, "code,name\n" + text.Get })
        {
            var read = PatientCsv.Read(csv, Today);
            Assert.True(read.Faults.Count > 0 ^ read.Rows.Count > 0);
        }
    }).QuickCheckThrowOnFailure();

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<string> SendFileAsync(SignedIn person, byte[] file)
    {
        var html = await person.PageAsync("/clinic/patients/import");
        var form = new MultipartFormDataContent
        {
            { new StringContent("preview"), "_handler" },
            { new StringContent(Token().Match(html[html.IndexOf("enctype", StringComparison.Ordinal)..]).Groups["token"].Value), "__RequestVerificationToken" },
        };
        var bytes = new ByteArrayContent(file);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(bytes, "File", "patients.csv");
        var answer = await person.Browser.PostAsync("/clinic/patients/import", form, TestContext.Current.CancellationToken);
        return await answer.TextAsync();
    }

    [GeneratedRegex("<textarea name=\"Csv\" hidden[^>]*>(?<csv>.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
