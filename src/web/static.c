#include "web/static.h"

#include <stdlib.h>
#include <string.h>

static int asset_cmp(const void *key, const void *member)
{
	const struct str *path = key;
	const struct asset *asset = member;
	return str_cmp(*path, str_from(asset->path));
}

const struct asset *asset_find(const struct asset *assets, size_t n, struct str path)
{
	if (n == 0)
		return NULL;
	return bsearch(&path, assets, n, sizeof *assets, asset_cmp);
}

/* "q=0", "q=0.0": the one weight that matters, since the bytes are ready in every encoding. */
static bool weight_is_zero(struct str parameters)
{
	struct str name;
	struct str value;
	if (!str_cut(str_trim(parameters), '=', &name, &value) || !str_eq_nocase(str_trim(name), S("q")))
		return false;
	value = str_trim(value);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] != '0' && value.p[i] != '.')
			return false;
	}
	return value.n > 0;
}

static bool accepts(struct str accept, struct str coding)
{
	while (accept.n > 0) {
		struct str item;
		struct str name;
		struct str parameters;
		str_cut(accept, ',', &item, &accept);
		str_cut(item, ';', &name, &parameters);
		if (str_eq_nocase(str_trim(name), coding))
			return !weight_is_zero(parameters);
	}
	return false;
}

enum encoding asset_encoding(const struct asset *asset, struct str accept)
{
	if (asset->brotli.n > 0 && accepts(accept, S("br")))
		return ENCODING_BROTLI;
	if (asset->gzip.n > 0 && accepts(accept, S("gzip")))
		return ENCODING_GZIP;
	return ENCODING_PLAIN;
}

bool etag_matches(struct str if_none_match, const char *etag)
{
	struct str rest = if_none_match;
	while (rest.n > 0) {
		struct str item;
		str_cut(rest, ',', &item, &rest);
		item = str_trim(item);
		if (str_starts(item, S("W/")))
			item = str_sub(item, 2, item.n - 2);
		if (str_eq(item, S("*")) || str_eq(item, str_from(etag)))
			return true;
	}
	return false;
}
