#include "app/setting.h"

#include "store/q_setting.h"

static void set_defaults(struct settings *s)
{
	*s = (struct settings){.rules = rules_default};
#define X(key, member, otherwise, least, most, say) s->member = (otherwise);
	SETTINGS_INT(X)
#undef X
#define X(key, member, otherwise, say) s->member = S(otherwise);
	SETTINGS_TEXT(X)
#undef X
}

static void set_one(struct settings *s, struct str key, struct str value)
{
	int64_t n = 0;
	bool number = str_to_i64(value, &n);
#define X(name, member, otherwise, least, most, say)                                                                   \
	if (number && n >= (least) && n <= (most) && str_eq(key, S(#name)))                                            \
		s->member = (__typeof__(s->member))n;
	SETTINGS_INT(X)
#undef X
#define X(name, member, otherwise, say)                                                                                \
	if (str_eq(key, S(#name)))                                                                                     \
		s->member = value;
	SETTINGS_TEXT(X)
#undef X
}

err_t app_settings(struct db *db, struct arena *a, struct settings *out)
{
	struct q_settings *rows;
	size_t n;
	TRY(q_settings(db, a, &rows, &n));
	set_defaults(out);
	for (size_t i = 0; i < n; i++)
		set_one(out, rows[i].key, rows[i].value);
	return NULL;
}

err_t app_rules(struct db *db, struct arena *a, struct rules *out)
{
	struct settings s;
	TRY(app_settings(db, a, &s));
	*out = s.rules;
	return NULL;
}
