using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Findings = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SealedReason = table.Column<byte[]>(type: "bytea", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: true),
                    GivenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SignedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    SignedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Side = table.Column<int>(type: "integer", nullable: true),
                    ProductId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    VialId = table.Column<Guid>(type: "uuid", nullable: true),
                    Lot = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    TotalHundredths = table.Column<long>(type: "bigint", nullable: false),
                    Points = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    SealedRecord = table.Column<byte[]>(type: "bytea", nullable: false),
                    IsDemonstration = table.Column<bool>(type: "boolean", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
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
                CREATE FUNCTION clinic_treatment_stays() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'A signed treatment is never changed.'; END $$;
                CREATE TRIGGER clinic_treatment_stays BEFORE UPDATE OR DELETE ON clinic_treatment
                  FOR EACH ROW EXECUTE FUNCTION clinic_treatment_stays();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_countersignature");

            migrationBuilder.DropTable(
                name: "clinic_treatment");
            migrationBuilder.Sql("DROP FUNCTION clinic_treatment_stays()");
        }
    }
}
