/* The four layers that a place comes from, in their order.
 *
 * "Prioritization Guidance: 1) CoC Prioritization Policies and Written Standards, 2) Active List Protocols,
 * 3) Document Readiness, 4) Case Conferencing" (coordinated entry redesign). The first ranks those whom the
 * second keeps active; the third never lowers a place; the fourth raises within the written order, or takes
 * out of order with a recorded reason. "Why this place?" says of each what it did for the row.
 */
#ifndef DOMAIN_LAYER_H
#define DOMAIN_LAYER_H

#include "base/arena.h"
#include "base/day.h"
#include "base/str.h"
#include "domain/spell.h"

#define LAYERS(X)                                                                                                      \
	X(LAYER_STANDARDS, "Written standards")                                                                        \
	X(LAYER_PROTOCOLS, "Active-list protocols")                                                                    \
	X(LAYER_READINESS, "Document readiness")                                                                       \
	X(LAYER_CONFERENCE, "Case conferencing")

enum layer {
#define X(name, title) name,
	LAYERS(X)
#undef X
		LAYERS_N
};
extern const struct str layer_table[LAYERS_N];

struct layer_facts {
	struct str policy; /* its name */
	int version;       /* 0: the default, or of an opening the list's */
	int rank, of;      /* 0: none */
	enum status status;
	struct day start, since;
	struct day contact;   /* DAY_NONE: never */
	bool contact_overdue; /* for longer than the protocol asks */
	int papers, needed;   /* on file, of those that the household needs */
	int hold_days;        /* how long an opening waits for papers; 0: is not said */
	bool in_cycle;
	struct day reviewed; /* when a conference last spoke of it; DAY_NONE: never */
	bool raised;         /* two agencies */
	bool nominated;      /* for this kind of opening */
};

/* A sentence or two for each layer. */
void layer_say(struct arena *a, const struct layer_facts *f, struct str out[LAYERS_N]);

#endif
