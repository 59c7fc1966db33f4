#include "base/pii.h"

#include "base/arena.h"

struct pii {
	struct str text;
};

const struct pii *pii_new(struct arena *a, struct str s)
{
	if (s.n == 0)
		return NULL;
	struct pii *p = arena_one(a, struct pii);
	p->text = str_dup(a, s);
	return p;
}

struct str pii_reveal(const struct pii *p)
{
	return p == NULL ? (struct str){0} : p->text;
}
