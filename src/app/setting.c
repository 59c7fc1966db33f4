#include "app/setting.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "app/listing.h"
#include "app/record.h"
#include "oidc/provider.h"
#include "papers/mail.h"
#include "store/q_setting.h"
#include "store/seal.h"

/* Where the system keeps time zones, and how long a name or another text may be. */
#define ZONES "/usr/share/zoneinfo"
enum { TEXT_MAX = 100 };

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

bool setting_given(struct str value)
{
	return value.n > 0 && !str_eq(value, S("none"));
}

static err_t may_set(const struct call *c)
{
	if (c->actor.kind == ACTOR_OPERATOR || (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_REGIONS)))
		return NULL;
	return err_new(c->arena, ERR_DENIED, "Only administrators may see and change settings.");
}

/* --- the one setting that is a secret --- */

#define SECRET "oidc_secret"
enum { SECRET_MOST = 2 * (TEXT_MAX + SEAL_OVERHEAD) };
static const struct seal_place secret_place = {"setting", "value", STR_INIT(SECRET)};

static struct str secret_seal(struct call *c, struct str value)
{
	struct str sealed = seal_pii(c->arena, c->app->keys, secret_place, pii_new(c->arena, value));
	char *hex = arena_many(c->arena, 2 * sealed.n + 1, char);
	sodium_bin2hex(hex, 2 * sealed.n + 1, (const unsigned char *)sealed.p, sealed.n);
	return (struct str){hex, 2 * sealed.n};
}

err_t setting_secret(struct call *c, const struct settings *s, struct str *out)
{
	unsigned char bytes[SECRET_MOST / 2];
	size_t n = 0;
	const struct pii *open;
	if (!setting_given(s->oidc_secret)) {
		*out = (struct str){0};
		return NULL;
	}
	if (sodium_hex2bin(bytes, sizeof bytes, s->oidc_secret.p, s->oidc_secret.n, NULL, &n, NULL) != 0)
		return err_internal(c->arena, "the setting " SECRET " is no sealed text");
	TRY(seal_open(c->arena, c->app->keys, secret_place, (struct str){(const char *)bytes, n}, &open));
	*out = pii_reveal(open);
	return NULL;
}

static err_t load(struct db *db, struct arena *a, void *ctx)
{
	return app_settings(db, a, ctx);
}

err_t app_setting_list(struct call *c, struct setting_row **out, size_t *n)
{
	struct arena *a = c->arena;
	struct settings s;
	TRY(may_set(c));
	TRY(db_run(c->db, a, DB_READ, load, &s));
	struct setting_row rows[] = {
#define X(name, member, otherwise, least, most, say)                                                                   \
	{S(#name), str_fmt(a, "%d", (int)s.member), S(#otherwise), say, false},
		SETTINGS_INT(X)
#undef X
#define X(name, member, otherwise, say) {S(#name), s.member, S(otherwise), say, false},
			SETTINGS_TEXT(X)
#undef X
	};
	*n = sizeof rows / sizeof *rows;
	*out = arena_many(a, *n, struct setting_row);
	for (size_t i = 0; i < *n; i++) {
		rows[i].secret = str_eq(rows[i].key, S(SECRET));
		if (rows[i].secret && setting_given(rows[i].value))
			rows[i].value = S("set");
	}
	memcpy(*out, rows, sizeof rows);
	return NULL;
}

/* A name of the system's table: words of letters, digits, _ + - with strokes between, and no way out. */
static bool zone_exists(struct arena *a, struct str zone)
{
	for (size_t i = 0; i < zone.n; i++)
		if (!isalnum((unsigned char)zone.p[i]) && (zone.p[i] == '\0' || strchr("_+-/", zone.p[i]) == NULL))
			return false;
	const char *path = str_c(a, str_fmt(a, ZONES "/%.*s", STR_ARG(zone)));
	struct stat st;
	return zone.n > 0 && zone.p[0] != '/' && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool setting_has_role(struct str roles, enum role role)
{
	while (roles.n > 0) {
		struct str one;
		str_cut(roles, ',', &one, &roles);
		if (str_eq(str_trim(one), str_from(role_word(role))))
			return true;
	}
	return false;
}

static err_t check_roles(struct arena *a, struct str value)
{
	struct str rest = str_eq(value, S("none")) ? (struct str){0} : value;
	enum role role;
	bool fits = value.n > 0;
	while (fits && rest.n > 0) {
		struct str one;
		str_cut(rest, ',', &one, &rest);
		fits = role_from_word(str_c(a, str_trim(one)), &role);
	}
	if (fits)
		return NULL;
	return err_new(a, ERR_INVALID,
		       "second_factor takes roles with commas between (" SECOND_FACTOR_DEFAULT "), or none.");
}

static err_t check_text(struct arena *a, struct str key, struct str value)
{
	if (value.n > TEXT_MAX || !str_is_clean_text(value))
		return err_new(a, ERR_INVALID, "%.*s takes a text of at most %d bytes.", STR_ARG(key), TEXT_MAX);
	if (str_eq(key, S("time_zone")) && !zone_exists(a, value))
		return err_new(a, ERR_INVALID, "There is no time zone \"%.*s\"; write it as America/Chicago.",
			       STR_ARG(value));
	if (str_eq(key, S("second_factor")))
		return check_roles(a, value);
	if (str_eq(key, S("mail_from")) && !str_eq(value, S("none")) && !mail_address_valid(value))
		return err_new(a, ERR_INVALID, "mail_from is a mail address: write it as byname@coc.example.");
	bool address = str_eq(key, S("oidc_issuer")) || str_eq(key, S("site_address"));
	if (address && setting_given(value) && !oidc_address_valid(value))
		return err_new(a, ERR_INVALID, "%.*s takes an address that begins with https://.", STR_ARG(key));
	return NULL;
}

/* The value by itself. */
static err_t check_one(struct arena *a, struct str key, struct str value)
{
#define X(name, member, otherwise, least, most, say)                                                                   \
	if (str_eq(key, S(#name))) {                                                                                   \
		int64_t v;                                                                                             \
		return str_to_i64(value, &v) && v >= (least) && v <= (most)                                            \
			       ? NULL                                                                                  \
			       : err_new(a, ERR_INVALID, #name " is a whole number from %d to %d.", least, most);      \
	}
	SETTINGS_INT(X)
#undef X
#define X(name, member, otherwise, say)                                                                                \
	if (str_eq(key, S(#name)))                                                                                     \
		return check_text(a, key, value);
	SETTINGS_TEXT(X)
#undef X
	return err_new(a, ERR_MISSING, "There is no setting \"%.*s\"; byname setting lists them.", STR_ARG(key));
}

struct putting {
	struct call *call;
	struct str key, value, otherwise;
};

static err_t put(struct db *db, struct arena *a, void *ctx)
{
	const struct putting *w = ctx;
	bool secret = str_eq(w->key, S(SECRET)) && setting_given(w->value);
	if (str_eq(w->value, w->otherwise))
		TRY(q_setting_clear(db, a, w->key));
	else
		TRY(q_setting_put(db, a, w->key, secret ? secret_seal(w->call, w->value) : w->value, w->call->now));
	/* A text may hold anything; what it was set to is read from the setting itself. */
	int64_t v;
	bool number = !secret && str_to_i64(w->value, &v);
	return app_record(w->call, db, a, "setting.put", "setting", w->key,
			  number ? str_fmt(a, "value=%lld", (long long)v) : (struct str){0});
}

err_t app_setting_put(struct call *c, struct str key, struct str value)
{
	struct arena *a = c->arena;
	struct putting w = {.call = c, .key = key, .value = value};
	struct setting_row *rows;
	size_t n;
	TRY(app_setting_list(c, &rows, &n));
	TRY(check_one(a, key, value));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].key, key))
			w.otherwise = rows[i].otherwise;
	TRY(db_run(c->db, a, DB_WRITE, put, &w));
	err_t e = app_listing_refresh(c, c->today);
	return e == NULL
		       ? NULL
		       : err_wrap(a, e, "%.*s is set, but the list is as it was: %.*s", STR_ARG(key), STR_ARG(e->say));
}
