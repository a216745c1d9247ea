using System.CommandLine;
using System.Globalization;
using Facialis.Anatomy;
using Facialis.Anatomy.Recordings;
using Facialis.Anatomy.Recordings.Facerec;
using Facialis.VirtualPatient.Courses;
using Facialis.VirtualPatient.Parameters;
using Facialis.VirtualPatient.People;
using Facialis.VirtualPatient.Populations;
using Facialis.VirtualPatient.Recordings;
using Facialis.VirtualPatient.Scoring;
using Facialis.VirtualPatient.SideEffects;

namespace Facialis.Cli;

/// <summary><c>facialis simulate person | weeks | plan | population | recording</c>: the teaching model without a server.</summary>
internal static class SimulateCommand
{
    private const string NotAdvice = "Teaching model, an illustration and no prediction: never take a dose from it to a person.";

    public static Command Build(Terminal terminal) => new("simulate", $"The virtual patient. {NotAdvice}")
    {
        Person(terminal), Weeks(terminal), Plan(terminal), Population(terminal), Recording(terminal),
    };

    private static Option<ulong> SeedOption() => new("--seed") { Description = "Seed: the same number is the same person.", DefaultValueFactory = _ => 1 };

    private static Option<bool> JsonOption() => new("--json") { Description = "One line of JSON." };

    private static Command Person(Terminal terminal)
    {
        var (seed, json) = (SeedOption(), JsonOption());
        var command = new Command("person", "Somebody with hemifacial spasm, made from a seed.") { seed, json };
        command.SetAction(parsed =>
        {
            var person = VirtualPerson.FromSeed(parsed.GetValue(seed));
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(new
                {
                    person.Seed,
                    model = person.ModelStamp,
                    person.Side,
                    person.Form,
                    person.Cause,
                    person.Sex,
                    person.AgeYears,
                    person.OnsetAgeYears,
                    person.Story,
                    person.Look,
                    person.Spasm,
                    person.RedFlags,
                    person.IsContraindicated,
                    person.Spoken,
                    person.Past,
                }));
                return ExitCode.Done;
            }

            terminal.Out.WriteLine(person.Story);
            terminal.Out.WriteLine(Invariant($"{person.Spasm.Pattern}, {person.Spasm.PerMinute:0.0} spasms a minute before treatment, {person.Side.Word().ToLowerInvariant()} side."));
            foreach (var said in person.Spoken)
            {
                terminal.Out.WriteLine($"  {(said.Matters ? "!" : " ")} {said.Topic}: {said.Says}");
            }

            terminal.Out.WriteLine($"Model {person.ModelStamp}, seed {person.Seed}. {NotAdvice}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Weeks(Terminal terminal)
    {
        var (seed, json, plan) = (SeedOption(), JsonOption(), new SimulatedPlan());
        var weeks = new Option<int>("--weeks") { Description = "Weeks to follow.", DefaultValueFactory = _ => 16 };
        var csv = new Option<bool>("--csv") { Description = "A table in CSV." };
        var command = new Command("weeks", "What becomes of one person under a plan, week by week.") { seed, weeks, json, csv };
        plan.AddTo(command);
        command.SetAction(parsed =>
        {
            var last = Within(parsed.GetValue(weeks), 1, 104, "--weeks");
            var person = VirtualPerson.FromSeed(parsed.GetValue(seed));
            var course = CourseOf(person, plan, parsed);
            var days = Enumerable.Range(0, last + 1).Select(week => course.At(7 * week)).ToList();
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(new
                {
                    person.Seed,
                    model = person.ModelStamp,
                    person.Side,
                    weeks = days.Select((day, week) => new { week, day.Severity, day.Improvement, muscles = day.Own, sideEffects = day.SideEffects }),
                    course.SideEffects,
                    diary = course.Diary(0, 7 * last),
                }));
                return ExitCode.Done;
            }

            var isTable = parsed.GetValue(csv);
            terminal.Out.WriteLine(isTable ? "week,severity,improvement,side_effects" : $"{"week",4} {"spasm left",11}  side effects");
            foreach (var (day, week) in days.Select((day, week) => (day, week)))
            {
                var effects = string.Join(isTable ? ";" : ", ", day.SideEffects.Select(e => e.Kind));
                terminal.Out.WriteLine(isTable ? Invariant($"{week},{day.Severity:0.0000},{day.Improvement:0.0000},{effects}") : Invariant($"{week,4} {day.Severity,11:0%}  {effects}"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Plan(Terminal terminal)
    {
        var (seed, json, plan) = (SeedOption(), JsonOption(), new SimulatedPlan());
        var people = new Option<int>("--people") { Description = "People with this face and spasm.", DefaultValueFactory = _ => 300 };
        var command = new Command("plan", "Score a plan for one person: 0 no treatment, 100 the best permitted plan found.") { seed, people, json };
        plan.AddTo(command);
        command.SetAction(parsed =>
        {
            var person = VirtualPerson.FromSeed(parsed.GetValue(seed));
            var treatment = TreatmentOf(person, plan, parsed) ?? throw new UsageException("Give the plan with --points.");
            var wishes = new PopulationWishes { People = Within(parsed.GetValue(people), 2, 5000, "--people"), Seed = person.Seed, Like = person };
            var score = new PlanScorer(person.Side, wishes).Score(treatment.Deposits);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(score));
                return ExitCode.Done;
            }

            foreach (var (name, worth) in ((string, PlanWorth)[])[("this plan", score.Plan), ("best found", score.Best)])
            {
                terminal.Out.WriteLine(Invariant(
                    $"{name,-10} {worth.Units,6:0.##} U, {worth.Benefit:0} % better over 16 weeks, lid {worth.Ptosis:0.0%}, double vision {worth.Diplopia:0.0%}, mouth {worth.Mouth:0.0%}: {string.Join(", ", worth.Doses.Select(d => Invariant($"{d.SiteId}={d.Units:0.##}")))}"));
            }

            terminal.Out.WriteLine(Invariant($"outcome {score.Skill:0.0}, standard error {score.StandardError:0.0}, {score.People} people, model {score.ModelStamp}, seed {score.Seed}. {NotAdvice}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Population(Terminal terminal)
    {
        var (seed, json, plan) = (SeedOption(), JsonOption(), new SimulatedPlan());
        var people = new Option<int>("--people") { Description = "How many.", DefaultValueFactory = _ => 2000 };
        var csv = new Option<bool>("--csv") { Description = "A table in CSV." };
        var command = new Command("population", "Many people under one plan over 16 weeks.") { seed, people, json, csv };
        plan.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            const Side side = Side.PatientRight; // a population has no side of its own
            var treatment = plan.Read(parsed, side) is { } read ? CourseTreatment.Of(0, read) : new CourseTreatment(0, []);
            var result = PopulationStudy.Run(
                treatment.Deposits, side, new PopulationWishes { People = Within(parsed.GetValue(people), 1, 1_000_000, "--people"), Seed = parsed.GetValue(seed), StepDays = 7 }, cancel: cancel);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Line(result));
                return Task.FromResult(ExitCode.Done);
            }

            var isTable = parsed.GetValue(csv);
            terminal.Out.WriteLine(isTable ? "week,mean_improvement,sd" : $"{"week",4} {"better",7} {"SD",6}");
            for (var i = 0; i < result.Days.Count; i++)
            {
                terminal.Out.WriteLine(isTable
                    ? Invariant($"{result.Days[i] / 7},{result.MeanImprovement[i]:0.0000},{result.SdImprovement[i]:0.0000}")
                    : Invariant($"{result.Days[i] / 7,4} {result.MeanImprovement[i],7:0%} {result.SdImprovement[i],6:0%}"));
            }

            if (!isTable)
            {
                foreach (var kind in Enum.GetValues<SideEffectKind>())
                {
                    terminal.Out.WriteLine(Invariant($"{kind}: {result.Of(kind):0.0%} of {result.People} treatments"));
                }

                terminal.Out.WriteLine($"Model {result.ModelStamp}, seed {result.Seed}. {NotAdvice}");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Recording(Terminal terminal)
    {
        var (seed, plan) = (SeedOption(), new SimulatedPlan());
        var target = new Argument<string>("OUT") { Description = "The .facerec file to write." };
        var week = new Option<int>("--week") { Description = "Week after the treatment." };
        var seconds = new Option<double>("--seconds") { Description = "Length of the rest.", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--fps") { Description = "Frames per second.", DefaultValueFactory = _ => 30 };
        var truth = new Option<string?>("--truth") { Description = "A CSV file for the contractions that were planted." };
        var command = new Command("recording", "Film one person.") { target, seed, week, seconds, rate, truth };
        plan.AddTo(command);
        command.SetAction(parsed =>
        {
            var length = parsed.GetValue(seconds) is >= 1 and <= 7200 and var asked ? asked : throw new UsageException("--seconds is 1 to 7200.");
            var frames = parsed.GetValue(rate) is >= 5 and <= 240 and var wanted ? wanted : throw new UsageException("--fps is 5 to 240.");
            var film = VirtualRecording.Of(
                CourseOf(VirtualPerson.FromSeed(parsed.GetValue(seed)), plan, parsed), 7 * Within(parsed.GetValue(week), 0, 104, "--week"),
                new RecordingWishes { RestSeconds = length, FramesPerSecond = frames, ChecksSide = true });
            using (var reader = film.Open())
            {
                using var file = new FileStream(parsed.GetRequiredValue(target), FileMode.CreateNew);
                FacerecWriter.Copy(reader, file);
            }

            if (parsed.GetValue(truth) is { } path)
            {
                using var table = new StreamWriter(new FileStream(path, FileMode.CreateNew)) { NewLine = "\n" };
                table.WriteLine("side,start_s,end_s,peak_s,kind,lid_closure,times_jitter");
                foreach (var one in film.Spasms)
                {
                    table.WriteLine(Invariant(
                        $"{one.Side.Word()},{one.StartSeconds:0.000},{one.EndSeconds:0.000},{one.PeakSeconds:0.000},{(one.IsTonic ? "tonic" : "clonic")},{one.LidClosure:0.000},{one.TimesJitter:0.00}"));
                }
            }

            terminal.Out.WriteLine(Invariant($"{film.Spasms.Count} contractions in {film.Seconds:0} s. Model {film.ModelStamp}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static CourseTreatment? TreatmentOf(VirtualPerson person, SimulatedPlan plan, ParseResult parsed) =>
        plan.Read(parsed, person.Side, person.Frame) is { } read ? CourseTreatment.Of(0, read) : null;

    private static VirtualCourse CourseOf(VirtualPerson person, SimulatedPlan plan, ParseResult parsed) =>
        VirtualCourse.Of(person, TreatmentOf(person, plan, parsed) is { } treatment ? [treatment] : []);

    private static int Within(int value, int least, int most, string option) =>
        value >= least && value <= most ? value : throw new UsageException($"{option} is {least} to {most}.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
