#include "web/route.h"

#include <string.h>

#include "base/arena.h"

/* Takes the next segment off *rest ("/a/b" gives "a" and "/b"); false at the end. "/" alone has one
 * empty segment, and so has every doubled slash: no pattern but "/" has one. */
static bool segment_next(struct str *rest, struct str *segment)
{
	if (rest->n == 0 || rest->p[0] != '/')
		return false;
	size_t n = 1;
	while (n < rest->n && rest->p[n] != '/')
		n++;
	*segment = (struct str){rest->p + 1, n - 1};
	*rest = (struct str){rest->p + n, rest->n - n};
	return true;
}

static bool is_param(struct str segment)
{
	return segment.n > 1 && segment.p[0] == ':';
}

static bool pattern_fits(const char *pattern, struct str path, struct str params[ROUTE_PARAMS])
{
	struct str p = str_from(pattern);
	struct str want;
	struct str have;
	size_t n = 0;
	while (segment_next(&p, &want)) {
		if (!segment_next(&path, &have))
			return false;
		if (!is_param(want)) {
			if (!str_eq(want, have))
				return false;
			continue;
		}
		if (have.n == 0)
			return false;
		params[n++] = have;
	}
	return path.n == 0;
}

/* Plain text before parameters, compared at the first segment where the two differ in kind. */
static bool pattern_is_plainer(const char *a, const char *b)
{
	struct str left = str_from(a);
	struct str right = str_from(b);
	struct str x;
	struct str y;
	while (segment_next(&left, &x) && segment_next(&right, &y)) {
		if (is_param(x) != is_param(y))
			return is_param(y);
	}
	return false;
}

struct route_match route_find(const struct route *routes, size_t n, enum method method, struct str path)
{
	struct route_match best = {0};
	const char *pattern = NULL; /* the best that fits, with whatever method */
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		struct str params[ROUTE_PARAMS] = {0};
		if (!pattern_fits(r->pattern, path, params))
			continue;
		if (pattern == NULL || pattern_is_plainer(r->pattern, pattern)) {
			best = (struct route_match){0};
			pattern = r->pattern;
		} else if (pattern_is_plainer(pattern, r->pattern)) {
			continue;
		}
		best.allow_get = best.allow_get || r->method == METHOD_GET;
		best.allow_post = best.allow_post || r->method == METHOD_POST;
		if (r->method == method) {
			best.route = r;
			memcpy(best.params, params, sizeof params);
		}
	}
	return best;
}

struct str route_param(const struct route *route, const struct str *params, const char *name)
{
	struct str p = str_from(route->pattern);
	struct str segment;
	size_t n = 0;
	while (segment_next(&p, &segment)) {
		if (!is_param(segment))
			continue;
		if (str_eq(str_sub(segment, 1, segment.n - 1), str_from(name)))
			return params[n];
		n++;
	}
	return (struct str){0};
}

static size_t param_count(const char *pattern)
{
	struct str p = str_from(pattern);
	struct str segment;
	size_t n = 0;
	while (segment_next(&p, &segment))
		n += is_param(segment);
	return n;
}

/* Two patterns that no path can tell apart: same plain text, parameters in the same places. */
static bool pattern_same(const char *a, const char *b)
{
	struct str left = str_from(a);
	struct str right = str_from(b);
	struct str x;
	struct str y;
	while (segment_next(&left, &x)) {
		if (!segment_next(&right, &y) || is_param(x) != is_param(y))
			return false;
		if (!is_param(x) && !str_eq(x, y))
			return false;
	}
	return right.n == 0;
}

static bool form_has_file(const struct form_spec *form)
{
	for (size_t i = 0; form != NULL && i < form->n; i++) {
		if (form->fields[i].kind == FIELD_FILE)
			return true;
	}
	return false;
}

static const char *route_fault(const struct route *r)
{
	if (r->pattern == NULL || r->pattern[0] != '/')
		return "its pattern does not start with '/'";
	if (param_count(r->pattern) > ROUTE_PARAMS)
		return "it has too many parameters";
	if (r->handler == NULL)
		return "it has no handler";
	if ((r->flags & ROUTE_UPLOAD) != 0 && r->method != METHOD_POST)
		return "an upload has to be a POST";
	if (form_has_file(r->form) && (r->flags & ROUTE_UPLOAD) == 0)
		return "its form takes a file and it is not an upload";
	if ((r->flags & ROUTE_PUBLIC) != 0 && r->capability != CAN_NOTHING)
		return "it is public and has a capability: one of them is a mistake";
	return NULL;
}

const char *route_table_fault(struct arena *a, const struct route *routes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct route *r = &routes[i];
		const char *fault = route_fault(r);
		for (size_t k = 0; k < i && fault == NULL; k++) {
			if (routes[k].method == r->method && pattern_same(routes[k].pattern, r->pattern))
				fault = "it stands in the table twice";
		}
		if (fault != NULL)
			return str_fmt(a, "route %s: %s", r->pattern == NULL ? "(none)" : r->pattern, fault).p;
	}
	return NULL;
}
