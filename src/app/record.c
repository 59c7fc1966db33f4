#include "app/record.h"

#include "store/journal.h"

err_t app_record(struct call *c, struct db *db, struct arena *a, const char *act, const char *noun, struct str noun_id,
		 struct str more)
{
	static const enum journal_actor kinds[] = {
		[ACTOR_NOBODY] = JOURNAL_SYSTEM,
		[ACTOR_USER] = JOURNAL_USER,
		[ACTOR_OPERATOR] = JOURNAL_OPERATOR,
		[ACTOR_SYSTEM] = JOURNAL_SYSTEM,
	};
	return journal_write(db, a,
			     &(struct journal_entry){
				     .at = c->now,
				     .actor_kind = kinds[c->actor.kind],
				     .actor_id = c->actor.id.n > 0 ? c->actor.id : S("byname"),
				     .act = act,
				     .noun = noun,
				     .noun_id = noun_id,
				     .more = more,
			     });
}
