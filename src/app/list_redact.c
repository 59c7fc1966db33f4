#include "app/list_redact.h"

#include "app/household.h"
#include "app/list_image.h"

err_t list_redactor(struct call *c, struct db *db, struct arena *a, struct redactor **out)
{
	struct list_image *image;
	TRY(list_image_take(c->app->lists, db, a, &image));
	size_t n = image->n;
	struct household_face *faces = arena_many(a, n, struct household_face);
	for (size_t i = 0; i < n; i++)
		faces[i] = (struct household_face){.no = image->rows[i].no,
						   .code = str_dup(a, str_from(image->rows[i].code))};
	list_image_give(c->app->lists, &image);
	TRY(app_household_names(c, db, a, faces, n));
	*out = app_household_redactor(c, a, faces, n);
	return NULL;
}
