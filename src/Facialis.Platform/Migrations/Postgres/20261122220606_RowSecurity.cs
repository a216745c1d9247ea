using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RowSecurity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Tables made before RowSecuritySql did it by itself.
            migrationBuilder.OwnRowsByClinic("clinic_patient");
            migrationBuilder.OwnRowsByClinic("clinic_recording");
            migrationBuilder.OwnRowsByClinic("platform_audit_entry");
            migrationBuilder.OwnRowsByClinic("platform_audit_log");
            // A person must be found by e-mail address or passkey before anyone is signed in.
            migrationBuilder.OpenBeforeSignIn("platform_user");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {

        }
    }
}
