namespace Facialis.Platform.Audit;

/// <summary>Makes the database itself refuse to change or remove an audit entry, whoever asks.</summary>
/// <remarks>Not a wall against who may drop a trigger; the hashes are for that.</remarks>
internal static class AppendOnly
{
    public const string Sqlite =
        """
        CREATE TRIGGER platform_audit_entry_keeps BEFORE UPDATE ON platform_audit_entry
          BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
        CREATE TRIGGER platform_audit_entry_stays BEFORE DELETE ON platform_audit_entry
          BEGIN SELECT RAISE(ABORT, 'The audit log is only added to.'); END;
        """;

    public const string Postgres =
        """
        CREATE FUNCTION platform_audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'The audit log is only added to.'; END $$;
        CREATE TRIGGER platform_audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_audit_entry
          FOR EACH STATEMENT EXECUTE FUNCTION platform_audit_entry_stays();
        """;
}
