#include "cli/commands.h"

const struct command *const cli_commands[] = {
	&command_init,          &command_import,         &command_list,          &command_ledger,
	&command_standing,      &command_flags,          &command_region_import, &command_user_add,
	&command_user_invite,   &command_user_uninvite,  &command_user_move,     &command_user_second_step,
	&command_user_part,     &command_user_reset,     &command_user_disable,  &command_user_list,
	&command_mou_add,       &command_mou_end,        &command_mou_list,      &command_agreement_sign,
	&command_agreement_end, &command_agreement_list, &command_training,      &command_protect,
	&command_unprotect,     &command_share,          &command_export_hmis,   &command_mail_list,
	&command_mail_send,     &command_user_mail,      &command_setting,       &command_policy_show,
	&command_policy_check,  &command_policy_set,     &command_backup,        &command_restore,
	&command_migrate,       &command_verify,         &command_journal,       &command_key_rotate,
	&command_dispose,       &command_demo,           &command_version,
};
const size_t cli_commands_n = sizeof cli_commands / sizeof *cli_commands;
