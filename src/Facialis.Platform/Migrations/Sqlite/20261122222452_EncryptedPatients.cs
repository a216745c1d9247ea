using System;
using Facialis.Platform.Database;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EncryptedPatients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "clinic_patient",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ErasedAt",
                table: "clinic_patient",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Revision",
                table: "clinic_patient",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<byte[]>(
                name: "SealedPerson",
                table: "clinic_patient",
                type: "BLOB",
                nullable: true);

            migrationBuilder.ChangeEveryClinic("clinic_patient", "UPDATE clinic_patient SET \"ChangedAt\" = \"CreatedAt\"");

            migrationBuilder.CreateTable(
                name: "clinic_patient_word",
                columns: table => new
                {
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Token = table.Column<long>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_patient_word", x => new { x.PatientId, x.Token });
                    table.ForeignKey(
                        name: "FK_clinic_patient_word_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_clinic_patient_word_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_visit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PatientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    ArrivedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_visit", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_visit_clinic_patient_PatientId",
                        column: x => x.PatientId,
                        principalTable: "clinic_patient",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_visit_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_data_key",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    WrappedBy = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", maxLength: 200, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClinicId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_data_key", x => x.Id);
                    table.ForeignKey(
                        name: "FK_platform_data_key_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_installation_secret",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    WrappedBy = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_installation_secret", x => x.Name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_patient_ClinicId_ChangedAt",
                table: "clinic_patient",
                columns: new[] { "ClinicId", "ChangedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_patient_word_ClinicId_Token",
                table: "clinic_patient_word",
                columns: new[] { "ClinicId", "Token" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_visit_ClinicId_At",
                table: "clinic_visit",
                columns: new[] { "ClinicId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_visit_PatientId",
                table: "clinic_visit",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_platform_data_key_ClinicId",
                table: "platform_data_key",
                column: "ClinicId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_patient_word");

            migrationBuilder.DropTable(
                name: "clinic_visit");

            migrationBuilder.DropTable(
                name: "platform_data_key");

            migrationBuilder.DropTable(
                name: "platform_installation_secret");

            migrationBuilder.DropIndex(
                name: "IX_clinic_patient_ClinicId_ChangedAt",
                table: "clinic_patient");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "clinic_patient");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "clinic_patient");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "clinic_patient");

            migrationBuilder.DropColumn(
                name: "SealedPerson",
                table: "clinic_patient");
        }
    }
}
