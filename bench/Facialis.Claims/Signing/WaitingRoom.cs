using System.Text;
using Facialis.Anatomy;
using Facialis.Anatomy.Sites;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Claims.Signing;

/// <summary>A patient whom nothing but a signature keeps from being done.</summary>
/// <param name="Treatment">Id of the treatment to be signed.</param>
/// <param name="Patient">Whom.</param>
/// <param name="Plan">The open plan.</param>
/// <param name="Vial">The vial it is drawn from.</param>
internal sealed record Waiting(Guid Treatment, Guid Patient, Guid Plan, Guid Vial)
{
    public const int PlanRevision = 1;
}

/// <summary>Fills the waiting room through the module's own handlers: patients with condition, checklist, answers, consent, visit and plan.</summary>
internal sealed class WaitingRoom(Installation installation, int points)
{
    private const string Product = "onabotulinumtoxinA";
    private const decimal VialUnits = 100;
    private const decimal DiluentMl = 4;

    /// <summary>Patients for each transaction of the preparation, so that it does not wait for the disk at every row.</summary>
    private const int AtOnce = 20;

    /// <summary>How many of the patients are on today's list, as on a full day.</summary>
    private const int VisitsToday = 30;

    private static readonly (string Site, decimal Units)[] Places =
    [
        ("OO_UP_PT_MED", 1.25m), ("OO_UP_PT_LAT", 1.25m), ("OO_LO_PT_LAT", 1.25m), ("OO_ORB_LATCANTH", 1.25m),
        ("OO_ORB_INFLAT", 1.25m), ("ZMAJ_UP", 1m), ("CORR_LAT", 1m), ("OO_BROW_LAT", 1m),
    ];

    private int _made;

    /// <summary>Charts are numbered from here on; two rooms of one clinic begin apart.</summary>
    public int FirstNumber { init => _made = value; }

    /// <summary>Sets the region and confirms every rule, as an owner does once.</summary>
    public Task OpenAsync() => installation.DoAsync(async services =>
    {
        var policy = services.GetRequiredService<ChangePolicy>();
        var owner = new Owner(installation.OwnerId, Installation.OwnerName);
        await policy.SetRegion(LabelRegions.EuropeanUnion, owner, CancellationToken.None);
        return await policy.Confirm(
            ToxinCatalogue.Current.Rules.Where(r => r.NeedsConfirmation).Select(r => new ReadRule(r.Id, r.Revision)), owner, CancellationToken.None);
    });

    public async Task<List<Waiting>> AddAsync(int count)
    {
        List<Waiting> waiting = [];
        while (waiting.Count < count)
        {
            waiting.AddRange(await installation.DoAsync(services => AddSomeAsync(services, Math.Min(AtOnce, count - waiting.Count))));
        }

        return waiting;
    }

    private async Task<List<Waiting>> AddSomeAsync(IServiceProvider services, int count)
    {
        // As many patients to a vial as it surely holds enough for; writers meet at it.
        var vials = new List<Guid>();
        var perVial = (int)(VialUnits / (2.5m * points));
        for (var i = 0; i < count; i += perVial)
        {
            vials.Add(await MixedAsync(services));
        }

        List<Waiting> added = [];
        var db = services.GetRequiredService<FacialisDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        for (var i = 0; i < count; i++)
        {
            added.Add(await AddOneAsync(services, vials[i / perVial]));
        }

        await transaction.CommitAsync();
        return added;
    }

    private static async Task<Guid> MixedAsync(IServiceProvider services)
    {
        var id = Guid.CreateVersion7();
        var vial = new NewVial(Product, new Units(VialUnits), "C7654C3", DateOnly.FromDateTime(DateTime.UtcNow.AddYears(1)));
        Expect(await services.GetRequiredService<ReceiveVial>().Handle(id, vial, "Nurse", CancellationToken.None));
        Expect(await services.GetRequiredService<HandleVial>().Mix(id, new Millilitres(DiluentMl), "S-1", "Nurse", CancellationToken.None));
        return id;
    }

    private async Task<Waiting> AddOneAsync(IServiceProvider services, Guid vial)
    {
        var (patient, plan, number) = (Guid.CreateVersion7(), Guid.CreateVersion7(), ++_made);
        var person = Person.From($"Invented{number}", "Ada", new DateOnly(1962, 3, 4), "+44 20 7946 0000", null, "Nobody: made for a claim.");
        if ((await services.GetRequiredService<AddPatient>().Handle(patient, $"C-{number:00000}", person, CancellationToken.None)).Outcome != AddPatientOutcome.Added)
        {
            throw new InvalidOperationException("The patient was not added.");
        }

        var chart = services.GetRequiredService<Chart>();
        Expect(await chart.Record(Guid.CreateVersion7(), patient, new ConditionTyped
        {
            Kind = ConditionKind.HemifacialSpasm,
            Side = ConditionSide.PatientLeft,
            Form = ConditionForm.Typical,
            OnsetYear = 2016,
            MriDone = Known.Yes,
            Basis = "Invented.",
        }, CancellationToken.None));
        await chart.Answer(Guid.CreateVersion7(), patient, chart.Facts.Asked.ToDictionary(q => q.Id, _ => Known.No), CancellationToken.None);
        await services.GetRequiredService<HealthIntake>().Record(
            Guid.CreateVersion7(), patient, HealthQuestionWords.Asked.ToDictionary(q => q, _ => Answer.No), "", CancellationToken.None);
        var text = ConsentText.Find(services.GetRequiredService<PolicyFiles>(), "en") ?? throw new InvalidOperationException("There is no consent text.");
        Expect(await services.GetRequiredService<ConsentBook>().Sign(
            Guid.CreateVersion7(), patient, text, text.Fill(new Dictionary<string, string> { ["product"] = Product }), "Ada Invented", Strokes(number),
            typedAndAgreed: false, CancellationToken.None));
        if (number <= VisitsToday)
        {
            services.GetRequiredService<FacialisDb>().Add(new Visit { Id = Guid.CreateVersion7(), PatientId = patient, At = DateTimeOffset.UtcNow, Purpose = VisitPurpose.Treatment });
        }

        var saved = await services.GetRequiredService<SavePlan>().Handle(plan, Plan(patient, points), CancellationToken.None);
        return saved.Outcome == SavePlanOutcome.Saved
            ? new Waiting(Guid.CreateVersion7(), patient, plan, vial)
            : throw new InvalidOperationException($"The plan was not saved: {saved.Outcome} {string.Join(' ', saved.Faults ?? [])}");
    }

    /// <summary>A plan of that many points on the left side: where the sites are, and beside them once every site has its point.</summary>
    public static PlanChange Plan(Guid patient, int points) => new(
        patient, 0, Guid.CreateVersion7(), Side.PatientLeft, Product, VialUnits, DiluentMl,
        [
            .. Enumerable.Range(0, points).Select(i =>
            {
                var (name, units) = Places[i % Places.Length];
                var site = FaceAtlas.Current.Site(name);
                return new PlanPoint(
                    Guid.CreateVersion7(), site.Id, Side.PatientLeft, site.UsualPoint.LateralIpd + (0.06m * (i / Places.Length)), site.UsualPoint.DownIpd, site.Depth, units);
            }),
        ]);

    /// <summary>A signature as a finger draws it: 4 strokes of 60 points.</summary>
    private static string Strokes(int number)
    {
        var chance = new Random(number);
        var strokes = new StringBuilder();
        for (var stroke = 0; stroke < 4; stroke++)
        {
            strokes.Append(stroke == 0 ? "" : ";").AppendJoin(' ', Enumerable.Range(0, 60).Select(i => $"{(stroke * 200) + (i * 3)},{400 + chance.Next(200)}"));
        }

        return strokes.ToString();
    }

    private static void Expect(string? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal);
        }
    }
}
