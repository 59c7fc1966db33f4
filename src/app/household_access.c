#include "app/household_access.h"

#include "app/mou.h"
#include "app/person.h"
#include "base/limit.h"
#include "domain/release.h"
#include "store/q_release.h"

enum { BATCH = LIMIT_LIST_PAGE, ADULT = 18, TIE_PROTECTED = 1, TIE_MEETS = 2, TIE_SEATED = 3, TIE_REFERRED = 4 };

/* What the database says about a batch of households and their clients. */
struct ties {
	struct q_household_ties *ties;
	size_t ties_n;
	struct q_releases_for_agency *releases;
	size_t releases_n;
};

bool app_household_holds(const struct call *c, const struct list_image *image, const struct list_row *row)
{
	const char *region = image->regions[row->region].id;
	return c->actor.kind == ACTOR_USER && c->actor.role == ROLE_LIST_HOLDER && region[0] != '\0' &&
	       str_eq(str_from(region), c->actor.region_id);
}

int64_t app_household_record(const struct call *c, const struct list_image *image, const struct list_row *row,
			     const struct list_head *head)
{
	if (c->actor.agency_id.n == 0 || app_household_holds(c, image, row))
		return 0;
	for (size_t i = 0; i < head->agencies_n; i++)
		if (str_eq(head->agencies[i], c->actor.agency_id))
			return head->records[i];
	return 0;
}

static enum role role_of(const struct call *c)
{
	return c->actor.kind == ACTOR_USER ? c->actor.role : ROLE_NOBODY;
}

static err_t ties_load(struct db *db, struct arena *a, struct str agency_id, const struct household_asked *asked,
		       size_t n, struct ties *out)
{
	int64_t nos[BATCH];
	int64_t clients[BATCH];
	size_t nos_n = 0, clients_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (asked[i].row != NULL)
			nos[nos_n++] = asked[i].row->no;
		if (asked[i].row != NULL && asked[i].client_no != 0)
			clients[clients_n++] = asked[i].client_no;
	}
	TRY(q_household_ties(db, a, nos, nos_n, agency_id, &out->ties, &out->ties_n));
	return q_releases_for_agency(db, a, agency_id, clients, clients_n, &out->releases, &out->releases_n);
}

static bool tied(const struct ties *t, int64_t no, int kind)
{
	for (size_t i = 0; i < t->ties_n; i++)
		if (t->ties[i].household_no == no && t->ties[i].kind == kind)
			return true;
	return false;
}

/* The releases of a client: their rows stand together, in the order of their days. */
static struct release *releases_of(struct arena *a, const struct ties *t, int64_t client_no, size_t *n)
{
	size_t first = 0;
	while (first < t->releases_n && t->releases[first].client_no != client_no)
		first++;
	*n = 0;
	while (first + *n < t->releases_n && t->releases[first + *n].client_no == client_no)
		(*n)++;
	struct release *rows = arena_many(a, *n, struct release);
	for (size_t i = 0; i < *n; i++) {
		const struct q_releases_for_agency *row = &t->releases[first + i];
		rows[i] = (struct release){
			.refused = row->refused,
			.other = row->other,
			.scope = SCOPE_NAMED, /* of the fewest, for a word that is not known */
			.agencies = &row->agency_id,
			.agencies_n = row->agency_id.n > 0,
			.purposes = (uint32_t)row->purposes,
			.laws = (uint32_t)row->laws,
			.from = row->from_day,
			.until = row->until_day,
			.ended = row->ended_day,
			.offer_again = DAY_NONE,
		};
		(void)release_scope_parse(row->scope, &rows[i].scope);
	}
	return rows;
}

static struct release_asker asker_of(const struct call *c, struct str region)
{
	return (struct release_asker){c->actor.agency_id, mou_works_in(&c->actor.cover, region)};
}

static enum consent consent_of(const struct call *c, struct arena *a, const struct ties *t, int64_t client_no,
			       struct str region)
{
	const struct release_asker who = asker_of(c, region);
	size_t n;
	const struct release *rows = releases_of(a, t, client_no, &n);
	return release_covers(rows, n, &who, PURPOSE_HOUSING, LAW_HMIS, c->today);
}

err_t app_household_consent(struct call *c, struct db *db, struct arena *a, int64_t client_no, struct str region,
			    enum consent *out)
{
	struct ties ties = {0};
	TRY(q_releases_for_agency(db, a, c->actor.agency_id, &client_no, 1, &ties.releases, &ties.releases_n));
	*out = consent_of(c, a, &ties, client_no, region);
	return NULL;
}

/* Before a stage stand those who are in the meeting, or ask to come in, of the households that are shown on it. */
static enum working working_of(const struct call *c, const struct list_image *image, const struct ties *t,
			       enum access_use use, const struct household_asked *asked)
{
	int meets = use == USE_STAGE ? TIE_SEATED : TIE_MEETS;
	if (asked->serves)
		return WORKING_SERVES;
	if (app_household_holds(c, image, asked->row)) /* first: a holder records more */
		return WORKING_LIST;
	if (tied(t, asked->row->no, TIE_REFERRED))
		return WORKING_REFERRAL;
	return tied(t, asked->row->no, meets) ? WORKING_CONFERENCE : WORKING_NOT;
}

/* The question about one household, but for what was released. */
static struct access_question question_of(const struct call *c, const struct list_image *image, const struct ties *ties,
					  enum access_use use, const struct household_asked *asked)
{
	struct str region = str_from(image->regions[asked->row->region].id);
	return (struct access_question){
		.role = role_of(c),
		.covered = mou_covers_region(&c->actor.cover, region),
		.working = working_of(c, image, ties, use, asked),
		.protected = tied(ties, asked->row->no, TIE_PROTECTED),
		.victim = (asked->row->flags & FLAG_CODED) != 0,
		.law = LAW_HMIS,
		.use = use,
	};
}

static bool may_name_somebody(const struct call *c)
{
	return access_may(role_of(c), CAN_LIST) && c->actor.cover.today == COVERED;
}

err_t app_household_decide(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
			   enum access_use use, const struct household_asked *asked, size_t n,
			   struct access_decision *out)
{
	struct ties ties = {0};
	if (may_name_somebody(c) && n > 0)
		TRY(ties_load(db, a, c->actor.agency_id, asked, n, &ties));
	for (size_t i = 0; i < n; i++) {
		if (asked[i].row == NULL) {
			out[i] = (struct access_decision){.reason = "This household is on no list."};
			continue;
		}
		struct access_question q = question_of(c, image, &ties, use, &asked[i]);
		struct str region = str_from(image->regions[asked[i].row->region].id);
		q.consent = consent_of(c, a, &ties, asked[i].client_no, region);
		access_decide(&q, &out[i]);
	}
	return NULL;
}

err_t app_household_decide_laws(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
				enum access_use use, const struct household_asked *asked, struct household_laws *out)
{
	struct ties ties = {0};
	size_t n;
	*out = (struct household_laws){0};
	if (!may_name_somebody(c) || asked->row == NULL)
		return NULL;
	TRY(ties_load(db, a, c->actor.agency_id, asked, 1, &ties));
	struct access_question q = question_of(c, image, &ties, use, asked);
	const struct release_asker who = asker_of(c, str_from(image->regions[asked->row->region].id));
	const struct release *rows = releases_of(a, &ties, asked->client_no, &n);
	for (int l = LAW_HMIS + 1; l < LAWS_N; l++) {
		struct access_decision may;
		q.law = (enum fact_law)l;
		q.consent = release_covers(rows, n, &who, PURPOSE_HOUSING, q.law, c->today);
		q.own = false;
		access_decide(&q, &may);
		if (may.field[FIELD_FACTS] == ACCESS_FULL)
			out->others |= LAW_BIT(l);
		if ((out->others & LAW_BIT(l)) != 0 &&
		    release_is_general(rows, n, &who, PURPOSE_HOUSING, q.law, c->today))
			out->general |= LAW_BIT(l);
		q.own = true; /* as somebody who serves them, whatever was signed */
		q.consent = CONSENT_NONE;
		access_decide(&q, &may);
		if (may.field[FIELD_FACTS] == ACCESS_FULL)
			out->own |= LAW_BIT(l);
	}
	return NULL;
}

void app_household_decide_unlisted(const struct call *c, struct access_decision *out)
{
	const struct access_question q = {.role = role_of(c), .covered = c->actor.cover.today};
	access_decide(&q, out);
}

err_t app_household_signer(struct call *c, struct arena *a, struct day today, int64_t head, int64_t client_no,
			   struct str birth, int64_t *signer)
{
	struct day born;
	TRY(app_person_birth(c, a, client_no, birth, &born));
	bool adult = day_known(born) && born.n <= today.n && day_age(born, today) >= ADULT;
	*signer = adult || head == 0 ? client_no : head;
	return NULL;
}

err_t app_household_decide_member(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
				  const struct household_asked *head, const struct access_decision *of_head,
				  int64_t client_no, struct str birth, struct access_decision *out)
{
	struct household_asked asked = *head;
	struct access_decision own;
	TRY(app_household_signer(c, a, image->as_of, head->client_no, client_no, birth, &asked.client_no));
	*out = *of_head;
	if (asked.client_no == head->client_no || !of_head->named)
		return NULL;
	TRY(app_household_decide(c, db, a, image, USE_DEVICE, &asked, 1, &own));
	if (!own.named)
		*out = own;
	return NULL;
}
