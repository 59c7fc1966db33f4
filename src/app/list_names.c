#include "app/list_names.h"

#include "store/q_region.h"

err_t list_names(struct db *db, struct arena *a, const struct list_image *image, struct filter_names *out)
{
	struct q_regions *rows;
	size_t n;
	TRY(q_regions(db, a, &rows, &n));
	struct filter_name *regions = arena_many(a, image->regions_n, struct filter_name);
	for (size_t i = 0; i < image->regions_n; i++) {
		regions[i].id = str_dup(a, str_from(image->regions[i].id));
		regions[i].name = regions[i].id;
		for (size_t k = 0; k < n; k++)
			if (str_eq(rows[k].id, regions[i].id))
				regions[i].name = rows[k].name;
	}
	struct filter_name *counties = arena_many(a, image->counties_n, struct filter_name);
	for (size_t i = 0; i < image->counties_n; i++)
		counties[i].name = str_dup(a, str_from(image->counties[i].name));
	*out = (struct filter_names){
		.regions = regions,
		.regions_n = image->regions_n,
		.counties = counties,
		.counties_n = image->counties_n,
	};
	return NULL;
}
