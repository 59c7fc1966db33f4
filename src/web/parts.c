#include "web/parts.h"

const char *tone_name(enum tone t)
{
	static const char *const names[] = {[TONE_IDLE] = "idle",
					    [TONE_INFO] = "info",
					    [TONE_GOOD] = "good",
					    [TONE_WARN] = "warn",
					    [TONE_BAD] = "bad"};
	return names[t];
}

const char *tone_alert(enum tone t)
{
	static const char *const names[] = {[TONE_IDLE] = "info",
					    [TONE_INFO] = "info",
					    [TONE_GOOD] = "success",
					    [TONE_WARN] = "warning",
					    [TONE_BAD] = "error"};
	return names[t];
}

const char *month_name(enum month_kind k)
{
	static const char *const names[] = {[MONTH_NONE] = "none",
					    [MONTH_DOCUMENTED] = "documented",
					    [MONTH_REPORTED] = "reported",
					    [MONTH_AWAY] = "away",
					    [MONTH_ATTESTABLE] = "attestable"};
	return names[k];
}

const char *month_words(enum month_kind k)
{
	static const char *const words[] = {[MONTH_NONE] = "no record",
					    [MONTH_DOCUMENTED] = "documented",
					    [MONTH_REPORTED] = "self-reported",
					    [MONTH_AWAY] = "away",
					    [MONTH_ATTESTABLE] = "could be attested"};
	return words[k];
}

const char *input_type(enum input_kind k)
{
	static const char *const types[] = {
		[INPUT_LINE] = "text",     [INPUT_LINES] = "text",  [INPUT_DAY] = "date",
		[INPUT_NUMBER] = "number", [INPUT_EMAIL] = "email", [INPUT_PASSWORD] = "password",
		[INPUT_FILE] = "file",     [INPUT_CHOICE] = "text", [INPUT_CHECK] = "checkbox"};
	return types[k];
}
