using System.Text.Json;
using System.Text.Json.Serialization;
using Facialis.Clinic.Booking;
using Facialis.Clinic.Booking.Demonstration;
using Facialis.Clinic.Charts;
using Facialis.Clinic.Consents;
using Facialis.Clinic.FollowUps;
using Facialis.Clinic.FollowUps.Demonstration;
using Facialis.Clinic.FollowUps.Diary;
using Facialis.Clinic.FollowUps.Reports;
using Facialis.Clinic.Injections;
using Facialis.Clinic.Injections.Demonstration;
using Facialis.Clinic.Injections.Documents;
using Facialis.Clinic.Intake;
using Facialis.Clinic.Measurements;
using Facialis.Clinic.Measurements.Demonstration;
using Facialis.Clinic.Patients;
using Facialis.Clinic.Patients.Demonstration;
using Facialis.Clinic.Plans;
using Facialis.Clinic.Plans.Demonstration;
using Facialis.Clinic.Practice;
using Facialis.Clinic.Printing;
using Facialis.Clinic.Products;
using Facialis.Clinic.Recalls;
using Facialis.Clinic.Records;
using Facialis.Clinic.Scales;
using Facialis.Clinic.Vials;
using Facialis.Platform.Audit;
using Facialis.Platform.Database;
using Facialis.Platform.Identity;
using Facialis.Platform.Jobs;
using Facialis.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Facialis.Clinic;

/// <summary>The work of a clinic: what a person records, measures, plans and gives.</summary>
public sealed class ClinicModule : IModule
{
    public string Name => "clinic";

    public IReadOnlyList<NavigationLink> Navigation =>
    [
        new("/clinic/recordings", "Recordings", "See what was measured, and compare before and after."),
        new("/clinic/patients", "Patients", "Find a patient, see today's list, open a chart."),
        new("/clinic/due", "Due", "See who is due or overdue, and plan visits."),
        new("/clinic/booking", "Booking", "See the week of each room, book visits and move them."),
        new("/clinic/vials", "Vials", "Receive, mix and close vials; see what is left and what to use first."),
        new("/clinic/products", "Products", "Read the dose rules, their sources, and what the clinic has confirmed."),
        new("/clinic/practice", "Practice", "See what was used and wasted, what it cost and brought in, who did not come.", Permission.ManageClinic),
        new("/clinic/exports", "Exports", "Take treatments or a whole record out of the clinic.", Permission.Export),
    ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<RecordingSettings>(configuration.GetSection(RecordingSettings.Section));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddSingleton<RecordingContent>();
        services.AddSingleton<MeasuringQueue>();
        services.AddHostedService<Measuring>();
        services.AddSingleton<RuleBooks>();
        services.AddScoped<ClinicRules>();
        services.AddScoped<ChangePolicy>();
        services.AddScoped<ProductHelp>();
        services.AddScoped<ReceiveVial>();
        services.AddScoped<HandleVial>();
        services.AddScoped<ReadVials>();
        services.AddScoped<DrawFromVial>();
        services.AddScoped<RecallLot>();
        services.AddScoped<PracticeFigures>();
        services.AddScoped<KeepBooks>();
        services.AddScoped<AddPatient>();
        services.AddScoped<ChangePatient>();
        services.AddScoped<ErasePatient>();
        services.AddScoped<FindPatients>();
        services.AddScoped<ImportPatients>();
        services.AddScoped<PlanVisit>();
        services.AddScoped<Rooms>();
        services.AddScoped<BookVisit>();
        services.AddScoped<CancelVisit>();
        services.AddScoped<ReadWeek>();
        services.AddScoped<VisitMail>();
        services.AddScoped<PatientMails>();
        services.AddScoped<IJobHandler, VisitInvitationJob>();
        services.AddScoped<IJobHandler, VisitReminderJob>();
        services.AddScoped<IJobHandler, VisitCancellationJob>();
        services.AddScoped<IPatientCodes, PatientCodes>();
        services.AddScoped<PolicyFiles>();
        services.AddScoped<ChartWriter>();
        services.AddScoped<Chart>();
        services.AddScoped<HealthIntake>();
        services.AddScoped<ConsentBook>();
        services.AddScoped<ScaleScores>();
        services.AddScoped<ReceiveRecording>();
        services.AddScoped<CompleteRecording>();
        services.AddScoped<ImportRecording>();
        services.AddScoped<MeasureRecording>();
        services.AddScoped<ReadRecordings>();
        services.AddScoped<RemoveRecording>();
        services.AddScoped<CompareRecordings>();
        services.AddScoped<ReadPlans>();
        services.AddScoped<SavePlan>();
        services.AddScoped<RepeatPlan>();
        services.AddScoped<FaceOutlineOfPatient>();
        services.AddScoped<ReviewPlan>();
        services.AddScoped<FactsOfPatient>();
        services.AddScoped<ReadTreatments>();
        services.AddScoped<BeforeSigning>();
        services.AddScoped<SignTreatment>();
        services.AddScoped<AmendTreatment>();
        services.AddScoped<Countersign>();
        services.AddScoped<CorrectDraws>();
        services.AddScoped<ReadFollowUps>();
        services.AddScoped<UrgentWatch>();
        services.AddScoped<RecordFollowUp>();
        services.AddScoped<OwnSettings>();
        services.AddScoped<BeforeAndAfter>();
        services.AddScoped<DueDates>();
        services.AddScoped<DiaryLinks>();
        services.AddScoped<MailDiaryLink>();
        services.AddScoped<RecordDiary>();
        services.AddScoped<DiaryRecordings>();
        services.AddSingleton<DocumentFonts>();
        services.AddScoped<PrintTreatment>();
        services.AddScoped<PrintSideEffects>();
        services.AddScoped<ReadPatientRecord>();
        services.AddScoped<TreatmentsCsv>();
    }

    public void Use(IApplicationBuilder app) => app.UseMiddleware<DiaryDoor>();

    public void MapApi(RouteGroupBuilder api)
    {
        PatientEndpoints.Map(api);
        ProductEndpoints.Map(api);
        VialEndpoints.Map(api);
        RecordingEndpoints.Map(api);
        DiaryRecordings.Map(api);
        PlanEndpoints.Map(api);
        InjectionEndpoints.Map(api);
        PrintTreatment.Map(api);
        PrintSideEffects.Map(api);
        RecordEndpoints.Map(api);
        RecallEndpoints.Map(api);
        PracticeEndpoints.Map(api);
    }

    public async Task SeedDemonstrationAsync(IServiceProvider services, CancellationToken cancellation)
    {
        if (services.GetRequiredService<IConfiguration>().GetValue("Facialis:Charts:Demonstration", true))
        {
            await DemonstrationPatients.SeedAsync(services, cancellation);
            DemonstrationTreatments.AddStock(services.GetRequiredService<FacialisDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
            await DemonstrationPlans.SeedAsync(services, cancellation);
            await DemonstrationCycles.SeedAsync(services, cancellation);
            await DemonstrationWeek.SeedAsync(services, cancellation);
        }

        if (services.GetRequiredService<IOptions<RecordingSettings>>().Value.Demonstration)
        {
            await DemonstrationRecordings.SeedAsync(services, cancellation);
        }
    }
}
