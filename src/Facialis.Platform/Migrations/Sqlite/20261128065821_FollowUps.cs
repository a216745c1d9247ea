using System;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FollowUps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Phone",
                table: "platform_clinic",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clinic_diary_link",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 64, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_diary_link", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_diary_link_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_diary_link_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_follow_up",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SeenOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Way = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstEffectOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BestOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BestPercent = table.Column<int>(type: "INTEGER", nullable: true),
                    Holds = table.Column<int>(type: "INTEGER", nullable: false),
                    WoreOffOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    WouldRepeat = table.Column<int>(type: "INTEGER", nullable: false),
                    HadSideEffects = table.Column<int>(type: "INTEGER", nullable: false),
                    SealedRemarks = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_follow_up", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_follow_up_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_follow_up_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_side_effect",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    EffectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    TermId = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    FirstOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Seriousness = table.Column<int>(type: "INTEGER", nullable: false),
                    Causality = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Grade = table.Column<int>(type: "INTEGER", nullable: true),
                    Points = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    SealedWords = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_side_effect", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_side_effect_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_side_effect_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_urgent_report",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Terms = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AnsweredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnsweredByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SealedAnswer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_urgent_report", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_urgent_report_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_urgent_report_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_diary_link_ClinicId_PatientId",
                table: "clinic_diary_link",
                columns: new[] { "ClinicId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_diary_link_PatientId",
                table: "clinic_diary_link",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_diary_link_TokenHash",
                table: "clinic_diary_link",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_follow_up_ClinicId_PatientId_TreatmentId",
                table: "clinic_follow_up",
                columns: new[] { "ClinicId", "PatientId", "TreatmentId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_follow_up_PatientId",
                table: "clinic_follow_up",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_side_effect_ClinicId_PatientId_TreatmentId",
                table: "clinic_side_effect",
                columns: new[] { "ClinicId", "PatientId", "TreatmentId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_side_effect_PatientId",
                table: "clinic_side_effect",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_urgent_report_ClinicId_AnsweredAt",
                table: "clinic_urgent_report",
                columns: new[] { "ClinicId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_urgent_report_ClinicId_PatientId_At",
                table: "clinic_urgent_report",
                columns: new[] { "ClinicId", "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_urgent_report_PatientId",
                table: "clinic_urgent_report",
                column: "PatientId");
            migrationBuilder.OpenBeforeSignIn("clinic_diary_link"); // found by its token before anybody is known
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_diary_link");

            migrationBuilder.DropTable(
                name: "clinic_follow_up");

            migrationBuilder.DropTable(
                name: "clinic_side_effect");

            migrationBuilder.DropTable(
                name: "clinic_urgent_report");

            migrationBuilder.DropColumn(
                name: "Phone",
                table: "platform_clinic");
        }
    }
}
