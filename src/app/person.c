#include "app/person.h"

#include "app/import_client.h"
#include "base/buf.h"
#include "base/str.h"

static err_t open_column(struct call *c, struct arena *a, const char *column, int64_t client_no, struct str sealed,
			 struct str *out)
{
	const struct pii *text;
	TRY(seal_open(a, c->app->keys, client_place(a, column, client_no), sealed, &text));
	*out = pii_reveal(text);
	return NULL;
}

err_t app_person_name(struct call *c, struct arena *a, int64_t client_no, struct str sealed, bool hashed,
		      struct person_name *out)
{
	*out = (struct person_name){0};
	if (hashed || sealed.n == 0)
		return NULL;
	struct str opened;
	TRY(open_column(c, a, "name", client_no, sealed, &opened));
	struct client_name name = client_name_of(opened);
	struct buf full = buf_new(a, 1024);
	const struct str parts[] = {name.first, name.last, name.suffix};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n > 0 && full.n > 0)
			buf_char(&full, ' ');
		buf_str(&full, parts[i]);
	}
	out->full = buf_text(&full);
	out->called = name.first.n > 0 ? name.first : out->full;
	if (name.first.n > 0)
		out->last = name.suffix.n > 0 ? str_fmt(a, "%.*s %.*s", STR_ARG(name.last), STR_ARG(name.suffix))
					      : name.last;
	return NULL;
}

err_t app_person_ssn4(struct call *c, struct arena *a, int64_t client_no, struct str sealed, struct str *out)
{
	struct str opened = {0};
	if (sealed.n > 0)
		TRY(open_column(c, a, "ssn", client_no, sealed, &opened));
	*out = client_ssn4(client_first_part(opened));
	return NULL;
}

err_t app_person_birth(struct call *c, struct arena *a, int64_t client_no, struct str sealed, struct day *out)
{
	struct str opened = {0};
	if (sealed.n > 0)
		TRY(open_column(c, a, "birth", client_no, sealed, &opened));
	struct day birth = DAY_NONE;
	(void)day_parse(client_first_part(opened), &birth);
	*out = birth;
	return NULL;
}
