using System.Text.RegularExpressions;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Scales;
using Facialis.Toxin;
using FsCheck;
using FsCheck.Fluent;

namespace Facialis.Web.Tests.Clinic.Charts;

/// <summary>What can be worked out on paper: codes, red flags, questions, totals, and the hash of a consent.</summary>
public sealed class ChartRuleTests
{
    private static readonly ChartFacts Facts = ChartFacts.Read(Built("chart-facts.json"));

    private static readonly RoutinePath OpenPath = new(true, true, [], []);

    [Fact]
    public void The_code_of_hemifacial_spasm_says_the_side_and_no_other_code_says_one() =>
        Prop.ForAll(Gen.Elements(Enum.GetValues<ConditionKind>()).ToArbitrary(), Gen.Elements(Enum.GetValues<ConditionSide>()).ToArbitrary(), (kind, side) =>
        {
            var code = ConditionCode.Of(kind, side, Facts);
            Assert.Equal(kind == ConditionKind.HemifacialSpasm ? side : null, ConditionCode.SideOf(code.Code));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_kind_side_cause_form_and_question_has_its_words()
    {
        Assert.All(Enum.GetValues<ConditionKind>(), k => Assert.NotEmpty(k.Words()));
        Assert.All(Enum.GetValues<ConditionSide>(), s => Assert.NotEmpty(s.Words()));
        Assert.All(Enum.GetValues<ConditionCause>(), c => Assert.NotEmpty(c.Words()));
        Assert.All(Enum.GetValues<ConditionForm>(), f => Assert.NotEmpty(f.Words()));
        Assert.All(Enum.GetValues<HealthQuestion>(), q => Assert.EndsWith("?", q.Words(), StringComparison.Ordinal));
        Assert.Equal(
            Enum.GetValues<HealthQuestion>().Except([HealthQuestion.SpreadWarningNotAcknowledged, HealthQuestion.AlbuminNotTold]).Order(),
            HealthQuestionWords.Asked.Order());
    }

    [Fact]
    public void Every_fact_that_is_not_verified_shows_its_mark_and_source() =>
        Assert.All(Facts.Questions, q => Assert.True(q.Source.Length > 5 && q.Advice.Length > 2));

    [Fact]
    public void A_file_of_facts_that_lacks_one_is_refused_in_words()
    {
        var json = Built("chart-facts.json");
        Assert.Contains("exactly one code", Assert.Throws<InvalidDataException>(() => ChartFacts.Read(json.Replace("\"tic\"", "\"blepharospasm\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("derived red flag", Assert.Throws<InvalidDataException>(() => ChartFacts.Read(json.Replace("\"young-onset\"", "\"old-onset\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_red_flag_stops_until_acknowledged_and_again_after_it_went_and_came_back()
    {
        var asked = Facts.Asked.ToDictionary(q => q.Id, _ => Known.No);
        var condition = new ConditionFlags(ConditionKind.HemifacialSpasm, ConditionSide.PatientLeft, ConditionForm.Typical, 55);
        List<ChecklistEvent> events = [];
        RoutinePath After(string what, Known answer)
        {
            events.Add(what == "acknowledge"
                ? new(At(events.Count), null, ["facial-pain"])
                : new(At(events.Count), new Dictionary<string, Known>(asked) { ["facial-pain"] = answer }, []));
            return RedFlags.Judge(Facts, condition, events);
        }

        Assert.False(RedFlags.Judge(Facts, condition, []).IsOpen); // never asked
        Assert.True(After("checklist", Known.No).IsOpen);
        Assert.False(After("checklist", Known.Yes).IsOpen);
        Assert.True(After("acknowledge", default).IsOpen);
        Assert.True(After("checklist", Known.Yes).IsOpen); // known already
        Assert.True(After("checklist", Known.No).IsOpen);
        Assert.False(After("checklist", Known.Unknown).IsOpen); // not known stops too
    }

    [Theory]
    [InlineData(ConditionSide.Both, ConditionForm.Typical, 55, RedFlags.BothSides)]
    [InlineData(ConditionSide.PatientLeft, ConditionForm.Atypical, 55, RedFlags.AtypicalSpread)]
    [InlineData(ConditionSide.PatientLeft, ConditionForm.Typical, 39, RedFlags.YoungOnset)]
    [InlineData(ConditionSide.PatientLeft, ConditionForm.Typical, 40, null)]
    public void Flags_that_follow_from_the_condition_are_raised_by_themselves(ConditionSide side, ConditionForm form, int age, string? flag)
    {
        var path = RedFlags.Judge(
            Facts, new ConditionFlags(ConditionKind.HemifacialSpasm, side, form, age), [new(At(0), Facts.Asked.ToDictionary(q => q.Id, _ => Known.No), [])]);

        Assert.Equal(flag, path.Open.SingleOrDefault()?.Question.Id);
    }

    [Theory]
    [InlineData(Known.Yes, true)]
    [InlineData(Known.No, false)]
    [InlineData(Known.Unknown, false)]
    public void A_clinic_may_want_one_MRI_of_every_spasm(Known done, bool isOpen)
    {
        var wanted = ChartFacts.Read(Built("chart-facts.json").Replace("\"mriForEverySpasm\": false", "\"mriForEverySpasm\": true", StringComparison.Ordinal));
        var condition = new ConditionFlags(ConditionKind.HemifacialSpasm, ConditionSide.PatientLeft, ConditionForm.Typical, 55, done);
        ChecklistEvent[] events = [new(At(0), Facts.Asked.ToDictionary(q => q.Id, _ => Known.No), [])];

        Assert.True(RedFlags.Judge(Facts, condition, events).IsOpen); // as built, nobody asks for one
        Assert.Equal(isOpen, RedFlags.Judge(wanted, condition, events).IsOpen);
        Assert.True(RedFlags.Judge(wanted, condition with { Kind = ConditionKind.Tic }, events).IsOpen);
        Assert.True(RedFlags.Judge(wanted, condition, [.. events, new(At(1), null, [RedFlags.MriNotDone])]).IsOpen);
    }

    [Fact]
    public void Any_single_question_left_unknown_stops()
    {
        Assert.True(Judge(HealthAnswers.AllNo).IsClear);
        foreach (var question in HealthQuestionWords.Asked)
        {
            var status = Judge(HealthAnswers.AllNo.With(question, Answer.Unknown));
            Assert.True(status.Stops.Any(), $"{question} unknown passes.");
            Assert.All(status.Findings, f => Assert.True(f.Source.Length > 0 && f.Message.Length > 0));
        }

        Assert.Contains(IntakeStatus.Judge(null, null, HealthAnswers.AllNo, OpenPath, true, ToxinCatalogue.Current, null, LabelRegions.None).Stops, f => f.RuleId == "INTAKE-NOT-ASKED");
        Assert.Contains(Judge(HealthAnswers.AllNo.With(HealthQuestion.Pregnant, Answer.Yes)).Stops, f => f.RuleId == "POLICY-PREGNANCY");
        Assert.Contains(Judge(HealthAnswers.AllNo.With(HealthQuestion.AminoglycosideOrRelaxant, Answer.Yes)).Confirms, f => f.RuleId == "WARN-AMINOGLYCOSIDE");
        Assert.Contains(Judge(HealthAnswers.AllNo.With(HealthQuestion.AnticoagulantOrBleeding, Answer.Yes)).Notes, f => f.RuleId == "NOTE-ANTICOAGULANT");
        Assert.Contains(Judge(HealthAnswers.AllNo, hasConsent: false).Stops, f => f.RuleId == "WARN-SPREAD");
    }

    /// <summary>Any values within the items' ranges give a total within the scale's range; one missing or out of range gives none.</summary>
    [Fact]
    public void Totals_stay_within_their_scale_and_nothing_is_filled_in()
    {
        var seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
        Prop.ForAll(Gen.Elements(ScaleBook.All.AsEnumerable()).ToArbitrary(), seeds, (scale, seed) =>
        {
            var chance = new Random(seed); // seeded by the property itself
            var values = scale.Items.ToDictionary(i => i.Id, i => chance.Next(i.Low, i.High + 1));
            Assert.InRange(scale.Score(values) ?? int.MinValue, scale.Low, scale.High);

            var one = scale.Items[chance.Next(scale.Items.Count)];
            Assert.Null(scale.Score(new Dictionary<string, int>(values) { [one.Id] = one.High + 1 }));
            Assert.Null(scale.Score(new Dictionary<string, int>(values) { [one.Id] = one.Low - 1 }));
            values.Remove(one.Id);
            Assert.Null(scale.Score(values));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_ends_of_every_range_are_reached()
    {
        foreach (var scale in ScaleBook.All.Where(s => s.Id != ScaleBook.Sunnybrook.Id))
        {
            Assert.Equal(scale.Low, scale.Score(scale.Items.ToDictionary(i => i.Id, i => i.Low)));
            Assert.Equal(scale.High, scale.Score(scale.Items.ToDictionary(i => i.Id, i => i.High)));
        }

        int? Sunnybrook(int rest, int move, int synkinesis) => ScaleBook.Sunnybrook.Score(ScaleBook.Sunnybrook.Items.ToDictionary(i => i.Id, i => i.Id[..3] switch
        {
            "res" => Math.Min(rest, i.High),
            "mov" => move,
            _ => synkinesis,
        }));
        Assert.Equal(100, Sunnybrook(0, 5, 0));
        Assert.Equal(20 - 20 - 15, Sunnybrook(2, 1, 3));
        Assert.Equal(60 - 15 - 5, Sunnybrook(1, 3, 1)); // 4 x 15, 5 x 3, 5 x 1
    }

    [Fact]
    public void The_hash_of_a_consent_tells_any_change_of_any_part()
    {
        var record = new ConsentRecord(Guid.CreateVersion7(), At(1), "en", "1", "Title\n\nText with ü and {braces}", "Ruth Baker", "1,2 3,4 5,6");
        var hash = ConsentRecord.HashOf(record.Canonical());
        Assert.Equal(record, ConsentRecord.Parse(record.Canonical()));
        foreach (var other in new[]
        {
            record with { Text = record.Text + " " }, record with { SignerName = "Ruth  Baker" }, record with { Strokes = "1,2 3,4 5,7" },
            record with { SignedAt = record.SignedAt.AddMilliseconds(1) }, record with { TextVersion = "2" }, record with { Language = "de" },
            record with { PatientId = Guid.CreateVersion7() },
        })
        {
            Assert.NotEqual(hash, ConsentRecord.HashOf(other.Canonical()));
        }
    }

    [Theory]
    [InlineData("0,0 1,1 2,2", "0,0 1,1 2,2")]
    [InlineData("00,0 1,1  1000,2;", "0,0 1,1 1000,2")]
    [InlineData("0,0 1,1", null)]
    [InlineData("0,0 1,1 1001,2", null)]
    [InlineData("0,0 1,1 -1,2", null)]
    [InlineData("<svg onload=alert(1)>", null)]
    [InlineData("", null)]
    public void A_signature_has_one_spelling_or_is_none(string sent, string? kept) => Assert.Equal(kept, ConsentRecord.StrokesFrom(sent));

    [Fact]
    public void The_consent_text_says_what_it_must_and_its_blanks_cannot_forge_text()
    {
        var text = ConsentText.Read(new PolicyText(Built("consent.en.txt"), "0123456789abcdef", false));
        var filled = text.Fill(new Dictionary<string, string> { ["product"] = "X {label}\n# A heading", ["label"] = "on label" });

        foreach (var must in new[] { "left untreated|leave them untreated", "carbamazepine", "microvascular decompression", "5,181", "outside the label", "41 of 44 treatments", "855 treatments of 158 patients", "repeated", "Drooping lid", "albumin", "spread away", "video stays on the device", "withdraw this consent", "Contact:", "Cost:" })
        {
            Assert.Matches(must, filled);
        }

        Assert.Contains("X (label) # A heading", filled, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("[{}]"), filled);
        Assert.Contains("Cost: not stated", filled, StringComparison.Ordinal);
    }

    private static IntakeStatus Judge(HealthAnswers answers, bool hasConsent = true) =>
        IntakeStatus.Judge(Guid.CreateVersion7(), At(0), answers, OpenPath, hasConsent, ToxinCatalogue.Current, null, LabelRegions.None);

    private static DateTimeOffset At(int hour) => new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).AddHours(hour);

    private static string Built(string name)
    {
        using var stream = typeof(ChartFacts).Assembly.GetManifestResourceStream("Facialis.Clinic.Policy." + name) ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
