#include "web/guard.h"

/* "byname.example:8443" without its port; an IPv6 address keeps its brackets. */
static struct str without_port(struct str host)
{
	size_t n = host.n;
	while (n > 0 && host.p[n - 1] >= '0' && host.p[n - 1] <= '9')
		n--;
	if (n > 1 && n < host.n && host.p[n - 1] == ':')
		return str_sub(host, 0, n - 1);
	return host;
}

bool host_allowed(struct str hosts, struct str host)
{
	if (str_trim(hosts).n == 0)
		return true;
	while (hosts.n > 0) {
		struct str one;
		str_cut(hosts, ',', &one, &hosts);
		one = str_trim(one);
		if (one.n > 0 && (str_eq_nocase(one, host) || str_eq_nocase(one, without_port(host))))
			return true;
	}
	return false;
}

bool origin_allowed(struct str fetch_site, struct str origin, struct str host)
{
	if (fetch_site.n > 0)
		return str_eq(fetch_site, S("same-origin")) || str_eq(fetch_site, S("none"));
	if (origin.n == 0 || str_eq(origin, S("null")))
		return true;
	struct str rest;
	if (str_starts(origin, S("https://")))
		rest = str_sub(origin, 8, origin.n);
	else if (str_starts(origin, S("http://")))
		rest = str_sub(origin, 7, origin.n);
	else
		return false;
	return str_eq_nocase(rest, host);
}

bool came_from_elsewhere(struct str fetch_site, struct str fetch_mode)
{
	return str_eq(fetch_site, S("cross-site")) && str_eq(fetch_mode, S("navigate"));
}
