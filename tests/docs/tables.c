/* Writes docs/TABLES.md: the program's tables, as the program has them. */
#include <stdio.h>

#include "app/release_import.h"
#include "app/setting.h"
#include "base/err.h"
#include "base/limit.h"
#include "domain/access.h"
#include "domain/filter.h"
#include "domain/flag.h"
#include "domain/match.h"
#include "domain/priority.h"
#include "domain/spell.h"
#include "store/statement.h"
#include "web/site.h"

static void roles_of(uint32_t roles)
{
	const char *comma = "";
	for (int r = ROLE_NOBODY + 1; r < ROLES_N; r++) {
		if ((roles & ROLE_BIT((unsigned)r)) == 0)
			continue;
		printf("%s%s", comma, role_word((enum role)r));
		comma = ", ";
	}
}

static void capabilities(void)
{
	puts("\n## Capabilities (`src/domain/access.h`)\n\n"
	     "A route or command without a capability is open to nobody. \"Person\" says whether what it opens\n"
	     "can show somebody; no role that sees counts only has such a capability.\n\n"
	     "| capability | person | roles | to |\n|---|---|---|---|");
	for (int c = CAN_NOTHING + 1; c < CAPABILITIES_N; c++) {
		const struct capability_row *row = &capability_table[c];
		printf("| `%s` | %s | ", row->word, row->person ? "yes" : "no");
		roles_of(row->roles);
		printf(" | %s |\n", row->say);
	}
}

static void statements(void)
{
	puts("\n## Whom statements serve (`db/queries`)\n\n"
	     "The store lets a statement of this table run for these roles alone, and for the program itself; all "
	     "others\n"
	     "serve everybody. docs/ARCHITECTURE.md says how they come to be here.\n\n"
	     "| statement | roles |\n|---|---|");
	for (size_t i = 0; i < db_statements_n; i++) {
		const struct db_statement *st = db_statements[i];
		if (st->roles == 0)
			continue;
		printf("| `%s` of %s | ", st->name, st->noun);
		roles_of(st->roles);
		puts(" |");
	}
}

static void routes(void)
{
	puts("\n## Addresses (`src/web/site_routes.c`)\n\n| method | address | capability |\n|---|---|---|");
	for (size_t i = 0; i < site_routes_n; i++) {
		const struct route *r = &site_routes[i];
		const char *word = (r->flags & ROUTE_PUBLIC) != 0 ? "public" : capability_table[r->capability].word;
		printf("| %s | `%s` | %s |\n", r->method == METHOD_GET ? "GET" : "POST", r->pattern, word);
	}
}

static void weights(void)
{
	puts("\n## Suspected duplicates (`src/domain/match.h`)\n\n"
	     "How often each is met among pairs that are one person (m) and among others (u), and the bits that it\n"
	     "weighs. Missing weighs nothing. docs/DUPLICATES.md says how they are used.\n\n"
	     "| field | what is found | m | u | bits |\n|---|---|---|---|---|");
	for (size_t i = 0; i < MATCH_WEIGHTS_N; i++) {
		const struct match_weight *w = &match_weights[i];
		const char *say = w->say[0] != '\0' ? w->say : "(the other half of that)";
		printf("| %s | %s | %g | %g | %+.2f |\n", match_field_say(w->field), say, w->m, w->u,
		       match_bits(w->field, w->level) / 100.0);
	}
	printf("\nPossible from %.0f bits on, likely from %.0f.\n", MATCH_POSSIBLE_FROM / 100.0,
	       MATCH_LIKELY_FROM / 100.0);
}

static void filters(void)
{
	static const char *const kinds[] = {
		[FILTER_IS_NAME] = "a name",
		[FILTER_IS_CHOICE] = "words",
		[FILTER_IS_NUMBER] = "a number",
		[FILTER_IS_DAY] = "a day, or an age as 90d or 2w",
		[FILTER_IS_FLAGS] = "words; any, none",
	};
	puts("\n## Keys of a filter (`src/domain/filter.h`)\n\n"
	     "Conditions side by side must all hold, `-` turns one round; values of one condition stand with commas\n"
	     "between. Numbers and days take `<`, `<=`, `>`, `>=`, `6..12` and `unknown`. A column of the CoC's own "
	     "that\n"
	     "is a number, a date or a choice is a key too, on the page of the list: `our.` and its name with `_` for\n"
	     "blanks.\n\n"
	     "| key | called | takes | words | for example |\n|---|---|---|---|---|");
	for (int k = 0; k < FILTER_KEYS_N; k++) {
		const struct filter_row *row = &filter_table[k];
		printf("| `%s` | %s | %s |", row->word, row->say, kinds[row->kind]);
		for (int i = 0; row->values != NULL && k != FILTER_FLAG && row->values[i] != NULL; i++)
			printf(" %s", row->values[i]);
		printf("%s | `%s` |\n", k == FILTER_FLAG ? " see above" : "", row->example);
	}
}

int main(void)
{
	puts("# Tables\n\nWritten from the program's own tables (`./dev docs`); change those.");
	capabilities();
	statements();
	routes();
	puts("\n## Errors (`src/base/err.h`)\n\n| class | exit code | HTTP status |\n|---|---|---|");
#define X(name, exit_code, http, text) printf("| %s | %d | %d |\n", text, exit_code, http);
	ERR_CLASSES(X)
#undef X
	puts("\n## Limits (`src/base/limit.h`)\n\n| limit | value | of |\n|---|---|---|");
#define X(name, value, what) printf("| `%s` | %lld | %s |\n", #name, (long long)(value), what);
	LIMITS(X)
#undef X
	puts("\n## Columns of a file of releases (`src/app/release_import.h`)\n\n| column | must be there | holds "
	     "|\n|---|---|---|");
#define X(name, word, required, say) printf("| `%s` | %s | %s |\n", word, (required) ? "yes" : "no", say);
	RELEASE_COLUMNS(X)
#undef X
	puts("\n## Settings (`src/app/setting.h`)\n\n| key | default | least | most | means |\n|---|---|---|---|---|");
#define X(key, to, otherwise, least, most, means)                                                                      \
	printf("| `%s` | %d | %d | %d | %s |\n", #key, otherwise, least, most, means);
	SETTINGS_INT(X)
#undef X
#define X(key, to, otherwise, means) printf("| `%s` | %s | | | %s |\n", #key, otherwise, means);
	SETTINGS_TEXT(X)
#undef X
	puts("\n## Statuses of a household (`src/domain/spell.h`)\n\n| word | say |\n|---|---|");
#define X(name, word, say) printf("| `%s` | %s |\n", word, say);
	STATUSES(X)
#undef X
	puts("\n## Keys of a policy (`src/domain/priority.h`)\n\n| key | called | place in the default order | its "
	     "fact |\n"
	     "|---|---|---|---|");
	for (int k = 0; k < PRIORITY_KEYS_N; k++) {
		const struct priority_use *use = priority_use_of(&priority_default, (enum priority_key)k);
		printf("| `%s` | %s | ", priority_key_table[k].word.p, priority_key_table[k].say);
		if (use != NULL)
			printf("%td", use - priority_default.uses + 1);
		printf(" | %s |\n", priority_key_table[k].source);
	}
	puts("\n## Flags of the list (`src/domain/flag.h`)\n\n| flag | what is wrong | who can mend it "
	     "|\n|---|---|---|");
	for (int f = 0; f < FLAGS_N; f++)
		printf("| `%s` | %s | %s |\n", flag_table[f].word, flag_table[f].say, flag_table[f].who);
	filters();
	weights();
	return 0;
}
