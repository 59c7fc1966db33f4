#include "domain/coverage.h"

static bool is_agency(const struct coverage_tie *tie, size_t agencies_n)
{
	return tie->agency >= 0 && (size_t)tie->agency < agencies_n;
}

void coverage_count(const struct coverage_tie *ties, size_t n, struct coverage_agency *agencies, size_t agencies_n,
		    struct coverage *out)
{
	*out = (struct coverage){0};
	for (size_t i = 0; i < agencies_n; i++)
		agencies[i].serves = agencies[i].lift = 0;
	for (size_t first = 0, end; first < n; first = end) {
		bool covered = false, served = false;
		for (end = first; end < n && ties[end].household == ties[first].household; end++) {
			if (!is_agency(&ties[end], agencies_n))
				continue;
			served = true;
			agencies[ties[end].agency].serves++;
			covered = covered || agencies[ties[end].agency].comes;
		}
		for (size_t i = first; i < end && !covered; i++)
			if (is_agency(&ties[i], agencies_n))
				agencies[ties[i].agency].lift++;
		out->households++;
		out->covered += covered ? 1 : 0;
		out->unserved += served ? 0 : 1;
	}
	out->percent = out->households == 0 ? 100 : out->covered * 100 / out->households;
}
