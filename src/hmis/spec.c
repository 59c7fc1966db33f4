#include "hmis/spec.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

#define X(code_, years_, text_) {.code = (code_), .years = HMIS_##years_, .text = STR_INIT(text_)},
#define LIST_VALUES(name) static const struct hmis_value values_##name[] = {HMIS_VALUES_##name(X)};
#define LIST_NONE(name)
#define LIST(name, number, kind) LIST_##kind(name)
HMIS_LISTS(LIST)
#undef LIST
#undef LIST_NONE
#undef LIST_VALUES
#undef X

#define LIST_VALUES(name) .values = values_##name, .n = COUNT(values_##name),
#define LIST_NONE(name)
#define X(name, number_, kind) [HMIS_LIST_##name] = {.number = STR_INIT(number_), LIST_##kind(name)},
const struct hmis_list hmis_lists[HMIS_LIST_COUNT] = {HMIS_LISTS(X)};
#undef X
#undef LIST_NONE
#undef LIST_VALUES

#define X(file, column, type_, max_, list_, need_, load_, about_, years_)                                              \
	{.name = STR_INIT(#column),                                                                                    \
	 .type = HMIS_##type_,                                                                                         \
	 .max = (max_),                                                                                                \
	 .list = HMIS_LIST_##list_,                                                                                    \
	 .need = HMIS_##need_,                                                                                         \
	 .load = HMIS_##load_,                                                                                         \
	 .about = HMIS_##about_,                                                                                       \
	 .years = HMIS_##years_},
#define COLUMNS(file, title) static const struct hmis_column columns_##file[] = {HMIS_COLUMNS_##file(X)};
HMIS_FILES(COLUMNS)
#undef COLUMNS
#undef X

#define X(file, title_)                                                                                                \
	[HMIS_##file] = {.name = STR_INIT(#file ".csv"),                                                               \
			 .title = STR_INIT(title_),                                                                    \
			 .columns = columns_##file,                                                                    \
			 .n = COUNT(columns_##file)},
const struct hmis_file_spec hmis_files[HMIS_FILE_COUNT] = {HMIS_FILES(X)};
#undef X

struct str hmis_column_alias(struct str name)
{
#define X(name_, alias_)                                                                                               \
	if (str_eq(name, S(name_)))                                                                                    \
		return S(alias_);
	HMIS_ALIASES(X)
#undef X
	return (struct str){0};
}

struct str hmis_value_text(enum hmis_list_id list, int64_t code)
{
	const struct hmis_list *l = &hmis_lists[list];
	for (size_t i = 0; i < l->n; i++)
		if (l->values[i].code == code)
			return l->values[i].text;
	return (struct str){0};
}

/* HUD's validation table: the parts of list 3.12.1 that a column does not have. Destination 37 is
 * in the FY2024 list and in exports; it is let pass as an unknown destination. */
static bool situation_elsewhere(struct str column, int64_t code)
{
	static const struct {
		struct str column;
		int16_t codes[10];
	} table[] = {
		{STR_INIT("LivingSituation"), {312, 313, 327, 422, 423, 426, 30, 17, 24, 37}},
		{STR_INIT("CurrentLivingSituation"), {312, 313, 327, 422, 423, 426, 30, 24}},
		{STR_INIT("Destination"), {336, 335}},
	};
	for (size_t i = 0; i < COUNT(table); i++)
		if (str_eq(column, table[i].column))
			for (size_t k = 0; k < COUNT(table[i].codes); k++)
				if (table[i].codes[k] == code && code != 0)
					return true;
	return false;
}

bool hmis_value_allowed(const struct hmis_column *c, int64_t code)
{
	if (hmis_lists[c->list].values == NULL)
		return true;
	if (hmis_value_text(c->list, code).n == 0)
		return false;
	return c->list != HMIS_LIST_3_12_1 || !situation_elsewhere(c->name, code);
}

bool hmis_situation_is_legacy(int64_t code)
{
	/* 8, 9, 17, 24, 30, 37 and 99 mean today what they meant then. */
	return code >= 1 && code <= 36 && code != 8 && code != 9 && code != 17 && code != 24 && code != 30;
}
