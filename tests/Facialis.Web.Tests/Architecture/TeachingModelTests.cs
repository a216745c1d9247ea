using System.Reflection;
using Facialis.Academy;
using Facialis.Clinic;
using Facialis.VirtualPatient.People;

namespace Facialis.Web.Tests.Architecture;

/// <summary>The virtual patient teaches; it does not advise: no way leads from it to a chart.</summary>
public sealed class TeachingModelTests
{
    [Fact]
    public void Nothing_of_the_clinic_knows_the_model_and_nothing_of_the_academy_knows_the_clinic()
    {
        var model = typeof(VirtualPerson).Assembly.GetName().Name;
        var clinic = typeof(ClinicModule).Assembly;
        var academy = typeof(AcademyModule).Assembly;

        Assert.Contains(academy.GetReferencedAssemblies(), a => a.Name == model); // so that the question is not blind
        Assert.DoesNotContain(clinic.GetReferencedAssemblies(), a => a.Name == model || a.Name == academy.GetName().Name);
        Assert.DoesNotContain(academy.GetReferencedAssemblies(), a => a.Name == clinic.GetName().Name);
        Assert.DoesNotContain(typeof(Toxin.InjectionPlan).Assembly.GetReferencedAssemblies(), a => a.Name == model);
    }

    [Fact]
    public void No_row_of_the_academy_names_a_patient()
    {
        var rows = typeof(AcademyModule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Facialis.Platform.Clinics.ClinicRow))).ToList();

        Assert.NotEmpty(rows);
        Assert.DoesNotContain(
            rows.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)),
            p => p.Name.Contains("Patient", StringComparison.Ordinal));
    }
}
