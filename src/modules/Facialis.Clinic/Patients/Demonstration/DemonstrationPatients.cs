using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Scales;
using Facialis.Platform.Clinics;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Clinic.Patients.Demonstration;

/// <summary>A dozen people who do not exist, with charts as a clinic has them, and a list for today. Through the same handlers that people use.</summary>
internal static class DemonstrationPatients
{
    /// <summary>Days count back from the first start; ages are in years on that day.</summary>
    private static readonly Invented[] All =
    [
        new("DEMO-01", "Abendroth", "Lena", 58, ConditionSide.PatientLeft, 9) { Effect = (70, 12, Known.No, ""), Jankovic = [(95, 3, 3), (73, 1, 2), (7, 2, 3)], Today = VisitPurpose.Treatment, Ready = true, Note = "Comes back when it begins to wear off." },
        new("DEMO-02", "Birkeland", "Oskar", 44, ConditionSide.PatientLeft, 2) { Today = VisitPurpose.FirstVisit },
        new("DEMO-03", "Castellano", "Marta", 63, ConditionSide.PatientRight, 14) { Effect = (80, 13, Known.Yes, "Slight droop of the right lid for two weeks."), Jankovic = [(180, 4, 3), (160, 1, 1)], Ready = true, Today = VisitPurpose.Treatment },
        new("DEMO-04", "Dumont", "Pascal", 52, ConditionSide.Both, 5) { Note = "Sent as hemifacial spasm of both sides: right and left together or apart?", Today = VisitPurpose.FirstVisit },
        new("DEMO-05", "Eriksdottir", "Sigrun", 47, ConditionSide.PatientRight, 1) { Kind = ConditionKind.PostParalyticSynkinesis, Cause = ConditionCause.PostParalytic, Note = "Palsy of the right side two years ago." },
        new("DEMO-06", "Farkas", "Istvan", 61, ConditionSide.PatientLeft, 1) { RedFlag = "hearing-balance-cranial", Note = "Hearing on the left has grown worse since spring.", Today = VisitPurpose.Recording },
        new("DEMO-07", "Georgiou", "Eleni", 69, ConditionSide.PatientRight, 20) { ToxinUnknown = true, Note = "Was treated abroad; product and day are not known." , Today = VisitPurpose.Treatment },
        new("DEMO-08", "Halloran", "Niamh", 55, ConditionSide.PatientLeft, 8) { Effect = (60, 9, Known.No, ""), Jankovic = [(84, 3, 3), (63, 1, 2), (14, 2, 2), (0, 3, 3)], Ready = true, Today = VisitPurpose.FollowUp, Note = "Wearing off after nine weeks." },
        new("DEMO-09", "Ikeda", "Haruto", 38, ConditionSide.PatientRight, 4) { Note = "Began young." },
        new("DEMO-10", "Jankowska", "Zofia", 66, ConditionSide.PatientLeft, 11) { Effect = (90, 14, Known.No, ""), Ready = true },
        new("DEMO-11", "Kovač", "Ivana", 72, ConditionSide.Unknown, 6) { Kind = ConditionKind.Blepharospasm, Note = "Both eyes close together, in bright light." },
        new("DEMO-12", "Lindqvist", "Nils", 60, ConditionSide.PatientRight, 3) { Cause = ConditionCause.NeurovascularPrimary, Effect = (75, 12, Known.Yes, "Double vision for a week."), Ready = true },
    ];

    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<FacialisDb>();
        var time = services.GetRequiredService<ClinicTime>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var day = time.DayOf(now);
        foreach (var (order, invented) in All.Index())
        {
            var id = Guid.CreateVersion7(now.AddMilliseconds(order));
            var born = day.AddYears(-invented.Age).AddDays(-31 - (11 * order));
            services.GetRequiredService<AddPatient>().New(
                id, invented.Code, Person.From(invented.FamilyName, invented.GivenName, born, null, null, invented.Note), now, isDemonstration: true);
            if (invented.Today is { } purpose)
            {
                db.Add(new Visit { Id = Guid.CreateVersion7(now), PatientId = id, At = time.At(day, new TimeOnly(8, 30).AddMinutes(25 * order)), Purpose = purpose });
            }

            await db.SaveChangesAsync(cancellation);
            await FillAsync(services, invented, id, day, now, cancellation);
        }
    }

    private static async Task FillAsync(IServiceProvider services, Invented invented, Guid id, DateOnly day, DateTimeOffset now, CancellationToken cancellation)
    {
        var chart = services.GetRequiredService<Chart>();
        await chart.Record(Guid.CreateVersion7(now), id, new ConditionTyped
        {
            Kind = invented.Kind,
            Side = invented.Side,
            Cause = invented.Cause,
            Form = ConditionForm.Typical,
            OnsetYear = day.Year - invented.YearsIll,
            MriDone = Known.Yes,
            Basis = "Invented for the demonstration.",
        }, cancellation);
        var flags = chart.Facts.Asked.ToDictionary(q => q.Id, q => q.Id == invented.RedFlag ? Known.Yes : Known.No);
        await chart.Answer(Guid.CreateVersion7(now), id, flags, cancellation);
        if (invented.Effect is var (percent, weeks, sideEffects, which))
        {
            await chart.RecordEarlier(Guid.CreateVersion7(now), id, new PastTyped
            {
                Day = day.AddDays(-(7 * weeks) - 10),
                ProductId = "onabotulinumtoxinA",
                BestPercent = percent,
                WeeksOfEffect = weeks,
                HadSideEffects = sideEffects == Known.Yes ? "yes" : "no",
                Remarks = which,
            }, 12.5m, cancellation);
        }

        if (invented.Ready || invented.ToxinUnknown)
        {
            var answers = HealthQuestionWords.Asked.ToDictionary(q => q, _ => Answer.No);
            answers[HealthQuestion.ToxinInLastTwelveWeeks] = invented.ToxinUnknown ? Answer.Unknown : Answer.No;
            await services.GetRequiredService<HealthIntake>().Record(Guid.CreateVersion7(now), id, answers, "", cancellation);
        }

        if (invented.Ready && ConsentText.Find(services.GetRequiredService<PolicyFiles>(), "en") is { } text)
        {
            var filled = text.Fill(new Dictionary<string, string> { ["condition"] = $"{invented.Kind.Words()}, {invented.Side.Words().ToLowerInvariant()}" });
            await services.GetRequiredService<ConsentBook>().Sign(
                Guid.CreateVersion7(now), id, text, filled, $"{invented.GivenName} {invented.FamilyName}", null, typedAndAgreed: true, cancellation);
        }

        foreach (var (daysAgo, severity, frequency) in invented.Jankovic)
        {
            services.GetRequiredService<FacialisDb>().Add(ScaleScores.Row(
                Guid.CreateVersion7(now), id, ScaleBook.Jankovic,
                new Dictionary<string, int> { ["severity"] = severity, [ScaleBook.JankovicFrequency] = frequency }, now.AddDays(-daysAgo)));
        }

        await services.GetRequiredService<FacialisDb>().SaveChangesAsync(cancellation);
    }

    private sealed record Invented(string Code, string FamilyName, string GivenName, int Age, ConditionSide Side, int YearsIll)
    {
        public ConditionKind Kind { get; init; } = ConditionKind.HemifacialSpasm;

        public ConditionCause Cause { get; init; }

        /// <summary>Best percent, weeks, side effects and which.</summary>
        public (int Percent, int Weeks, Known SideEffects, string Which)? Effect { get; init; }

        /// <summary>Days ago, severity, frequency.</summary>
        public (int DaysAgo, int Severity, int Frequency)[] Jankovic { get; init; } = [];

        public string? RedFlag { get; init; }

        public bool ToxinUnknown { get; init; }

        /// <summary>Questions answered and consent signed.</summary>
        public bool Ready { get; init; }

        public VisitPurpose? Today { get; init; }

        public string Note { get; init; } = "";
    }
}
