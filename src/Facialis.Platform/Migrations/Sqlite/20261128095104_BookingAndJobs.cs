using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BookingAndJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsMailed",
                table: "clinic_visit",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "LengthMinutes",
                table: "clinic_visit",
                type: "INTEGER",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<Guid>(
                name: "RoomId",
                table: "clinic_visit",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "clinic_practice_settings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 3, nullable: false),
                    WearOffPopulation = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    OpensAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    ClosesAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    RemindHoursBefore = table.Column<int>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_practice_settings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_practice_settings_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_room",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_room", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_room_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_treatment_fee",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TreatmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: false),
                    NotedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NotedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_treatment_fee", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_treatment_fee_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_treatment_fee_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_job",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ForClinic = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LeasedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    CommittedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_job", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "clinic_booked_slot",
                columns: table => new
                {
                    RoomId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false),
                    VisitId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_booked_slot", x => new { x.RoomId, x.StartsAt });
                    table.ForeignKey(
                        name: "FK_clinic_booked_slot_clinic_room_RoomId",
                        column: x => x.RoomId,
                        principalTable: "clinic_room",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_booked_slot_clinic_visit_VisitId",
                        column: x => x.VisitId,
                        principalTable: "clinic_visit",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_clinic_booked_slot_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_visit_RoomId",
                table: "clinic_visit",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_booked_slot_ClinicId_VisitId",
                table: "clinic_booked_slot",
                columns: new[] { "ClinicId", "VisitId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_booked_slot_VisitId",
                table: "clinic_booked_slot",
                column: "VisitId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_practice_settings_ClinicId",
                table: "clinic_practice_settings",
                column: "ClinicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_room_ClinicId_Name",
                table: "clinic_room",
                columns: new[] { "ClinicId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_fee_ClinicId_PatientId",
                table: "clinic_treatment_fee",
                columns: new[] { "ClinicId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_fee_ClinicId_TreatmentId",
                table: "clinic_treatment_fee",
                columns: new[] { "ClinicId", "TreatmentId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_treatment_fee_PatientId",
                table: "clinic_treatment_fee",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_job_DoneAt_EndedAt_DueAt",
                table: "platform_job",
                columns: new[] { "DoneAt", "EndedAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_job_Kind_Key",
                table: "platform_job",
                columns: new[] { "Kind", "Key" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_clinic_visit_clinic_room_RoomId",
                table: "clinic_visit",
                column: "RoomId",
                principalTable: "clinic_room",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_clinic_visit_clinic_room_RoomId",
                table: "clinic_visit");

            migrationBuilder.DropTable(
                name: "clinic_booked_slot");

            migrationBuilder.DropTable(
                name: "clinic_practice_settings");

            migrationBuilder.DropTable(
                name: "clinic_treatment_fee");

            migrationBuilder.DropTable(
                name: "platform_job");

            migrationBuilder.DropTable(
                name: "clinic_room");

            migrationBuilder.DropIndex(
                name: "IX_clinic_visit_RoomId",
                table: "clinic_visit");

            migrationBuilder.DropColumn(
                name: "IsMailed",
                table: "clinic_visit");

            migrationBuilder.DropColumn(
                name: "LengthMinutes",
                table: "clinic_visit");

            migrationBuilder.DropColumn(
                name: "RoomId",
                table: "clinic_visit");
        }
    }
}
