using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RulesAndVials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "clinic_confirmed_rule",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RuleId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    RuleRevision = table.Column<int>(type: "integer", nullable: false),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_confirmed_rule", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_confirmed_rule_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_own_limit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RuleId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    RuleRevision = table.Column<int>(type: "integer", nullable: false),
                    Limit = table.Column<decimal>(type: "numeric(12,3)", precision: 12, scale: 3, nullable: false),
                    Source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    WithdrawnAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    WithdrawnByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_own_limit", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_own_limit_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_rule_policy",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Region = table.Column<int>(type: "integer", nullable: false),
                    RegionSetBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    RegionSetAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_rule_policy", x => x.Id);
                    table.ForeignKey(
                        name: "FK_clinic_rule_policy_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_vial",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ProductId = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    NominalHundredths = table.Column<long>(type: "bigint", nullable: false),
                    Lot = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    LotExpires = table.Column<DateOnly>(type: "date", nullable: false),
                    Serial = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    Gtin = table.Column<string>(type: "character varying(14)", maxLength: 14, nullable: true),
                    Cost = table.Column<decimal>(type: "numeric(12,2)", precision: 12, scale: 2, nullable: true),
                    ReceivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ReceivedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    DiluentMl = table.Column<decimal>(type: "numeric(6,3)", precision: 6, scale: 3, nullable: true),
                    DiluentLot = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    MixedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    MixedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    UsableUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DrawnHundredths = table.Column<long>(type: "bigint", nullable: false),
                    WastedHundredths = table.Column<long>(type: "bigint", nullable: false),
                    DiscardedHundredths = table.Column<long>(type: "bigint", nullable: false),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    IsDemonstration = table.Column<bool>(type: "boolean", nullable: false),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_vial", x => x.Id);
                    table.CheckConstraint("CK_clinic_vial_holds", "\"DrawnHundredths\" >= 0 AND \"WastedHundredths\" >= 0 AND \"DiscardedHundredths\" >= 0\nAND \"DrawnHundredths\" + \"WastedHundredths\" + \"DiscardedHundredths\" <= \"NominalHundredths\"");
                    table.ForeignKey(
                        name: "FK_clinic_vial_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clinic_vial_movement",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    VialId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Hundredths = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    TreatmentId = table.Column<Guid>(type: "uuid", nullable: true),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: true),
                    PointId = table.Column<Guid>(type: "uuid", nullable: true),
                    Reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ClinicId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinic_vial_movement", x => x.Id);
                    table.CheckConstraint("CK_clinic_vial_movement_some", "\"Hundredths\" > 0");
                    table.ForeignKey(
                        name: "FK_clinic_vial_movement_clinic_vial_VialId",
                        column: x => x.VialId,
                        principalTable: "clinic_vial",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_clinic_vial_movement_platform_clinic_ClinicId",
                        column: x => x.ClinicId,
                        principalTable: "platform_clinic",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_confirmed_rule_ClinicId_RuleId_RuleRevision",
                table: "clinic_confirmed_rule",
                columns: new[] { "ClinicId", "RuleId", "RuleRevision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_own_limit_ClinicId_RuleId",
                table: "clinic_own_limit",
                columns: new[] { "ClinicId", "RuleId" },
                unique: true,
                filter: "\"WithdrawnAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_rule_policy_ClinicId",
                table: "clinic_rule_policy",
                column: "ClinicId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_vial_ClinicId_ClosedAt_LotExpires",
                table: "clinic_vial",
                columns: new[] { "ClinicId", "ClosedAt", "LotExpires" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_vial_ClinicId_Lot",
                table: "clinic_vial",
                columns: new[] { "ClinicId", "Lot" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_vial_movement_ClinicId_TreatmentId",
                table: "clinic_vial_movement",
                columns: new[] { "ClinicId", "TreatmentId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_vial_movement_ClinicId_VialId",
                table: "clinic_vial_movement",
                columns: new[] { "ClinicId", "VialId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_vial_movement_VialId",
                table: "clinic_vial_movement",
                column: "VialId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clinic_confirmed_rule");

            migrationBuilder.DropTable(
                name: "clinic_own_limit");

            migrationBuilder.DropTable(
                name: "clinic_rule_policy");

            migrationBuilder.DropTable(
                name: "clinic_vial_movement");

            migrationBuilder.DropTable(
                name: "clinic_vial");
        }
    }
}
