using Facialis.Clinic.Injections;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Products;
using Facialis.Clinic.Vials;
using Facialis.Platform.Database;
using Facialis.Toxin;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facialis.Claims.Signing;

/// <summary>What it costs to hold a plan of 20 points against all rules: the engine alone, and with everything that is read for it.</summary>
internal static class ReviewCost
{
    private const int Points = 20;
    private const int Reviews = 20_000;
    private const int Looks = 200;

    /// <returns>CPU of the engine for one review, and of this process for one look before a signature, ms.</returns>
    public static async Task<(double EngineMs, double LookMs)> MeasureAsync(Installation installation)
    {
        var one = (await new WaitingRoom(installation, Points) { FirstNumber = 90_000 }.AddAsync(1))[0];
        var engine = await installation.DoAsync(services => EngineAsync(services, one));
        await LookAsync(installation, one);
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Looks; i++)
        {
            await LookAsync(installation, one);
        }

        return (engine, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Looks);
    }

    private static async Task<double> EngineAsync(IServiceProvider services, Waiting one)
    {
        var patient = await services.GetRequiredService<FindPatients>().Find(one.Patient, CancellationToken.None) ?? throw new InvalidOperationException("No patient.");
        var plan = await services.GetRequiredService<ReadPlans>().Open(one.Patient, CancellationToken.None) ?? throw new InvalidOperationException("No plan.");
        var vial = await services.GetRequiredService<FacialisDb>().Set<Vial>().AsNoTracking().SingleAsync(v => v.Id == one.Vial);
        var (book, now) = (await services.GetRequiredService<ClinicRules>().BookAsync(CancellationToken.None), DateTimeOffset.UtcNow);
        var engine = new PlanContent(plan.Side, plan.ProductId, plan.VialUnits, plan.DiluentMl, plan.Points).ToPlan(vial.Product);
        var facts = (await services.GetRequiredService<FactsOfPatient>().Read(patient, vial.Product, book, now, null, CancellationToken.None)).Facts;
        var vialFacts = await services.GetRequiredService<ReadVials>().Facts(vial, one.Patient, CancellationToken.None);
        var findings = PlanReview.Of(engine, facts, vialFacts, book, now).Findings.Count;
        Review(); // the runtime compiles it once more meanwhile
        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = Environment.CpuUsage.TotalTime;
        Review();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Reviews;

        void Review()
        {
            for (var i = 0; i < Reviews; i++)
            {
                if (PlanReview.Of(engine, facts, vialFacts, book, now).Findings.Count != findings)
                {
                    throw new InvalidOperationException("The review is not the same twice.");
                }
            }
        }
    }

    private static Task<int> LookAsync(Installation installation, Waiting one) => installation.DoAsync(async services =>
        (await services.GetRequiredService<BeforeSigning>().Look(one.Patient, one.Vial, point => point.Units, CancellationToken.None))?.Findings.Count
            ?? throw new InvalidOperationException("There is nothing to sign."));
}
