/* A row of a list as facts of an HMIS: one enrollment in coordinated entry that puts it on the list, one on the day
 * when its time homeless was told, from which self-reported months count back. */
#include <stdlib.h>
#include <string.h>

#include "app/roster.h"
#include "app/source_work.h"
#include "base/buf.h"
#include "domain/code.h"
#include "store/dossier.h"

enum { FACTS_MOST = 1024, MONTHS_SAID_MOST = 13, MONTHS_SAID_FIRST = 100, DAYS_IN_12_MONTHS = 365 };

struct gathering {
	struct arena *arena;
	struct str facts[FACTS_MOST];
	size_t n;
};

static void set_day(struct dossier_fact *f, int field, struct day d)
{
	f->values[field] = (struct dossier_value){.known = day_known(d), .n = d.n};
}

static void set_int(struct dossier_fact *f, int field, int v)
{
	f->values[field] = (struct dossier_value){.known = v != SOURCE_UNKNOWN, .n = v};
}

static void set_text(struct dossier_fact *f, int field, struct str text)
{
	f->values[field] = (struct dossier_value){.known = text.n > 0, .text = text};
}

/* A fact with the same kind and id as one that is there gives way to it. */
static void add_packed(struct gathering *g, struct str packed)
{
	for (size_t i = 0; i < g->n; i++)
		if (str_eq(dossier_key(g->facts[i]), dossier_key(packed)))
			return;
	if (g->n < FACTS_MOST)
		g->facts[g->n++] = packed;
}

static void add(struct gathering *g, const struct dossier_fact *f)
{
	char *out = arena_many(g->arena, DOSSIER_PACKED_MAX, char);
	struct str packed = {out, dossier_pack(f, out)};
	add_packed(g, str_dup(g->arena, packed));
}

static struct dossier_fact fact(enum dossier_kind kind, struct str id)
{
	return (struct dossier_fact){.kind = kind, .id = id, .updated = INSTANT_NONE};
}

static struct str day_id(struct arena *a, char kind, struct day d)
{
	char text[DAY_TEXT];
	return str_fmt(a, "%c%s", kind, day_text(d, text));
}

static int compare(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static struct str packed(struct gathering *g)
{
	struct buf b = buf_new(g->arena, 1 << 20);
	qsort(g->facts, g->n, sizeof *g->facts, compare);
	dossier_begin(&b, INSTANT_NONE);
	for (size_t i = 0; i < g->n; i++)
		dossier_add(&b, INSTANT_NONE, &(struct dossier_item){.packed = g->facts[i], .exported = INSTANT_NONE});
	return buf_text(&b);
}

static void add_enrollment(struct gathering *g, const struct source_person *p, const char *id, struct day entry,
			   bool told, struct day to_street)
{
	struct dossier_fact f = fact(DOSSIER_Enrollment, str_from(id));
	struct str household = p->household.n > 0 ? p->household : str_sub(p->key, 0, DOSSIER_ID_MAX - 2);
	set_day(&f, DOSSIER_Enrollment_EntryDate, entry);
	set_text(&f, DOSSIER_Enrollment_HouseholdID,
		 str_fmt(g->arena, "%.*s%s", STR_ARG(str_sub(household, 0, DOSSIER_ID_MAX - 2)), told ? "/t" : ""));
	set_int(&f, DOSSIER_Enrollment_RelationshipToHoH,
		p->relation != SOURCE_UNKNOWN ? p->relation
		: p->household.n > 0          ? SOURCE_UNKNOWN
					      : RELATION_HEAD);
	set_int(&f, DOSSIER_Enrollment_DisablingCondition, p->disabling);
	if (told) {
		int said = p->months > MONTHS_SAID_MOST ? MONTHS_SAID_MOST : p->months;
		set_day(&f, DOSSIER_Enrollment_DateToStreetESSH, to_street);
		if (said > 0)
			set_int(&f, DOSSIER_Enrollment_MonthsHomelessPastThreeYears, MONTHS_SAID_FIRST + said);
	}
	add(g, &f);
}

static void add_seen(struct gathering *g, struct day day, int situation)
{
	struct dossier_fact f = fact(DOSSIER_CurrentLivingSituation, day_id(g->arena, 'C', day));
	set_day(&f, DOSSIER_CurrentLivingSituation_InformationDate, day);
	set_int(&f, DOSSIER_CurrentLivingSituation_CurrentLivingSituation,
		situation != SOURCE_UNKNOWN ? situation : CODE_MISSING);
	add(g, &f);
}

static void add_score(struct gathering *g, const struct source_person *p, struct day day)
{
	struct str id = day_id(g->arena, 'S', day);
	struct dossier_fact f = fact(DOSSIER_Assessment, id);
	set_day(&f, DOSSIER_Assessment_AssessmentDate, day);
	add(g, &f);
	f = fact(DOSSIER_AssessmentResults, id);
	set_text(&f, DOSSIER_AssessmentResults_AssessmentID, id);
	set_text(&f, DOSSIER_AssessmentResults_AssessmentResult, str_fmt(g->arena, "%d", p->score));
	add(g, &f);
}

/* Contact and assessments of earlier files stay beside those of this one. */
static void keep_old(struct gathering *g, struct str was)
{
	struct dossier_reader d = dossier_open(was);
	for (struct dossier_item item; dossier_next(&d, &item);)
		if (item.packed.p[0] == DOSSIER_CurrentLivingSituation ||
		    item.packed.p[0] == DOSSIER_AssessmentResults || item.packed.p[0] == DOSSIER_Assessment)
			add_packed(g, item.packed);
}

void source_facts(struct arena *a, const struct source_person *p, struct day today, struct str was, struct day entry,
		  struct source_facts *out)
{
	struct gathering *g = arena_one(a, struct gathering);
	struct day attested = source_attested(p, today);
	g->arena = a;
	out->entry = day_known(p->listed) ? p->listed : day_known(entry) ? entry : today;
	add_enrollment(g, p, ROSTER_LISTED, out->entry, false, DAY_NONE);
	if (p->reached != SOURCE_UNKNOWN)
		add_seen(g, day_add(attested, -p->reached), SOURCE_UNKNOWN);
	if (day_known(p->contact) || p->situation != SOURCE_UNKNOWN)
		add_seen(g, day_known(p->contact) ? p->contact : out->entry, p->situation);
	if (p->score != SOURCE_UNKNOWN)
		add_score(g, p, day_known(p->scored) ? p->scored : out->entry);
	if (p->need != SOURCE_UNKNOWN || p->size != SOURCE_UNKNOWN || p->children != SOURCE_UNKNOWN) {
		struct dossier_fact f = fact(DOSSIER_Attestation, S("A"));
		set_day(&f, DOSSIER_Attestation_AttestedDate, attested);
		set_int(&f, DOSSIER_Attestation_NeedBand, p->need);
		set_int(&f, DOSSIER_Attestation_Size, p->size);
		set_int(&f, DOSSIER_Attestation_Children, p->children);
		add(g, &f);
	}
	keep_old(g, was);
	out->listed = packed(g);

	out->told = (struct str){0};
	out->told_day = p->time != SOURCE_UNKNOWN ? attested : day_known(p->contact) ? p->contact : today;
	struct day to_street = p->homeless;
	/* HMIS counts no more than twelve months and "more"; a list may know better. */
	int months = p->time != SOURCE_UNKNOWN ? p->time : p->months >= MONTHS_SAID_MOST ? p->months : 0;
	if (!day_known(to_street) && months > 0)
		to_street = day_add(out->told_day, -months * DAYS_IN_12_MONTHS / 12);
	/* People stay together by the stay that was entered last, so all of a household get one or none of them: it
	 * may be told of one alone. */
	if (!day_known(to_street) && p->months <= 0 && p->household.n == 0)
		return;
	g->n = 0;
	add_enrollment(g, p, "T", out->told_day, true, to_street);
	out->told = packed(g);
}
