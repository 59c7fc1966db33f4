#include "app/stored.h"

err_t stored_within(struct arena *a, int64_t value, int64_t count, const char *column)
{
	if (value >= 0 && value < count)
		return NULL;
	return err_internal(a, "damaged: %s holds %lld, outside 0 to %lld", column, (long long)value,
			    (long long)count - 1);
}
