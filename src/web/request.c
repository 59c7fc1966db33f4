#include "web/request.h"

#include "base/arena.h"
#include "web/route.h"

static const struct str keep_prefix = STR_INIT("keep.");
static const struct str keep_action = STR_INIT("keep_action");

struct str request_param(const struct request *rq, const char *name)
{
	return route_param(rq->route, rq->params, name);
}

struct str request_here(const struct request *rq)
{
	if (rq->route == NULL || rq->route->method != METHOD_GET)
		return S("/");
	if (rq->query.n == 0)
		return rq->raw_path;
	return str_fmt(rq->arena, "%.*s?%.*s", STR_ARG(rq->raw_path), STR_ARG(rq->query));
}

bool path_is_local(struct str path)
{
	if (path.n == 0 || path.p[0] != '/')
		return false;
	if (path.n > 1 && path.p[1] == '/')
		return false;
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		/* Browsers read a backslash as a slash and drop tabs and line breaks. */
		if (c <= 0x20 || c == 0x7f || c == '\\')
			return false;
	}
	return true;
}

/* True where the request itself is the sign-in that carries something. */
static bool carries(const struct request *rq)
{
	for (size_t i = 0; i < rq->form.pairs_n; i++) {
		if (str_eq(rq->form.pairs[i].name, keep_action))
			return true;
	}
	return false;
}

struct str carry_action(const struct request *rq)
{
	if (!carries(rq)) {
		/* A file is not carried, so its form has to be filled again. */
		bool post = rq->route != NULL && rq->route->method == METHOD_POST;
		bool carried = post && (rq->route->flags & (ROUTE_PUBLIC | ROUTE_UPLOAD)) == 0;
		return carried ? rq->raw_path : (struct str){0};
	}
	for (size_t i = 0; i < rq->form.pairs_n; i++) {
		const struct form_pair *pair = &rq->form.pairs[i];
		if (str_eq(pair->name, keep_action) && path_is_local(pair->value))
			return pair->value;
	}
	return (struct str){0};
}

static bool is_secret(const struct form *f, struct str name)
{
	if (str_eq(name, S("csrf")))
		return true;
	for (size_t i = 0; i < f->n; i++) {
		const struct form_field *field = f->values[i].field;
		if (field->kind == FIELD_SECRET && str_eq(name, str_from(field->name)))
			return true;
	}
	return false;
}

size_t carry_fields(const struct request *rq, struct form_pair **pairs)
{
	bool again = carries(rq);
	struct form_pair *out = arena_many(rq->arena, rq->form.pairs_n, struct form_pair);
	size_t n = 0;
	for (size_t i = 0; i < rq->form.pairs_n; i++) {
		struct form_pair pair = rq->form.pairs[i];
		if (again ? !str_starts(pair.name, keep_prefix) : is_secret(&rq->form, pair.name))
			continue;
		if (!again)
			pair.name = str_fmt(rq->arena, "keep.%.*s", STR_ARG(pair.name));
		out[n++] = pair;
	}
	*pairs = out;
	return carry_action(rq).n > 0 ? n : 0;
}

size_t carry_restored(const struct request *rq, struct form_pair **pairs)
{
	size_t n = carry_fields(rq, pairs);
	for (size_t i = 0; i < n; i++) {
		struct str name = (*pairs)[i].name;
		(*pairs)[i].name = str_sub(name, keep_prefix.n, name.n - keep_prefix.n);
	}
	return n;
}
