/* The rows of the table of commands; each file of commands defines its own. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

extern const struct command command_init, command_migrate, command_verify, command_backup, command_restore,
	command_version;
extern const struct command command_user_add, command_user_invite, command_user_uninvite, command_user_move;
extern const struct command command_user_second_step, command_user_part, command_user_reset, command_user_disable,
	command_user_list;
extern const struct command command_region_import, command_import, command_flags, command_demo;
extern const struct command command_list, command_ledger, command_standing, command_report, command_setting;
extern const struct command command_journal, command_share, command_key_rotate, command_dispose, command_export_hmis;
extern const struct command command_mail_list, command_mail_send, command_user_mail;
extern const struct command command_policy_show, command_policy_check, command_policy_set;
extern const struct command command_mou_add, command_mou_end, command_mou_list;
extern const struct command command_protect, command_unprotect;
extern const struct command command_agreement_sign, command_agreement_end, command_agreement_list, command_training;

#endif
