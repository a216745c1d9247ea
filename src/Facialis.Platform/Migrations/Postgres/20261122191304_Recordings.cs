using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Recordings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clinic_patient",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    IsDemonstration = table.Column<bool>(type: "boolean", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_patient", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_patient_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_recording",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    ReceivedBytes = table.Column<long>(type: "bigint", nullable: false),
                    AnnouncedBytes = table.Column<long>(type: "bigint", nullable: true),
                    IsDemonstration = table.Column<bool>(type: "boolean", nullable: false),
                    Problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    Notes = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    ReportJson = table.Column<string>(type: "text", nullable: true),
                    AlgorithmVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Digest_Verdict = table.Column<int>(type: "integer", nullable: true),
                    Digest_Quality = table.Column<int>(type: "integer", nullable: true),
                    Digest_Affected = table.Column<int>(type: "integer", nullable: true),
                    Digest_SideConfirmed = table.Column<bool>(type: "boolean", nullable: true),
                    Digest_DurationSeconds = table.Column<double>(type: "double precision", nullable: true),
                    Digest_UsableSeconds = table.Column<double>(type: "double precision", nullable: true),
                    Digest_RightEvents = table.Column<int>(type: "integer", nullable: true),
                    Digest_LeftEvents = table.Column<int>(type: "integer", nullable: true),
                    RemovedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_recording", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_recording_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_recording_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_patient_ClinicId_Code",
                table: "clinic_patient",
                columns: new[] { "ClinicId", "Code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_recording_ClinicId_PatientId",
                table: "clinic_recording",
                columns: new[] { "ClinicId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_recording_PatientId",
                table: "clinic_recording",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_recording_State",
                table: "clinic_recording",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_recording");

            migrationBuilder.DropTable(
                name: "clinic_patient");
        }
    }
}
