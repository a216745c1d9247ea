using Facialis.Platform.Modules;

namespace Facialis.Clinic;

/// <summary>The work of a clinic: what a person records, measures, plans and gives.</summary>
public sealed class ClinicModule : IModule
{
    public string Name => "clinic";
}
