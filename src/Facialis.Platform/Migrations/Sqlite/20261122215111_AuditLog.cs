using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
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
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Root = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Seal = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_audit_entry", x => new { x.ClinicId, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "platform_audit_log",
                columns: table => new
                {
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Frontier = table.Column<byte[]>(type: "BLOB", nullable: false)
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

            migrationBuilder.Sql(Facialis.Platform.Audit.AppendOnly.Sqlite);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "platform_audit_entry");

            migrationBuilder.DropTable(
                name: "platform_audit_log");
        }
    }
}
