using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "platform_audit_entry",
                columns: table => new
                {
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: true),
                    Action = table.Column<int>(type: "integer", nullable: false),
                    What = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    SubjectId = table.Column<Guid>(type: "uuid", nullable: true),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: true),
                    Detail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Root = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Seal = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_audit_entry", x => new { x.ClinicId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "platform_audit_log",
                columns: table => new
                {
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Frontier = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_audit_log", x => x.ClinicId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_entry_ClinicId_ActorId_Sequence",
                table: "platform_audit_entry",
                columns: new[] { "ClinicId", "ActorId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_entry_ClinicId_At",
                table: "platform_audit_entry",
                columns: new[] { "ClinicId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_entry_ClinicId_PatientId_Sequence",
                table: "platform_audit_entry",
                columns: new[] { "ClinicId", "PatientId", "Sequence" });

            migrationBuilder.Sql(Facialis.Platform.Audit.AppendOnly.Postgres);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "platform_audit_entry");

            migrationBuilder.DropTable(
                name: "platform_audit_log");

            migrationBuilder.Sql("DROP FUNCTION platform_audit_entry_stays;");
        }
    }
}
