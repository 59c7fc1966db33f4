/* Every address of the site, in one table. */
#include "web/page_adjustment.h"
#include "web/page_after.h"
#include "web/page_agency.h"
#include "web/page_calendar.h"
#include "web/page_conference.h"
#include "web/page_consent.h"
#include "web/page_contact.h"
#include "web/page_correction.h"
#include "web/page_directory.h"
#include "web/page_duplicate.h"
#include "web/page_evidence.h"
#include "web/page_factor.h"
#include "web/page_home.h"
#include "web/page_household.h"
#include "web/page_household_opening.h"
#include "web/page_import.h"
#include "web/page_incident.h"
#include "web/page_invitation.h"
#include "web/page_journal.h"
#include "web/page_law.h"
#include "web/page_ledger.h"
#include "web/page_list.h"
#include "web/page_mine.h"
#include "web/page_move.h"
#include "web/page_nomination.h"
#include "web/page_omission.h"
#include "web/page_opening.h"
#include "web/page_opening_board.h"
#include "web/page_own_copy.h"
#include "web/page_people.h"
#include "web/page_policy.h"
#include "web/page_prepare.h"
#include "web/page_quality.h"
#include "web/page_ready.h"
#include "web/page_referral.h"
#include "web/page_region.h"
#include "web/page_release.h"
#include "web/page_report.h"
#include "web/page_scan.h"
#include "web/page_series.h"
#include "web/page_session.h"
#include "web/page_share.h"
#include "web/page_sign.h"
#include "web/page_sitting.h"
#include "web/page_source.h"
#include "web/page_split.h"
#include "web/page_sso.h"
#include "web/page_stage.h"
#include "web/page_standing.h"
#include "web/page_support.h"
#include "web/page_timely.h"
#include "web/site.h"

const struct route site_routes[] = {
	{METHOD_GET, "/", CAN_SIGN, 0, NULL, page_home},
	{METHOD_GET, "/sign-in", 0, ROUTE_PUBLIC, &sign_in_form, page_sign_in},
	{METHOD_POST, "/sign-in", 0, ROUTE_PUBLIC, &sign_in_form, page_sign_in_post},
	{METHOD_POST, "/sign-in/code", 0, ROUTE_PUBLIC, &sign_code_form, page_sign_code_post},
	{METHOD_GET, "/sign-in/oidc", 0, ROUTE_PUBLIC, &sso_form, page_sso},
	{METHOD_GET, "/sign-in/oidc/back", 0, ROUTE_PUBLIC, &sso_back_form, page_sso_back},
	{METHOD_GET, "/invitation", 0, ROUTE_PUBLIC, &invitation_form, page_invitation},
	{METHOD_POST, "/invitation", 0, ROUTE_PUBLIC, &invitation_take_form, page_invitation_take},
	{METHOD_POST, "/sign-out", CAN_SIGN, 0, NULL, page_sign_out_post},
	{METHOD_GET, "/account/second-step", CAN_SIGN, 0, NULL, page_factor},
	{METHOD_POST, "/account/second-step", CAN_SIGN, 0, &factor_form, page_factor_set},
	{METHOD_POST, "/account/second-step/codes", CAN_SIGN, 0, &factor_codes_form, page_factor_codes},
	{METHOD_GET, "/account/sessions", CAN_ACCOUNT, 0, NULL, page_sessions},
	{METHOD_POST, "/account/sessions/end", CAN_ACCOUNT, 0, &session_form, page_session_end},
	{METHOD_POST, "/account/sessions/end-others", CAN_ACCOUNT, 0, NULL, page_session_end_others},
	{METHOD_GET, "/account", CAN_ACCOUNT, 0, NULL, page_account},
	{METHOD_POST, "/account", CAN_ACCOUNT, 0, &account_form, page_account_post},
	{METHOD_POST, "/account/mail", CAN_ACCOUNT, 0, &account_mail_form, page_account_mail},
	{METHOD_POST, "/account/connect", CAN_ACCOUNT, 0, &sso_connect_form, page_sso_connect},
	{METHOD_POST, "/account/part", CAN_ACCOUNT, 0, NULL, page_sso_part},
	{METHOD_GET, "/counts", CAN_COUNTS, 0, NULL, page_counts},
	{METHOD_GET, "/timely", CAN_COUNTS, 0, NULL, page_timely},
	OPENING_ROUTES,
	OPENING_BOARD_ROUTES,
	HOUSEHOLD_OPENING_ROUTES,
	REFERRAL_ROUTES,
	DIRECTORY_ROUTES,
	CALENDAR_ROUTES,
	{METHOD_GET, "/ledger", CAN_COUNTS, 0, &ledger_form, page_ledger},
	{METHOD_POST, "/ledger", CAN_COUNTS, 0, &ledger_form, page_ledger}, /* a filter stands in no address */
	{METHOD_GET, "/list", CAN_LIST, 0, &list_form, page_list},
	{METHOD_POST, "/list", CAN_LIST, 0, &list_form, page_list}, /* finding: a name must not stand in an address */
	{METHOD_POST, "/list/view", CAN_LIST, 0, &list_save_form, page_list_save},
	{METHOD_POST, "/list/view/delete", CAN_LIST, 0, &list_saved_form, page_list_forget},
	{METHOD_POST, "/list/view/begin", CAN_LIST, 0, &list_saved_form, page_list_begin},
	{METHOD_GET, "/household/:id", CAN_LIST, 0, NULL, page_household},
	{METHOD_GET, "/household/:id/standing", CAN_LIST, 0, NULL, page_standing},
	{METHOD_GET, "/household/:id/adjustment", CAN_LIST, 0, NULL, page_adjustment},
	{METHOD_POST, "/household/:id/adjustment", CAN_LIST, 0, &adjustment_form, page_adjustment_propose},
	{METHOD_POST, "/household/:id/adjustment/decide", CAN_LIST, 0, &adjustment_decide_form, page_adjustment_decide},
	{METHOD_GET, "/household/:id/months", CAN_LIST, 0, NULL, page_evidence},
	{METHOD_POST, "/household/:id/months", CAN_LIST, 0, &evidence_form, page_evidence_record},
	{METHOD_POST, "/household/:id/months/withdraw", CAN_LIST, 0, &evidence_withdraw_form, page_evidence_withdraw},
	{METHOD_POST, "/household/:id/months/disability", CAN_LIST, 0, &disability_form, page_disability_record},
	{METHOD_POST, "/household/:id/months/disability/withdraw", CAN_LIST, 0, &evidence_withdraw_form,
	 page_disability_withdraw},
	{METHOD_POST, "/household/:id/months/task", CAN_LIST, 0, &evidence_task_form, page_evidence_task},
	{METHOD_POST, "/household/:id/months/task/end", CAN_LIST, 0, &evidence_withdraw_form, page_evidence_task_end},
	{METHOD_GET, "/household/:id/months/letter", CAN_LIST, 0, &evidence_letter_form, page_evidence_letter},
	{METHOD_POST, "/household/:id/flag", CAN_MEND, 0, &household_flag_form, page_household_flag},
	{METHOD_POST, "/household/:id/mark", CAN_LIST, 0, &mark_form, page_household_mark},
	{METHOD_GET, "/household/:id/split", CAN_LIST, 0, NULL, page_split},
	{METHOD_POST, "/household/:id/split", CAN_LIST, 0, &split_form, page_split_post},
	{METHOD_GET, "/split/:id", CAN_LIST, 0, NULL, page_split_done},
	{METHOD_POST, "/split/:id/undo", CAN_LIST, 0, NULL, page_split_undo},
	{METHOD_GET, "/household/:id/move", CAN_MOVE, 0, NULL, page_move},
	{METHOD_POST, "/household/:id/move", CAN_MOVE, 0, &move_form, page_move_ask},
	{METHOD_GET, "/moves", CAN_MOVE, 0, NULL, page_moves},
	{METHOD_POST, "/moves", CAN_MOVE, 0, &move_answer_form, page_move_answer},
	SHARE_ROUTES,
	READY_ROUTES,
	SUPPORT_ROUTES,
	CONTACT_ROUTES,
	NOMINATION_ROUTES,
	RELEASE_ROUTES,
	REPORT_ROUTES,
	CONSENT_ROUTES,
	CORRECTION_ROUTES,
	LAW_ROUTES,
	{METHOD_GET, "/import", CAN_IMPORT, 0, NULL, page_import},
	{METHOD_GET, "/import/progress", CAN_IMPORT, ROUTE_FRAGMENT, NULL, page_import_progress},
	{METHOD_POST, "/import", CAN_IMPORT, ROUTE_UPLOAD, &import_form, page_import_post},
	{METHOD_POST, "/import/decide", CAN_IMPORT, 0, &import_decide_form, page_import_decide},
	{METHOD_GET, "/flags", CAN_MEND, 0, NULL, page_quality},
	{METHOD_GET, "/flags/import", CAN_FLAGS, 0, &flags_form, page_flags},
	{METHOD_GET, "/flags/of/:flag", CAN_MEND, 0, NULL, page_quality_flag},
	{METHOD_POST, "/flags/of/:flag", CAN_MEND, 0, &quality_confirm_form, page_quality_confirm},
	OMISSION_ROUTES,
	{METHOD_GET, "/conferences/ready", CAN_MEND, 0, &cycle_form, page_quality_ready},
	{METHOD_GET, "/policy", CAN_POLICY, 0, &policy_form, page_policy},
	{METHOD_POST, "/policy", CAN_POLICY_SET, 0, &policy_draft_form, page_policy_set},
	{METHOD_POST, "/policy/try", CAN_POLICY, 0, &policy_draft_form, page_policy_try},
	{METHOD_GET, "/standards", 0, ROUTE_PUBLIC, &policy_form, page_standards},
	{METHOD_GET, "/journal", CAN_JOURNAL, 0, &journal_form, page_journal},
	{METHOD_GET, "/journal/disposal", CAN_JOURNAL, 0, NULL, page_disposal},
	{METHOD_GET, "/journal/file", CAN_JOURNAL, 0, &journal_form, page_journal_file},
	{METHOD_GET, "/journal/shown", CAN_JOURNAL, 0, &journal_form, page_journal_shown},
	{METHOD_GET, "/household/:id/copy", CAN_LIST, 0, &own_copy_form, page_own_copy},
	{METHOD_GET, "/people", CAN_USERS, 0, NULL, page_people},
	{METHOD_POST, "/people", CAN_USERS, 0, &person_form, page_person_add},
	{METHOD_POST, "/people/invite", CAN_USERS, 0, &person_form, page_person_invite},
	{METHOD_POST, "/people/uninvite", CAN_USERS, 0, &person_login_form, page_person_uninvite},
	{METHOD_POST, "/people/move", CAN_USERS, 0, &person_move_form, page_person_move},
	{METHOD_POST, "/people/sign-out", CAN_USERS, 0, &person_login_form, page_person_sign_out},
	{METHOD_POST, "/people/second-step", CAN_USERS, 0, &person_login_form, page_person_factor_reset},
	{METHOD_POST, "/people/part", CAN_USERS, 0, &person_login_form, page_person_part},
	{METHOD_POST, "/people/reset", CAN_USERS, 0, &person_login_form, page_person_reset},
	{METHOD_POST, "/people/disable", CAN_USERS, 0, &person_login_form, page_person_disable},
	{METHOD_GET, "/regions", CAN_REGIONS, 0, NULL, page_regions},
	{METHOD_POST, "/regions", CAN_REGIONS, 0, &region_form, page_region_put},
	{METHOD_POST, "/regions/counties", CAN_REGIONS, 0, &county_form, page_county_add},
	{METHOD_POST, "/regions/county", CAN_REGIONS, 0, &county_form, page_county_move},
	{METHOD_POST, "/regions/border", CAN_REGIONS, 0, &border_form, page_county_border},
	AGENCY_ROUTES,
	INCIDENT_ROUTES,
	SOURCE_ROUTES,
	DUPLICATE_ROUTES,
	PREPARE_ROUTES,
	MINE_ROUTES,
	AFTER_ROUTES,
	SERIES_ROUTES,
	SITTING_ROUTES,
	SCAN_ROUTES STAGE_ROUTES CONFERENCE_ROUTES};
const size_t site_routes_n = sizeof site_routes / sizeof *site_routes;
