/* Who was named in an answer: noted as it is made, recorded before it is sent. */
#include <string.h>

#include "app/household.h"

enum { ROOM = 64 };

void app_shown(struct call *c, struct str household_id)
{
	struct shown *s = &c->shown;
	if (s->arena == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (s->ids[i].p[0] == household_id.p[0] && str_eq(s->ids[i], household_id))
			return;
	if (s->n == s->room) {
		size_t room = s->room == 0 ? ROOM : 2 * s->room;
		struct str *ids = arena_many(s->arena, room, struct str);
		if (s->n > 0)
			memcpy(ids, s->ids, s->n * sizeof *ids);
		s->ids = ids;
		s->room = room;
	}
	s->ids[s->n++] = str_dup(s->arena, household_id);
}
