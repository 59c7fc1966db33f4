#include "domain/region.h"

#include "base/buf.h"

enum { SENTENCE_MAX = 1 << 20 };

struct piece {
	int first; /* the county that stands for it */
	int size;
};

struct check {
	const struct region_county *counties;
	int n;
	int region;
	struct str name;
	bool *bordered; /* some border of the county is known */
	int *root;      /* of the county's piece; −1: not of the region */
	struct str *say;
	size_t say_n;
};

static int root_of(const int *root, int i)
{
	while (root[i] != i)
		i = root[i];
	return i;
}

/* The lower county stands for a piece, so that pieces come in the order of their first county. */
static void find_pieces(struct check *c, const struct region_border *borders, size_t n)
{
	for (int i = 0; i < c->n; i++)
		c->root[i] = c->counties[i].region == c->region ? i : -1;
	for (size_t i = 0; i < n; i++) {
		int a = borders[i].a, b = borders[i].b;
		c->bordered[a] = c->bordered[b] = true;
		if (c->root[a] < 0 || c->root[b] < 0)
			continue;
		a = root_of(c->root, a);
		b = root_of(c->root, b);
		c->root[a > b ? a : b] = a > b ? b : a;
	}
	for (int i = 0; i < c->n; i++)
		if (c->root[i] >= 0)
			c->root[i] = root_of(c->root, i);
}

static int piece_size(const struct check *c, int root)
{
	int size = 0;
	for (int i = root; i < c->n; i++)
		size += c->root[i] == root;
	return size;
}

/* "A, B and C": the counties of a piece, or those of the region with no known border (`root` −1). */
static struct str listed(struct arena *a, const struct check *c, int root)
{
	struct buf b = buf_new(a, SENTENCE_MAX);
	int last = -1, named = 0;
	for (int i = 0; i < c->n; i++) {
		bool wanted = root < 0 ? c->root[i] >= 0 && !c->bordered[i] : c->root[i] == root;
		if (!wanted)
			continue;
		if (last >= 0) {
			buf_fmt(&b, "%s%.*s", named > 0 ? ", " : "", STR_ARG(c->counties[last].name));
			named++;
		}
		last = i;
	}
	buf_fmt(&b, "%s%.*s", named > 0 ? " and " : "", STR_ARG(c->counties[last].name));
	return buf_text(&b);
}

static void say_piece(struct arena *a, struct check *c, struct piece p)
{
	struct str names = listed(a, c, p.first);
	const char *how = p.size == 1 ? "touches" : p.size == 2 ? "touch each other, but" : "hang together, but touch";
	c->say[c->say_n++] = str_fmt(a, "%.*s %s no other county of %.*s.", STR_ARG(names), how, STR_ARG(c->name));
}

void region_check(struct arena *a, const struct region_county *counties, size_t n, const struct region_border *borders,
		  size_t borders_n, int region, struct str name, struct str **say, size_t *say_n)
{
	struct check c = {
		.counties = counties,
		.n = (int)n,
		.region = region,
		.name = name,
		.bordered = arena_many(a, n, bool),
		.root = arena_many(a, n, int),
		.say = arena_many(a, n + 1, struct str),
	};
	struct piece main = {-1, 0};
	int in_region = 0, unknown = 0;
	find_pieces(&c, borders, borders_n);
	for (int i = 0; i < c.n; i++) {
		in_region += c.root[i] >= 0;
		unknown += c.root[i] >= 0 && !c.bordered[i];
		int size = c.root[i] == i && c.bordered[i] ? piece_size(&c, i) : 0;
		if (size > main.size)
			main = (struct piece){i, size};
	}
	for (int i = 0; i < c.n; i++)
		if (c.root[i] == i && c.bordered[i] && i != main.first)
			say_piece(a, &c, (struct piece){i, piece_size(&c, i)});
	/* A region of one county hangs together whatever borders it. */
	if (unknown > 0 && in_region > 1)
		c.say[c.say_n++] = unknown == in_region
					   ? str_fmt(a, "Which counties of %.*s border each other is not written down.",
						     STR_ARG(name))
					   : str_fmt(a, "Which counties border %.*s is not written down.",
						     STR_ARG(listed(a, &c, -1)));
	*say = c.say;
	*say_n = c.say_n;
}

bool region_coverage_low(int64_t households, bool hidden, size_t agencies, int per_agency)
{
	if (households == 0 || agencies == 0)
		return households > 0;
	return !hidden && households > (int64_t)agencies * per_agency;
}

static bool number_taken(int64_t number, const int64_t *taken, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (taken[i] == number)
			return true;
	return false;
}

int64_t region_number(struct str name, const int64_t *taken, size_t n)
{
	size_t end = name.n;
	while (end > 0 && name.p[end - 1] >= '0' && name.p[end - 1] <= '9')
		end--;
	int64_t number;
	if (str_to_i64(str_sub(name, end, name.n), &number) && number > 0 && !number_taken(number, taken, n))
		return number;
	for (number = 1; number_taken(number, taken, n);)
		number++;
	return number;
}
