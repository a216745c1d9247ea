using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Treatments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clinic_countersignature",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    Findings = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    ByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    SealedReason = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_countersignature", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_countersignature_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_countersignature_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_treatment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: true),
                    GivenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SignedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SignedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    SignedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Side = table.Column<int>(type: "INTEGER", nullable: true),
                    ProductId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    VialId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Lot = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TotalHundredths = table.Column<long>(type: "INTEGER", nullable: false),
                    Points = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    SealedRecord = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IsDemonstration = table.Column<bool>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_treatment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_treatment_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_treatment_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_countersignature_ClinicId_PlanId",
                table: "clinic_countersignature",
                columns: new[] { "ClinicId", "PlanId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_countersignature_PatientId",
                table: "clinic_countersignature",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_ClinicId_PatientId_GivenAt",
                table: "clinic_treatment",
                columns: new[] { "ClinicId", "PatientId", "GivenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_ClinicId_TreatmentId_Version",
                table: "clinic_treatment",
                columns: new[] { "ClinicId", "TreatmentId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_ClinicId_VialId",
                table: "clinic_treatment",
                columns: new[] { "ClinicId", "VialId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_PatientId",
                table: "clinic_treatment",
                column: "PatientId");
            migrationBuilder.Sql(
                """
                CREATE TRIGGER clinic_treatment_keeps BEFORE UPDATE ON clinic_treatment BEGIN SELECT RAISE(ABORT, 'A signed treatment is never changed.'); END;
                CREATE TRIGGER clinic_treatment_stays BEFORE DELETE ON clinic_treatment BEGIN SELECT RAISE(ABORT, 'A signed treatment is never deleted.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_countersignature");

            migrationBuilder.DropTable(
                name: "clinic_treatment");
        }
    }
}
