#include "app/outbox_inside.h"
#include "base/id.h"
#include "store/q_conference.h"
#include "store/q_handout.h"
#include "store/q_outbox.h"
#include "store/q_series.h"

static const char *const words[MAIL_KINDS_N] = {
#define X(name, word) [name] = (word),
	MAIL_KINDS(X)
#undef X
};

bool mail_kind_parse(struct str word, enum mail_kind *out)
{
	for (int k = 0; k < MAIL_KINDS_N; k++)
		if (str_eq(word, str_from(words[k]))) {
			*out = (enum mail_kind)k;
			return true;
		}
	return false;
}

struct str mail_kind_word(enum mail_kind kind)
{
	return str_from(words[kind]);
}

err_t outbox_put(struct call *c, struct db *db, struct arena *a, enum mail_kind kind, struct str about, int64_t version,
		 struct str user_id)
{
	struct id id = id_new();
	return q_outbox_add(db, a,
			    &(struct q_outbox_add_in){
				    .id = id_str(&id),
				    .kind = str_from(words[kind]),
				    .about = about,
				    .version = version,
				    .user_id = user_id,
				    .now = c->now,
			    });
}

/* The number of this version of a thing; mail about older ones that still waits is over. */
static err_t next_version(struct db *db, struct arena *a, enum mail_kind kind, struct str about, int64_t *version)
{
	struct q_outbox_version last;
	bool found;
	int64_t overtaken;
	TRY(q_outbox_version(db, a, str_from(words[kind]), about, &last, &found));
	TRY(q_outbox_over(db, a, str_from(words[kind]), about, &overtaken));
	*version = found && last.version_known ? last.version + 1 : 0;
	return NULL;
}

err_t outbox_conference(struct call *c, struct db *db, struct arena *a, struct str conference_id, struct str region_id)
{
	struct q_conference_people *people;
	struct q_mail_address_of address;
	size_t n;
	bool found;
	int64_t version;
	TRY(next_version(db, a, MAIL_CONFERENCE, conference_id, &version));
	TRY(q_conference_people(db, a, region_id, &people, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_mail_address_of(db, a, people[i].id, &address, &found));
		if (found)
			TRY(outbox_put(c, db, a, MAIL_CONFERENCE, conference_id, version, people[i].id));
	}
	return NULL;
}

err_t outbox_sitting(struct call *c, struct db *db, struct arena *a, struct str sitting_id, struct str region_id)
{
	struct q_series_readers *readers;
	size_t n;
	int64_t version;
	TRY(next_version(db, a, MAIL_BUSINESS, sitting_id, &version));
	TRY(q_series_readers(db, a, region_id, region_id.n == 0, &readers, &n));
	for (size_t i = 0; i < n; i++)
		TRY(outbox_put(c, db, a, MAIL_BUSINESS, sitting_id, version, readers[i].user_id));
	return NULL;
}

err_t outbox_share(struct call *c, struct db *db, struct arena *a, struct str share_id, struct str agency_id)
{
	struct q_mail_readers_of_agency *readers;
	size_t n;
	TRY(q_mail_readers_of_agency(db, a, agency_id, &readers, &n));
	for (size_t i = 0; i < n; i++)
		TRY(outbox_put(c, db, a, MAIL_SHARE, share_id, 0, readers[i].user_id));
	return NULL;
}

err_t outbox_tasks(struct call *c, struct db *db, struct arena *a, struct str conference_id)
{
	struct q_handout_tasks *tasks;
	size_t n;
	int64_t version;
	TRY(next_version(db, a, MAIL_TASKS, conference_id, &version));
	TRY(q_handout_tasks(db, a, conference_id, &tasks, &n));
	for (size_t i = 0; i < n; i++)
		if (tasks[i].mail == 1)
			TRY(outbox_put(c, db, a, MAIL_TASKS, conference_id, version, tasks[i].user_id));
	return NULL;
}
