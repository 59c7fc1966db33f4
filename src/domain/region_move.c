#include "domain/region_move.h"

enum region_move_way region_move_way(struct str own, struct str from, struct str to)
{
	if (to.n == 0 || str_eq(from, to))
		return REGION_MOVE_NOT;
	if (from.n == 0)
		return own.n == 0 || str_eq(own, to) ? REGION_MOVE_ALONE : REGION_MOVE_NOT;
	bool party = own.n > 0 && (str_eq(own, from) || str_eq(own, to));
	return party ? REGION_MOVE_ASK : REGION_MOVE_NOT;
}

bool region_move_answers(struct str own, struct str from, struct str to, struct str asked)
{
	return own.n > 0 && !str_eq(own, asked) && (str_eq(own, from) || str_eq(own, to));
}

bool region_move_withdraws(struct str own, struct str asked)
{
	return own.n > 0 && str_eq(own, asked);
}
