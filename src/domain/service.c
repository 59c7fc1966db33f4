#include "domain/service.h"

const struct service_kind_row service_table[SERVICES_N] = {
#define X(name, key, label) [name] = {S(key), S(label)},
	SERVICES(X)
#undef X
};

bool service_kind_parse(struct str key, enum service_kind *out)
{
	for (int k = 0; k < SERVICES_N; k++)
		if (str_eq(service_table[k].key, key)) {
			*out = (enum service_kind)k;
			return true;
		}
	return false;
}

unsigned ce_role_on(const struct ce_role *row, struct day today)
{
	bool begun = !day_known(row->from) || row->from.n <= today.n;
	bool over = day_known(row->until) && row->until.n < today.n;
	if (!begun || over)
		return 0;
	return (row->access_point ? CE_ACCESS_POINT : 0U) | (row->receives ? CE_RECEIVES : 0U);
}
