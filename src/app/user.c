#include "app/user.h"

#include <string.h>

#include "app/password.h"
#include "app/record.h"
#include "base/id.h"
#include "store/q_agency.h"
#include "store/q_invitation.h"
#include "store/q_region.h"
#include "store/q_session.h"
#include "store/q_user.h"

enum { LOGIN_MAX = 64 };

err_t user_login_clean(struct arena *a, struct str in, struct str *out)
{
	in = str_trim(in);
	char *p = arena_many(a, in.n, char);
	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr(".-_@", c) != NULL;
		if (!fine || c == '\0')
			return err_new(a, ERR_INVALID, "A sign-in name has letters, digits and . - _ @ only.");
		p[i] = c;
	}
	if (in.n == 0 || in.n > LOGIN_MAX)
		return err_new(a, ERR_INVALID, "A sign-in name has 1 to %d characters.", LOGIN_MAX);
	*out = (struct str){p, in.n};
	return NULL;
}

err_t user_may_administer(struct call *c)
{
	if (c->actor.kind == ACTOR_OPERATOR || (c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_USERS)))
		return NULL;
	return err_new(c->arena, ERR_DENIED, "Only an administrator can change accounts.");
}

static err_t find_agency(struct db *db, struct arena *a, struct str word, struct str *id)
{
	struct q_agency_by_id by_id;
	struct q_agency_by_name by_name;
	bool found;
	TRY(q_agency_by_id(db, a, word, &by_id, &found));
	if (found) {
		*id = word;
		return NULL;
	}
	TRY(q_agency_by_name(db, a, word, &by_name, &found));
	if (!found)
		return err_new(a, ERR_MISSING,
			       "There is no agency \"%.*s\"; write its name as the list of agencies does.",
			       STR_ARG(word));
	*id = by_name.id;
	return NULL;
}

err_t app_region_find(struct db *db, struct arena *a, struct str word, struct str *id)
{
	struct q_regions *regions;
	size_t n;
	int64_t number = -1;
	bool is_number = str_to_i64(word, &number);
	TRY(q_regions(db, a, &regions, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_eq(regions[i].id, word) || str_eq_nocase(regions[i].name, word) ||
		    (is_number && regions[i].number == number)) {
			*id = regions[i].id;
			return NULL;
		}
	}
	return err_new(a, ERR_MISSING, "There is no region \"%.*s\"; give its number or its name.", STR_ARG(word));
}

err_t user_places(struct db *db, struct arena *a, struct str agency_id, struct str region_id, struct str *agency,
		  struct str *region)
{
	struct q_agency_by_id row;
	struct q_region_by_id place;
	bool found = false;
	if (agency_id.n > 0)
		TRY(q_agency_by_id(db, a, agency_id, &row, &found));
	*agency = found ? row.name : (struct str){0};
	found = false;
	if (region_id.n > 0)
		TRY(q_region_by_id(db, a, region_id, &place, &found));
	*region = found ? place.name : (struct str){0};
	return NULL;
}

static err_t role_check(struct arena *a, enum role role, struct str agency, struct str region)
{
	if (role == ROLE_LIST_HOLDER && region.n == 0)
		return err_new(a, ERR_INVALID, "A list holder needs a region.");
	if ((role == ROLE_PROVIDER || role == ROLE_LEAD) && agency.n == 0)
		return err_new(a, ERR_INVALID, "This role needs an agency.");
	return NULL;
}

err_t user_check(struct arena *a, const struct user_new *u, struct str *login)
{
	TRY(user_login_clean(a, u->login, login));
	struct str name = str_trim(u->name);
	if (name.n == 0 || name.n > 200 || !str_is_clean_text(name))
		return err_new(a, ERR_INVALID, "The name of the person is missing, or is longer than 200 characters.");
	return role_check(a, u->role, u->agency, u->region);
}

static err_t find_places(struct db *db, struct arena *a, struct str agency, struct str region, struct str *agency_id,
			 struct str *region_id)
{
	if (agency.n > 0)
		TRY(find_agency(db, a, agency, agency_id));
	if (region.n > 0)
		TRY(app_region_find(db, a, region, region_id));
	return NULL;
}

err_t user_place(struct db *db, struct arena *a, const struct user_new *u, struct str login, struct str *agency_id,
		 struct str *region_id)
{
	struct q_user_by_login taken;
	bool found;
	TRY(q_user_by_login(db, a, login, &taken, &found));
	if (found)
		return err_new(a, ERR_CONFLICT, "The sign-in name %.*s is taken.", STR_ARG(login));
	return find_places(db, a, u->agency, u->region, agency_id, region_id);
}

struct adding {
	struct call *call;
	const struct user_new *in;
	struct q_user_add_in row;
};

static err_t add_user(struct db *db, struct arena *a, void *ctx)
{
	struct adding *w = ctx;
	struct q_invitation_by_login invited;
	bool found;
	TRY(user_place(db, a, w->in, w->row.login, &w->row.agency_id, &w->row.region_id));
	TRY(q_invitation_by_login(db, a, w->row.login, &invited, &found));
	if (found && invited.expires_at.ms > w->call->now.ms)
		return err_new(a, ERR_CONFLICT, "%.*s is invited already; take the invitation back first.",
			       STR_ARG(w->row.login));
	TRY(q_user_add(db, a, &w->row));
	return app_record(w->call, db, a, "user.add", "user", w->row.id, str_fmt(a, "role=%.*s", STR_ARG(w->row.role)));
}

err_t app_user_add(struct call *c, const struct user_new *u, struct str *password)
{
	struct arena *a = c->arena;
	struct str login;
	struct str hash;
	TRY(user_may_administer(c));
	TRY(user_check(a, u, &login));
	struct str once = u->chosen.n > 0 ? u->chosen : password_once(a);
	TRY(password_hash(a, once, &hash));
	struct id id = id_new();
	struct adding w = {
		.call = c,
		.in = u,
		.row = {.id = str_dup(a, id_str(&id)),
			.login = login,
			.name = str_trim(u->name),
			.role = str_from(role_word(u->role)),
			.password = hash,
			.must_change = u->chosen.n == 0,
			.now = c->now},
	};
	TRY(db_run(c->db, a, DB_WRITE, add_user, &w));
	*password = once;
	return NULL;
}

struct moving {
	struct call *call;
	struct str login;
	enum role role;
	struct str agency, region;
};

static err_t move_user(struct db *db, struct arena *a, void *ctx)
{
	const struct moving *w = ctx;
	struct q_user_by_login user;
	struct str agency_id = {0};
	struct str region_id = {0};
	struct str role = str_from(role_word(w->role));
	bool found;
	int64_t changed;
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	TRY(find_places(db, a, w->agency, w->region, &agency_id, &region_id));
	TRY(q_user_move(db, a, user.id, role, agency_id, region_id, &changed));
	TRY(q_session_end_all(db, a, user.id));
	return app_record(w->call, db, a, "user.move", "user", user.id, str_fmt(a, "role=%.*s", STR_ARG(role)));
}

err_t app_user_move(struct call *c, struct str login, enum role role, struct str agency, struct str region)
{
	struct moving w = {.call = c, .role = role, .agency = agency, .region = region};
	TRY(user_may_administer(c));
	TRY(user_login_clean(c->arena, login, &w.login));
	TRY(role_check(c->arena, role, agency, region));
	return db_run(c->db, c->arena, DB_WRITE, move_user, &w);
}

struct resetting {
	struct call *call;
	struct str login;
	struct str hash; /* empty: close the account */
};

static err_t reset_user(struct db *db, struct arena *a, void *ctx)
{
	struct resetting *w = ctx;
	struct q_user_by_login user;
	bool found;
	int64_t changed;
	TRY(q_user_by_login(db, a, w->login, &user, &found));
	if (!found)
		return err_new(a, ERR_MISSING, "There is no account %.*s.", STR_ARG(w->login));
	TRY(q_session_end_all(db, a, user.id));
	if (w->hash.n == 0) {
		TRY(q_user_set_disabled(db, a, user.id, w->call->now, &changed));
		return app_record(w->call, db, a, "user.disable", "user", user.id, (struct str){0});
	}
	TRY(q_user_set_password(db, a, user.id, w->hash, true, &changed));
	return app_record(w->call, db, a, "user.reset", "user", user.id, (struct str){0});
}

err_t app_user_reset(struct call *c, struct str login, struct str *password)
{
	TRY(user_may_administer(c));
	struct str once = password_once(c->arena);
	struct resetting w = {.call = c};
	TRY(user_login_clean(c->arena, login, &w.login));
	TRY(password_hash(c->arena, once, &w.hash));
	TRY(db_run(c->db, c->arena, DB_WRITE, reset_user, &w));
	*password = once;
	return NULL;
}

err_t app_user_disable(struct call *c, struct str login)
{
	TRY(user_may_administer(c));
	struct resetting w = {.call = c};
	TRY(user_login_clean(c->arena, login, &w.login));
	return db_run(c->db, c->arena, DB_WRITE, reset_user, &w);
}

static err_t list_users(struct db *db, struct arena *a, void *ctx)
{
	struct user_list_view *out = ctx;
	struct q_users *users;
	struct q_agencies *agencies;
	struct q_regions *regions;
	size_t n;
	size_t agencies_n;
	size_t regions_n;
	TRY(q_users(db, a, &users, &n));
	TRY(q_agencies(db, a, &agencies, &agencies_n));
	TRY(q_regions(db, a, &regions, &regions_n));
	out->users = arena_many(a, n, struct user_row);
	out->users_n = n;
	for (size_t i = 0; i < n; i++) {
		struct user_row *row = &out->users[i];
		enum role role;
		*row = (struct user_row){
			.id = users[i].id,
			.login = users[i].login,
			.name = users[i].name,
			.role = role_from_word(str_c(a, users[i].role), &role) ? str_from(role_say(role))
									       : users[i].role,
			.disabled = instant_known(users[i].disabled_at),
			.second_step = users[i].has_factor,
			.connected = users[i].connected,
		};
		for (size_t k = 0; k < agencies_n; k++)
			if (str_eq(agencies[k].id, users[i].agency_id))
				row->agency = agencies[k].name;
		for (size_t k = 0; k < regions_n; k++)
			if (str_eq(regions[k].id, users[i].region_id))
				row->region = regions[k].name;
	}
	return NULL;
}

err_t app_user_list(struct call *c, struct user_list_view *out)
{
	struct user_list_view view = {0};
	TRY(user_may_administer(c));
	TRY(db_run(c->db, c->arena, DB_READ, list_users, &view));
	*out = view;
	return NULL;
}
