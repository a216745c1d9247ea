using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Charts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clinic_checklist",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    FactsVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Answers = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_checklist", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_checklist_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_checklist_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_condition",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Side = table.Column<int>(type: "integer", nullable: false),
                    Cause = table.Column<int>(type: "integer", nullable: false),
                    Form = table.Column<int>(type: "integer", nullable: false),
                    OnsetYear = table.Column<int>(type: "integer", nullable: true),
                    OnsetMonth = table.Column<int>(type: "integer", nullable: true),
                    OnsetAge = table.Column<int>(type: "integer", nullable: true),
                    CodeSystem = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    MriDone = table.Column<int>(type: "integer", nullable: false),
                    SealedBasis = table.Column<byte[]>(type: "bytea", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_condition", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_condition_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_condition_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_consent",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    SignedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    WitnessedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Language = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    TextVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    TextFingerprint = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    IsDrawn = table.Column<bool>(type: "boolean", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    SealedRecord = table.Column<byte[]>(type: "bytea", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_consent", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_consent_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_consent_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_intake",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    AnsweredAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AnsweredBy = table.Column<Guid>(type: "uuid", nullable: true),
                    CatalogueVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Answers = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    SealedRemarks = table.Column<byte[]>(type: "bytea", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "uuid", nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_intake", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_intake_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_intake_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_past_treatment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    ProductId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    Units = table.Column<decimal>(type: "numeric(9,2)", precision: 9, scale: 2, nullable: true),
                    BestPercent = table.Column<int>(type: "integer", nullable: true),
                    WeeksOfEffect = table.Column<int>(type: "integer", nullable: true),
                    HadSideEffects = table.Column<int>(type: "integer", nullable: false),
                    SealedRemarks = table.Column<byte[]>(type: "bytea", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_past_treatment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_past_treatment_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_past_treatment_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_red_flag_acknowledgement",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: true),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Flags = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    SealedReason = table.Column<byte[]>(type: "bytea", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_red_flag_acknowledgement", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_red_flag_acknowledgement_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_red_flag_acknowledgement_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_scale_score",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    ScaleId = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Items = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    RecordingId = table.Column<Guid>(type: "uuid", nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_scale_score", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_scale_score_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_scale_score_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_consent_withdrawal",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    ConsentId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_consent_withdrawal", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_consent_withdrawal_clinic_consent_ConsentId",
                        column: x => x.ConsentId,
                        principalTable: "clinic_consent",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_consent_withdrawal_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_ClinicId",
                table: "clinic_checklist",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_PatientId_AnsweredAt",
                table: "clinic_checklist",
                columns: new[] { "PatientId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_ClinicId",
                table: "clinic_condition",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_PatientId_RecordedAt",
                table: "clinic_condition",
                columns: new[] { "PatientId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_ClinicId",
                table: "clinic_consent",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_PatientId_SignedAt",
                table: "clinic_consent",
                columns: new[] { "PatientId", "SignedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_withdrawal_ClinicId",
                table: "clinic_consent_withdrawal",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_withdrawal_ConsentId",
                table: "clinic_consent_withdrawal",
                column: "ConsentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_ClinicId",
                table: "clinic_intake",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_PatientId_AnsweredAt",
                table: "clinic_intake",
                columns: new[] { "PatientId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_ClinicId",
                table: "clinic_past_treatment",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_PatientId_Day",
                table: "clinic_past_treatment",
                columns: new[] { "PatientId", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_ClinicId",
                table: "clinic_red_flag_acknowledgement",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_PatientId_At",
                table: "clinic_red_flag_acknowledgement",
                columns: new[] { "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_ClinicId",
                table: "clinic_scale_score",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_PatientId_At",
                table: "clinic_scale_score",
                columns: new[] { "PatientId", "At" });

            // A signed consent is never changed, not even by a person with the database in hand and good intentions.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION clinic_consent_stays() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'A signed consent is never changed.'; END $$;
                CREATE TRIGGER clinic_consent_stays BEFORE UPDATE OR DELETE ON clinic_consent
                  FOR EACH ROW EXECUTE FUNCTION clinic_consent_stays();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_checklist");

            migrationBuilder.DropTable(
                name: "clinic_condition");

            migrationBuilder.DropTable(
                name: "clinic_consent_withdrawal");

            migrationBuilder.DropTable(
                name: "clinic_intake");

            migrationBuilder.DropTable(
                name: "clinic_past_treatment");

            migrationBuilder.DropTable(
                name: "clinic_red_flag_acknowledgement");

            migrationBuilder.DropTable(
                name: "clinic_scale_score");

            migrationBuilder.DropTable(
                name: "clinic_consent");

            migrationBuilder.Sql("DROP FUNCTION clinic_consent_stays()");
        }
    }
}
