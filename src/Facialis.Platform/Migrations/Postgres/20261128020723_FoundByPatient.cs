using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Facialis.Platform.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FoundByPatient : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_clinic_scale_score_ClinicId",
                table: "clinic_scale_score");

            migrationBuilder.DropIndex(
                name: "IX_clinic_scale_score_PatientId_At",
                table: "clinic_scale_score");

            migrationBuilder.DropIndex(
                name: "IX_clinic_red_flag_acknowledgement_ClinicId",
                table: "clinic_red_flag_acknowledgement");

            migrationBuilder.DropIndex(
                name: "IX_clinic_red_flag_acknowledgement_PatientId_At",
                table: "clinic_red_flag_acknowledgement");

            migrationBuilder.DropIndex(
                name: "IX_clinic_past_treatment_ClinicId",
                table: "clinic_past_treatment");

            migrationBuilder.DropIndex(
                name: "IX_clinic_past_treatment_PatientId_Day",
                table: "clinic_past_treatment");

            migrationBuilder.DropIndex(
                name: "IX_clinic_intake_ClinicId",
                table: "clinic_intake");

            migrationBuilder.DropIndex(
                name: "IX_clinic_intake_PatientId_AnsweredAt",
                table: "clinic_intake");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_withdrawal_ClinicId",
                table: "clinic_consent_withdrawal");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_withdrawal_ConsentId",
                table: "clinic_consent_withdrawal");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_ClinicId",
                table: "clinic_consent");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_PatientId_SignedAt",
                table: "clinic_consent");

            migrationBuilder.DropIndex(
                name: "IX_clinic_condition_ClinicId",
                table: "clinic_condition");

            migrationBuilder.DropIndex(
                name: "IX_clinic_condition_PatientId_RecordedAt",
                table: "clinic_condition");

            migrationBuilder.DropIndex(
                name: "IX_clinic_checklist_ClinicId",
                table: "clinic_checklist");

            migrationBuilder.DropIndex(
                name: "IX_clinic_checklist_PatientId_AnsweredAt",
                table: "clinic_checklist");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_visit_ClinicId_PatientId",
                table: "clinic_visit",
                columns: new[] { "ClinicId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_ClinicId_PatientId_At",
                table: "clinic_scale_score",
                columns: new[] { "ClinicId", "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_PatientId",
                table: "clinic_scale_score",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_ClinicId_PatientId_At",
                table: "clinic_red_flag_acknowledgement",
                columns: new[] { "ClinicId", "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_PatientId",
                table: "clinic_red_flag_acknowledgement",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_ClinicId_PatientId_Day",
                table: "clinic_past_treatment",
                columns: new[] { "ClinicId", "PatientId", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_PatientId",
                table: "clinic_past_treatment",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_ClinicId_PatientId_AnsweredAt",
                table: "clinic_intake",
                columns: new[] { "ClinicId", "PatientId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_PatientId",
                table: "clinic_intake",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_countersignature_ClinicId_PatientId",
                table: "clinic_countersignature",
                columns: new[] { "ClinicId", "PatientId" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_withdrawal_ClinicId_ConsentId",
                table: "clinic_consent_withdrawal",
                columns: new[] { "ClinicId", "ConsentId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_withdrawal_ConsentId",
                table: "clinic_consent_withdrawal",
                column: "ConsentId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_ClinicId_PatientId_SignedAt",
                table: "clinic_consent",
                columns: new[] { "ClinicId", "PatientId", "SignedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_PatientId",
                table: "clinic_consent",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_ClinicId_PatientId_RecordedAt",
                table: "clinic_condition",
                columns: new[] { "ClinicId", "PatientId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_PatientId",
                table: "clinic_condition",
                column: "PatientId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_ClinicId_PatientId_AnsweredAt",
                table: "clinic_checklist",
                columns: new[] { "ClinicId", "PatientId", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_PatientId",
                table: "clinic_checklist",
                column: "PatientId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_clinic_visit_ClinicId_PatientId",
                table: "clinic_visit");

            migrationBuilder.DropIndex(
                name: "IX_clinic_scale_score_ClinicId_PatientId_At",
                table: "clinic_scale_score");

            migrationBuilder.DropIndex(
                name: "IX_clinic_scale_score_PatientId",
                table: "clinic_scale_score");

            migrationBuilder.DropIndex(
                name: "IX_clinic_red_flag_acknowledgement_ClinicId_PatientId_At",
                table: "clinic_red_flag_acknowledgement");

            migrationBuilder.DropIndex(
                name: "IX_clinic_red_flag_acknowledgement_PatientId",
                table: "clinic_red_flag_acknowledgement");

            migrationBuilder.DropIndex(
                name: "IX_clinic_past_treatment_ClinicId_PatientId_Day",
                table: "clinic_past_treatment");

            migrationBuilder.DropIndex(
                name: "IX_clinic_past_treatment_PatientId",
                table: "clinic_past_treatment");

            migrationBuilder.DropIndex(
                name: "IX_clinic_intake_ClinicId_PatientId_AnsweredAt",
                table: "clinic_intake");

            migrationBuilder.DropIndex(
                name: "IX_clinic_intake_PatientId",
                table: "clinic_intake");

            migrationBuilder.DropIndex(
                name: "IX_clinic_countersignature_ClinicId_PatientId",
                table: "clinic_countersignature");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_withdrawal_ClinicId_ConsentId",
                table: "clinic_consent_withdrawal");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_withdrawal_ConsentId",
                table: "clinic_consent_withdrawal");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_ClinicId_PatientId_SignedAt",
                table: "clinic_consent");

            migrationBuilder.DropIndex(
                name: "IX_clinic_consent_PatientId",
                table: "clinic_consent");

            migrationBuilder.DropIndex(
                name: "IX_clinic_condition_ClinicId_PatientId_RecordedAt",
                table: "clinic_condition");

            migrationBuilder.DropIndex(
                name: "IX_clinic_condition_PatientId",
                table: "clinic_condition");

            migrationBuilder.DropIndex(
                name: "IX_clinic_checklist_ClinicId_PatientId_AnsweredAt",
                table: "clinic_checklist");

            migrationBuilder.DropIndex(
                name: "IX_clinic_checklist_PatientId",
                table: "clinic_checklist");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_ClinicId",
                table: "clinic_scale_score",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_scale_score_PatientId_At",
                table: "clinic_scale_score",
                columns: new[] { "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_ClinicId",
                table: "clinic_red_flag_acknowledgement",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_red_flag_acknowledgement_PatientId_At",
                table: "clinic_red_flag_acknowledgement",
                columns: new[] { "PatientId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_ClinicId",
                table: "clinic_past_treatment",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_past_treatment_PatientId_Day",
                table: "clinic_past_treatment",
                columns: new[] { "PatientId", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_ClinicId",
                table: "clinic_intake",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_intake_PatientId_AnsweredAt",
                table: "clinic_intake",
                columns: new[] { "PatientId", "AnsweredAt" });

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
                name: "IX_clinic_consent_ClinicId",
                table: "clinic_consent",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_consent_PatientId_SignedAt",
                table: "clinic_consent",
                columns: new[] { "PatientId", "SignedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_ClinicId",
                table: "clinic_condition",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_condition_PatientId_RecordedAt",
                table: "clinic_condition",
                columns: new[] { "PatientId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_ClinicId",
                table: "clinic_checklist",
                column: "ClinicId");

            migrationBuilder.CreateIndex(
                name: "IX_clinic_checklist_PatientId_AnsweredAt",
                table: "clinic_checklist",
                columns: new[] { "PatientId", "AnsweredAt" });
        }
    }
}
