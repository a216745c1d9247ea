namespace Facialis.Web.Tests.Host;

/// <summary>The databases that every test of storage runs on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}
