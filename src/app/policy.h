/* The policies of the CoC: the written order of the list and of each kind of opening, in versions.
 *
 * A version holds from its day until a later one does; nothing is changed afterwards, so what was in
 * force on a day stays known. A text that cannot be read changes nothing. Where a CoC has written
 * nothing, the default of domain/policy.h holds; a kind of opening without a policy of its own follows
 * the list. The list, its picture, its export and a conference's next ten all follow app_policy_in_force.
 */
#ifndef APP_POLICY_H
#define APP_POLICY_H

#include "app/app.h"
#include "domain/policy.h"

/* What holds on a day, inside a transaction. The version goes to *version, 0 for the default; NULL is
 * allowed there. A kind of opening that has none gets the list's, as its own kind. */
must err_t app_policy_in_force(struct db *db, struct arena *a, enum policy_kind kind, struct day day,
			       struct policy *out, int *version);

struct policy_version {
	int version;
	struct str name;
	struct day from;
	struct str set; /* "Sat 21 Nov 2026, Robin Vale" */
	bool holds;
	bool comes; /* holds from a later day */
};

struct policy_view {
	enum policy_kind kind;
	struct day today;
	struct policy policy; /* in force today */
	int version;          /* 0: the default, or for an opening the list's */
	bool follows;         /* an opening without a policy of its own */
	struct policy_standard standard;
	struct str text;
	struct policy_version *versions; /* newest first */
	size_t versions_n;
	bool can_set;
};

/* The policy of a kind, for everybody: it is the CoC's published standard. `versions` and names of who
 * set them are for those who are signed in. */
must err_t app_policy(struct call *c, enum policy_kind kind, struct policy_view *out);

/* Sets a new version. `from` DAY_NONE: the day the text says or, where it says none, today; a day that is
 * past is refused. Operators, administrators and the lead agency may. ERR_INVALID with the faults,
 * which are in *faults too. The list is derived anew where its order changes today; ERR_CONFLICT,
 * ERR_RETRY: the policy is set, but an import stands in the way of the list. */
struct policy_set {
	enum policy_kind kind;
	int version;
	struct day from;
};
must err_t app_policy_set(struct call *c, struct str text, struct day from, struct policy_faults *faults,
			  struct policy_set *out);

#endif
