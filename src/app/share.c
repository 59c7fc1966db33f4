#include "app/share_inside.h"

#include "app/outbox.h"
#include "app/record.h"
#include "app/release.h"
#include "app/user.h"
#include "base/id.h"
#include "store/disclosure.h"
#include "store/q_region.h"
#include "store/q_share.h"
#include "store/seal.h"

enum { HOUR_LAST = 23, MINUTE_LAST = 59 };

#define ROUTE "/share"

static struct seal_place place_of(struct str id)
{
	return (struct seal_place){"share", "content", id};
}

/* "region-4-2026-11-22.xlsx" */
static struct str file_name(struct arena *a, struct str region, struct day made, enum paper_format format)
{
	char day[DAY_TEXT];
	char *name = arena_many(a, region.n, char);
	for (size_t i = 0; i < region.n; i++) {
		char c = region.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		name[i] = letter ? c : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : '-';
	}
	return str_fmt(a, "%.*s-%s.%s", (int)region.n, name, day_text(made, day), paper_format_word(format));
}

/* --- making --- */

struct making {
	struct call *call;
	const struct share_ask *ask;
	struct str agency_id, region_id, region;
	struct actor reader;
	struct share_table table;
	struct share_made made;
	size_t next; /* row to be written */
};

static err_t may_make(const struct call *c, const struct share_ask *ask)
{
	if (c->actor.kind != ACTOR_USER || !access_may(c->actor.role, CAN_SHARE) || c->actor.region_id.n == 0)
		return err_new(c->arena, ERR_DENIED,
			       "Files for agencies are made by list holders, of their region’s list.");
	if (c->actor.cover.today != COVERED)
		return err_new(c->arena, ERR_DENIED, "%s", covered_say(c->actor.cover.today));
	if (ask->days < 1 || ask->days > SHARE_DAYS_MOST)
		return err_new(c->arena, ERR_INVALID, "A file is kept for 1 to %d days.", SHARE_DAYS_MOST);
	return NULL;
}

static err_t find_region(struct making *w, struct db *db, struct arena *a)
{
	struct q_region_by_id region;
	bool found;
	struct str own = w->call->actor.region_id;
	w->region_id = own;
	if (w->ask->region.n > 0)
		TRY(app_region_find(db, a, w->ask->region, &w->region_id));
	if (!str_eq(w->region_id, own))
		return err_new(a, ERR_DENIED, "You share the list that you hold, and this is another region’s.");
	TRY(q_region_by_id(db, a, own, &region, &found));
	w->region = region.name;
	return found ? NULL : err_new(a, ERR_MISSING, "There is no such region.");
}

static err_t gather(struct db *db, struct arena *a, void *ctx)
{
	struct making *w = ctx;
	TRY(agency_find(db, a, w->ask->agency, &w->agency_id));
	TRY(find_region(w, db, a));
	TRY(share_reader(db, a, w->agency_id, w->region_id, w->region, w->call->today, &w->reader));
	return share_rows(w->call, db, a, &w->reader, w->region_id, w->ask, &w->table);
}

err_t app_share_read(struct call *c, const struct share_ask *ask, struct share_reading *out)
{
	struct making w = {.call = c, .ask = ask};
	TRY(may_make(c, ask));
	TRY(db_run(c->db, c->arena, DB_READ, gather, &w));
	*out = (struct share_reading){
		.agency = w.reader.agency_name,
		.region = w.region,
		.notes = w.table.notes,
		.notes_n = w.table.notes_n,
		.found = w.table.found,
		.digest = w.table.digest,
	};
	return NULL;
}

static size_t columns_of(const struct making *w)
{
	return w->ask->notes ? SHARE_COLUMNS_N : SHARE_COLUMNS_PLAIN;
}

static err_t next_row(void *ctx, struct paper_cell *cells, bool *more)
{
	struct making *w = ctx;
	*more = w->next < w->table.n;
	for (size_t i = 0; *more && i < columns_of(w); i++)
		cells[i] = w->table.rows[w->next][i];
	w->next++;
	return NULL;
}

static const struct paper_column columns[] = {
#define X(name, text, of, letters) {.title = STR_INIT(text), .kind = (of), .width = (letters)},
	SHARE_COLUMNS(X)
#undef X
};

static err_t write_paper(struct making *w, struct str *out)
{
	struct arena *a = w->call->arena;
	struct share_made *m = &w->made;
	char as_of[DAY_SAY], until[DAY_SAY];
	day_say_date(w->table.as_of, as_of);
	day_say_date(m->expires, until);
	const struct paper_stamp stamps[] = {
		{S("For"), m->agency},
		{S("As of"), str_from(as_of)},
		{S("Shows"), m->stamp},
		{S("Households"),
		 str_fmt(a, "%lld, %lld of them by name", (long long)m->households, (long long)m->named)},
		{S("Made by"), w->call->actor.name},
		{S("Destroy by"), str_from(until)},
	};
	const struct paper_table table = {
		.title = str_fmt(a, "By-name list of %.*s", STR_ARG(w->region)),
		.recipient = m->agency,
		.notice = str_fmt(a,
				  "Confidential. For %.*s alone, under its memorandum of understanding and the "
				  "releases of these people. Do not pass it on; destroy it by %s.",
				  STR_ARG(m->agency), until),
		.stamps = stamps,
		.stamps_n = sizeof stamps / sizeof *stamps,
		.columns = columns,
		.columns_n = columns_of(w),
		.ctx = w,
		.row = next_row,
	};
	m->phrase = paper_phrase_new();
	return paper_make(a, w->ask->format, &table, &m->phrase, out);
}

static err_t disclose(struct call *c, struct db *db, struct arena *a, struct str share_id, const int64_t **nos,
		      size_t *n)
{
	struct q_share_named *rows;
	TRY(q_share_named(db, a, share_id, &rows, n));
	struct str *ids = arena_many(a, *n, struct str);
	int64_t *numbers = arena_many(a, *n, int64_t);
	for (size_t i = 0; i < *n; i++) {
		ids[i] = rows[i].id;
		numbers[i] = rows[i].household_no;
	}
	*nos = numbers;
	return disclosure_write(
		db, a,
		&(struct disclosure){
			.at = c->now, .user_id = c->actor.id, .route = ROUTE, .households = ids, .households_n = *n});
}

static err_t keep(struct db *db, struct arena *a, void *ctx)
{
	struct making *w = ctx;
	struct call *c = w->call;
	const struct share_made *m = &w->made;
	const struct pii *content = w->ask->keep ? pii_new(a, m->content) : NULL;
	const int64_t *nos;
	size_t n;
	/* The agency's memorandum may have ended while the file was written. */
	TRY(share_reader(db, a, w->agency_id, w->region_id, w->region, c->today, &w->reader));
	TRY(q_share_add(db, a,
			&(struct q_share_add_in){
				.id = m->id,
				.agency_id = w->agency_id,
				.region_id = w->region_id,
				.format = str_from(paper_format_word(w->ask->format)),
				.filter = w->table.filter,
				.stamp = m->stamp,
				.households = m->households,
				.named = m->named,
				.made_at = c->now,
				.made_by = c->actor.id,
				.expires_at = day_at(m->expires, HOUR_LAST, MINUTE_LAST),
				.content = seal_pii(a, c->app->keys, place_of(m->id), content),
			}));
	for (size_t i = 0; i < w->table.named_n; i++)
		TRY(q_share_household_add(db, a, m->id, w->table.named[i]));
	TRY(disclose(c, db, a, m->id, &nos, &n));
	if (w->ask->keep)
		TRY(outbox_share(c, db, a, m->id, w->agency_id));
	else
		TRY(q_share_take(db, a, m->id, c->now, c->actor.id));
	return app_record(c, db, a, "share.make", "share", m->id,
			  str_fmt(a, "agency=%.*s,format=%s,households=%lld,named=%lld,notes=%zu",
				  STR_ARG(w->agency_id), paper_format_word(w->ask->format), (long long)m->households,
				  (long long)m->named, w->table.notes_n));
}

err_t app_share_make(struct call *c, const struct share_ask *ask, struct share_made *out)
{
	struct arena *a = c->arena;
	struct making w = {.call = c, .ask = ask};
	struct share_made *m = &w.made;
	struct id id = id_new();
	TRY(may_make(c, ask));
	TRY(db_run(c->db, a, DB_READ, gather, &w));
	if (ask->notes && !str_eq(ask->read, w.table.digest))
		return err_new(a, ERR_CONFLICT,
			       "The notes are not those that you read: they changed meanwhile. Read them once more.");
	*m = (struct share_made){
		.id = str_dup(a, id_str(&id)),
		.agency = w.reader.agency_name,
		.name = file_name(a, w.region, c->today, ask->format),
		.media = str_from(paper_format_media(ask->format)),
		.stamp = str_fmt(a, "%.*s; %.*s", STR_ARG(w.region), STR_ARG(w.table.stamp)),
		.expires = day_add(c->today, ask->days - 1),
		.households = (int64_t)w.table.n,
		.named = (int64_t)w.table.named_n,
		.left_out = w.table.left_out,
	};
	TRY(write_paper(&w, &m->content));
	TRY(db_run(c->db, a, DB_WRITE, keep, &w));
	if (ask->keep)
		m->content = (struct str){0};
	*out = *m;
	return NULL;
}

/* --- handing out, taking back --- */

struct taking {
	struct call *call;
	struct str id;
	struct share_made out;
};

static bool holds(const struct call *c, struct str region_id)
{
	return c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_SHARE) &&
	       str_eq(c->actor.region_id, region_id);
}

/* Only who holds the list and whose agency it is for know that there is such a file. */
static err_t load(struct call *c, struct db *db, struct arena *a, struct str id, struct q_share_by_id *out)
{
	bool found;
	TRY(q_share_by_id(db, a, id, out, &found));
	bool theirs = found && c->actor.kind == ACTOR_USER && access_may(c->actor.role, CAN_LIST) &&
		      str_eq(out->agency_id, c->actor.agency_id);
	if (!theirs && !(found && holds(c, out->region_id)))
		return err_new(a, ERR_MISSING, "There is no such file.");
	return NULL;
}

/* Everybody whom it names may still be named to the agency. */
static err_t still_named(struct call *c, struct db *db, struct arena *a, const struct actor *reader, const int64_t *nos,
			 size_t n)
{
	struct call theirs = *c;
	struct household_face *faces = arena_many(a, n, struct household_face);
	theirs.actor = *reader;
	TRY(app_household_file(&theirs, db, a, reader, nos, n, faces));
	for (size_t i = 0; i < n; i++)
		if (!faces[i].named && faces[i].hmis_id.n == 0)
			return err_new(a, ERR_CONFLICT,
				       "Since it was made somebody whom it names has withdrawn a release, or may no "
				       "longer be named to this agency. Make a new file.");
	return NULL;
}

static err_t take(struct db *db, struct arena *a, void *ctx)
{
	struct taking *w = ctx;
	struct call *c = w->call;
	struct q_share_by_id row;
	const struct pii *content;
	const int64_t *nos;
	size_t n;
	struct actor reader;
	enum paper_format format;
	TRY(load(c, db, a, w->id, &row));
	if (c->actor.cover.today != COVERED)
		return err_new(a, ERR_DENIED, "%s", covered_say(c->actor.cover.today));
	if (row.content.n == 0 || instant_known(row.ended_at) || row.expires_at.ms <= c->now.ms)
		return err_new(a, ERR_CONFLICT, "This file has expired or was withdrawn. Ask for a new one.");
	TRY(share_reader(db, a, row.agency_id, row.region_id, row.region, c->today, &reader));
	TRY(disclose(c, db, a, w->id, &nos, &n));
	TRY(still_named(c, db, a, &reader, nos, n));
	if (!paper_format_parse(row.format, &format))
		return err_internal(a, "share.format: %.*s", STR_ARG(row.format));
	TRY(seal_open(a, c->app->keys, place_of(w->id), row.content, &content));
	w->out.content = pii_reveal(content);
	w->out.agency = row.agency;
	w->out.name = file_name(a, row.region, instant_day(row.made_at), format);
	w->out.media = str_from(paper_format_media(format));
	TRY(q_share_take(db, a, w->id, c->now, c->actor.id));
	return app_record(c, db, a, "share.take", "share", w->id, str_fmt(a, "agency=%.*s", STR_ARG(row.agency_id)));
}

err_t app_share_take(struct call *c, struct str id, struct share_made *out)
{
	struct taking w = {.call = c, .id = id, .out = {.id = id}};
	TRY(db_run(c->db, c->arena, DB_WRITE, take, &w));
	*out = w.out;
	return NULL;
}

static err_t end(struct db *db, struct arena *a, void *ctx)
{
	const struct taking *w = ctx;
	struct call *c = w->call;
	struct q_share_by_id row;
	int64_t ended;
	TRY(load(c, db, a, w->id, &row));
	if (!holds(c, row.region_id))
		return err_new(a, ERR_DENIED, "Only the list holder withdraws a file.");
	TRY(q_share_end(db, a, w->id, c->now, c->actor.id, &ended));
	if (ended == 0)
		return err_new(a, ERR_CONFLICT, "This file has expired or was withdrawn already.");
	return app_record(c, db, a, "share.end", "share", w->id, str_fmt(a, "agency=%.*s", STR_ARG(row.agency_id)));
}

err_t app_share_end(struct call *c, struct str id)
{
	struct taking w = {.call = c, .id = id};
	return db_run(c->db, c->arena, DB_WRITE, end, &w);
}

/* --- the timer --- */

struct sweeping {
	struct call *call;
	struct q_shares_due due;
};

static err_t count_due(struct db *db, struct arena *a, void *ctx)
{
	struct sweeping *w = ctx;
	bool found;
	return q_shares_due(db, a, w->call->now, &w->due, &found);
}

static err_t sweep(struct db *db, struct arena *a, void *ctx)
{
	const struct sweeping *w = ctx;
	int64_t swept;
	TRY(q_share_sweep(db, a, w->call->now, &swept));
	if (swept == 0)
		return NULL; /* another node was faster */
	return app_record(w->call, db, a, "share.expire", "share", S("expired"),
			  str_fmt(a, "files=%lld", (long long)swept));
}

err_t app_share_sweep(struct call *c)
{
	struct sweeping w = {.call = c};
	TRY(db_run(c->db, c->arena, DB_READ, count_due, &w));
	return w.due.files > 0 ? db_run(c->db, c->arena, DB_WRITE, sweep, &w) : NULL;
}
