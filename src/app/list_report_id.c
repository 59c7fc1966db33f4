/* Whose HMIS id `byname list` prints: what domain/access says of a file for who holds the household's list. It is
 * printed for no agency, so a release that is in force for any counts; and so does never having been asked, since this
 * is what an HMIS is compared by before the first release is recorded. Coded lists have no HMIS ids. */
#include <stdlib.h>

#include "app/list_report_parts.h"
#include "domain/access.h"
#include "domain/release.h"
#include "store/q_report.h"

struct said {
	int64_t client_no;
	enum consent consent;
};

struct report_ids {
	const int64_t *guarded; /* protected households by number, ascending */
	size_t guarded_n;
	const struct said *said; /* of whoever was asked, ascending */
	size_t said_n;
};

/* The rows of a client stand together, in the order of their days. No agency asks, so a release that is in force is one
 * for somebody else. */
static void read_said(struct arena *a, const struct q_report_releases *rows, size_t n, struct day today,
		      struct report_ids *ids)
{
	const struct release_asker nobody = {0};
	struct said *said = arena_many(a, n, struct said);
	struct release *releases = arena_many(a, n, struct release);
	for (size_t i = 0, first = 0; i < n; i++) {
		releases[i] = (struct release){.refused = rows[i].refused,
					       .other = rows[i].other,
					       .from = rows[i].from_day,
					       .until = rows[i].until_day,
					       .ended = rows[i].ended_day,
					       .offer_again = DAY_NONE};
		if (i + 1 < n && rows[i + 1].client_no == rows[i].client_no)
			continue;
		said[ids->said_n++] =
			(struct said){rows[i].client_no, release_covers(releases + first, i + 1 - first, &nobody,
									PURPOSE_HOUSING, LAW_HMIS, today)};
		first = i + 1;
	}
	ids->said = said;
}

err_t report_ids_load(struct report *r, struct db *db, struct arena *a)
{
	struct report_ids *ids = arena_one(a, struct report_ids);
	struct q_report_releases *rows;
	struct q_report_protected *households;
	size_t n;
	TRY(q_report_releases(db, a, &rows, &n));
	*ids = (struct report_ids){0};
	read_said(a, rows, n, r->ask->today, ids);
	TRY(q_report_protected(db, a, &households, &n));
	int64_t *guarded = arena_many(a, n, int64_t);
	for (size_t i = 0; i < n; i++)
		guarded[i] = households[i].household_no;
	ids->guarded = guarded;
	ids->guarded_n = n;
	r->ids = ids;
	return NULL;
}

/* Also of struct said, which begins with its number. */
static int by_number(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a > b) - (a < b);
}

static const void *find(int64_t number, const void *rows, size_t n, size_t size)
{
	return n == 0 ? NULL : bsearch(&number, rows, n, size, by_number);
}

struct str report_id(const struct report *r, int64_t household_no, int64_t head_no, struct str personal_id)
{
	const struct report_ids *ids = r->ids;
	const struct said *said = find(head_no, ids->said, ids->said_n, sizeof *ids->said);
	bool open = said == NULL || said->consent == CONSENT_NONE || said->consent == CONSENT_ELSEWHERE;
	const struct access_question q = {
		.role = ROLE_LIST_HOLDER,
		.covered = COVERED,
		.consent = open ? CONSENT_HERE : said->consent,
		.working = WORKING_LIST,
		.protected = find(household_no, ids->guarded, ids->guarded_n, sizeof *ids->guarded) != NULL,
		.law = LAW_HMIS,
		.use = USE_FILE,
	};
	struct access_decision may;
	access_decide(&q, &may);
	return may.field[FIELD_HMIS_ID] == ACCESS_FULL ? personal_id : (struct str){0};
}
