using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Plans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clinic_plan",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    LastChangeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AtlasVersion = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    RulesVersion = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Side = table.Column<int>(type: "INTEGER", nullable: true),
                    ProductId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    VialUnits = table.Column<decimal>(type: "TEXT", precision: 9, scale: 2, nullable: true),
                    DiluentMl = table.Column<decimal>(type: "TEXT", precision: 6, scale: 3, nullable: true),
                    Points = table.Column<string>(type: "TEXT", nullable: false),
                    CopiedFromId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LookedAt = table.Column<string>(type: "TEXT", nullable: false),
                    IsDemonstration = table.Column<bool>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_plan", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_plan_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_plan_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_plan_ClinicId_PatientId",
                table: "clinic_plan",
                columns: new[] { "ClinicId", "PatientId" },
                unique: true,
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_plan_ClinicId_PatientId_ClosedAt",
                table: "clinic_plan",
                columns: new[] { "ClinicId", "PatientId", "ClosedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_plan_PatientId",
                table: "clinic_plan",
                column: "PatientId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_plan");
        }
    }
}
