#include "app/conference_load.h"

#include "app/step.h"

struct str text_day(struct arena *a, struct day d)
{
	char say[DAY_SAY];
	return day_known(d) ? str_dup(a, str_from(day_say(d, say))) : S("");
}

struct str text_day_short(struct arena *a, struct day d)
{
	char say[DAY_SAY];
	return day_known(d) ? str_dup(a, str_from(day_say_short(d, say))) : S("");
}

struct str text_iso(struct arena *a, struct day d)
{
	char text[DAY_TEXT];
	return day_known(d) ? str_dup(a, str_from(day_text(d, text))) : S("");
}

struct str text_clock(struct arena *a, struct instant t)
{
	char text[CLOCK_TEXT];
	return instant_known(t) ? str_dup(a, str_from(instant_clock(t, text))) : S("");
}

static err_t load_faces(struct conference_load *l)
{
	int64_t *nos = arena_many(l->m.arena, l->cards_n, int64_t);
	l->faces = arena_many(l->m.arena, l->cards_n, struct household_face);
	for (size_t i = 0; i < l->cards_n; i++)
		nos[i] = l->cards[i].household_no;
	TRY(app_household_faces(l->m.call, l->m.db, l->m.arena, nos, l->cards_n, l->faces));
	TRY(app_household_unlisted(l->m.call, l->m.db, l->m.arena, l->faces, l->cards_n));
	return app_household_names(l->m.call, l->m.db, l->m.arena, l->faces, l->cards_n);
}

static err_t load_stage(struct conference_load *l)
{
	TRY(stage_people(&l->m, &l->stage));
	l->staged = arena_many(l->m.arena, l->cards_n, struct household_face);
	return stage_faces(&l->m, &l->stage, l->cards, l->cards_n, l->staged);
}

err_t conference_load(struct call *c, struct db *db, struct arena *a, struct str id, struct conference_load *out)
{
	struct conference_load l = {0};
	TRY(meeting_open(c, db, a, id, &l.m));
	if (!(l.m.acts & CONFERENCE_VIEW)) {
		*out = l; /* the door alone */
		return NULL;
	}
	bool live = l.m.state != CONFERENCE_CLOSED;
	TRY(q_cards(db, a, id, &l.cards, &l.cards_n));
	TRY(load_faces(&l));
	TRY(q_steps_of_conference(db, a, id, live ? 1 : 0, &l.steps, &l.steps_n));
	TRY(q_cycle_seats_for(db, a, l.m.row.cycle_id, &l.why, &l.why_n));
	TRY(q_scan_wanted(db, a, id, &l.wanted, &l.wanted_n));
	TRY(q_tellings(db, a, id, &l.tellings, &l.tellings_n));
	TRY(q_tellings_before(db, a, id, &l.told, &l.told_n));
	TRY(q_targets(db, a, id, &l.targets, &l.targets_n));
	TRY(q_conference_notes(db, a, id, &l.notes, &l.notes_n));
	TRY(q_card_conflicts(db, a, id, &l.conflicts, &l.conflicts_n));
	TRY(q_attendances(db, a, id, &l.seats, &l.seats_n));
	TRY(q_guests_were(db, a, id, &l.guests, &l.guests_n));
	TRY(q_agenda_items(db, a, id, &l.agenda, &l.agenda_n));
	TRY(q_conference_people(db, a, l.m.row.region_id, &l.people, &l.people_n));
	if (live && l.m.part >= PART_SCRIBE)
		TRY(load_stage(&l));
	*out = l;
	return NULL;
}

static const struct household_face *face_of(const struct conference_load *l, struct str card_id)
{
	for (size_t i = 0; i < l->cards_n; i++) {
		if (str_eq(l->cards[i].id, card_id))
			return &l->faces[i];
	}
	return NULL;
}

/* Words about the meeting may name any of its households. One first name can be that of several, so what
 * stands in its place names none of them. */
static struct str words_of_meeting(const struct conference_load *l, bool writes, const struct pii *words)
{
	struct arena *a = l->m.arena;
	if (writes && step_reads_typed(l->m.call)) {
		/* Whoever is named in it was named to this reader. */
		for (size_t i = 0; i < l->cards_n; i++)
			(void)step_words_for(l->m.call, a, &l->faces[i], true, words);
		return pii_reveal(words);
	}
	return app_household_mask(l->m.call, a, l->faces, l->cards_n, pii_reveal(words));
}

err_t conference_notes_fill(const struct conference_load *l, struct str card_id, struct note_row **notes, size_t *n)
{
	struct arena *a = l->m.arena;
	const struct household_face *face = face_of(l, card_id);
	*notes = arena_many(a, l->notes_n, struct note_row);
	*n = 0;
	for (size_t i = 0; i < l->notes_n; i++) {
		const struct q_conference_notes *row = &l->notes[i];
		const struct pii *words;
		if (!str_eq(row->card_id, card_id))
			continue;
		TRY(meeting_unseal(&l->m, "conference_note", "words", row->id, row->words, &words));
		bool late = str_eq(row->kind, S("addendum"));
		bool raw = (l->m.acts & CONFERENCE_WRITE) && !l->masked;
		struct str at = text_clock(a, row->at);
		(*notes)[(*n)++] = (struct note_row){
			.kind = row->kind,
			.words = face != NULL ? step_words_for(l->m.call, a, face, raw, words)
					      : words_of_meeting(l, raw, words),
			.by = row->by_name,
			.agency = row->agency,
			.at = late ? str_fmt(a, "%.*s %.*s", STR_ARG(text_day_short(a, instant_day(row->at))),
					     STR_ARG(at))
				   : at,
			.called = face != NULL ? conference_called(a, face) : S(""),
		};
	}
	return NULL;
}

static bool is_here(const struct conference_load *l, struct str user_id)
{
	for (size_t i = 0; i < l->seats_n; i++) {
		if (str_eq(l->seats[i].user_id, user_id) && !instant_known(l->seats[i].out_at))
			return true;
	}
	return false;
}

void conference_people_fill(const struct conference_load *l, struct person_row **people, size_t *n)
{
	*people = arena_many(l->m.arena, l->people_n, struct person_row);
	*n = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < l->people_n; i++) {
			const struct q_conference_people *row = &l->people[i];
			bool here = is_here(l, row->id);
			if (here == (pass == 0))
				(*people)[(*n)++] = (struct person_row){row->id, row->name, row->agency, here};
		}
	}
}
