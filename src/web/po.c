#include "web/po.h"

#include <stdlib.h>
#include <string.h>

static int by_english(const void *key, const void *line)
{
	const struct po_line *l = line;
	return strcmp(key, l->english);
}

const char *po_say(enum language language, const char *english)
{
	if (language == LANGUAGE_EN)
		return english;
	const struct po_line *found = bsearch(english, po_es, po_es_n, sizeof *po_es, by_english);
	return found == NULL ? english : found->said;
}

struct str po_fill(struct arena *a, enum language language, const char *english, struct str value)
{
	const char *said = po_say(language, english);
	const char *at = strstr(said, "{}");
	if (at == NULL)
		return str_from(said);
	return str_fmt(a, "%.*s%.*s%s", (int)(at - said), said, STR_ARG(value), at + 2);
}
