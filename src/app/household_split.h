/* A person splits a household: some of its people are a household of their own from that day on.
 *
 * The rules are domain/household_apart.h's. Who stays keeps number, code, steps and papers; who leaves gets a code of
 * their own, the list start that both had, the region, and the seat in an open cycle if there was one. What was
 * recorded about the household before stays with who stays; evidence of months goes with each person. A mark that the
 * household is verified as chronic ends where its head leaves. Nothing on either household's page speaks of the other,
 * whatever the reason: what was done is shown, under its own address, to the agency that did it.
 *
 * List holders of the region and agencies that serve the household may. It can be taken back by the same agency (by
 * the same person, where they are of none) for APART_UNDO_DAYS, as long as nothing new is recorded about either half.
 */
#ifndef APP_HOUSEHOLD_SPLIT_H
#define APP_HOUSEHOLD_SPLIT_H

#include "app/household.h"
#include "domain/household_apart.h"

struct split_member {
	int64_t client_no;
	struct str called; /* name, or "Member 2" */
	bool head;
};

struct split_page {
	struct household_face face;
	struct split_member *members;
	size_t members_n;
};

/* Who could leave. ERR_MISSING: no such household, or not for the viewer; ERR_DENIED: they may not; ERR_CONFLICT: it
 * is one person, or not on the list any more. */
must err_t app_household_split_page(struct call *c, struct str household_id, struct split_page *out);

struct split_new {
	struct str household_id;
	const int64_t *leaving; /* client numbers */
	size_t leaving_n;
	enum apart_reason reason;
};

/* Splits it and derives the list anew; the split's id. ERR_INVALID: nobody or everybody leaves, or somebody who is not
 * of the household. ERR_CONFLICT, ERR_RETRY: an import stands in the way; nothing is recorded then. */
must err_t app_household_split(struct call *c, const struct split_new *s, struct str *id);

struct split_done {
	struct str household_id, new_id;
	struct str reason; /* "somebody moved out" */
	bool safety;
	struct day done, until; /* until: the last day on which it can be taken back */
	bool ended;
	bool can_undo;
};

/* What was done. ERR_MISSING: there is none, or another agency did it. */
must err_t app_household_split_done(struct call *c, struct str id, struct split_done *out);

/* Takes it back. ERR_CONFLICT: it is too late, something new was recorded, or it was taken back already. */
must err_t app_household_split_undo(struct call *c, struct str id);

#endif
