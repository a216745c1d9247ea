using Facialis.Clinic.Patients;
using Facialis.Platform.Audit;
using Facialis.Platform.Clinics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Facialis.Clinic.Charts;

/// <summary>A page of one patient's chart: finds whose it is, notes that it was looked at, and is not there for an erased patient.</summary>
public abstract class ChartPage : ComponentBase
{
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required HttpContext Request { get; set; }

    [Inject]
    protected TimeProvider Clock { get; set; } = null!; // set by the framework

    [Inject]
    protected ClinicTime Time { get; set; } = null!; // set by the framework

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!; // set by the framework

    [Inject]
    private FindPatients Find { get; set; } = null!; // set by the framework

    [Inject]
    private AuditTrail Audit { get; set; } = null!; // set by the framework

    /// <summary>Null where there is no such patient; the page then shows nothing.</summary>
    protected PatientLine? Line { get; private set; }

    protected DateOnly Today => Time.DayOf(Clock.GetUtcNow());

    protected string Card => $"/clinic/patients/{Id}";

    protected CancellationToken Aborted => Request.RequestAborted;

    /// <summary>Id that the form of this page carries, so that sending it twice adds one row.</summary>
    protected Guid FreshId { get; private set; }

    /// <summary>What is looked at, for the audit log.</summary>
    protected abstract string What { get; }

    protected override async Task OnInitializedAsync()
    {
        FreshId = Guid.CreateVersion7(Clock.GetUtcNow());
        var line = await Find.Find(Id, Aborted);
        if (line is not { ErasedAt: null })
        {
            Navigation.NotFound();
            return;
        }

        await Audit.NoteReadAsync(What, Id, Id, Aborted);
        await LoadAsync();
        Line = line; // last: the page may be drawn while this waits, and must not be before all of it is there
    }

    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>A field of the form that was sent, whose name no property could carry; empty where it is missing.</summary>
    protected string Sent(string field) => Request.Request.HasFormContentType && Request.Request.Form.TryGetValue(field, out var value) ? ((StringValues)value).ToString() : "";

    /// <summary>The id that the sent form carried.</summary>
    protected Guid SentId => Guid.TryParse(Sent("Id"), out var id) && id.Version == 7 ? id : FreshId;
}
