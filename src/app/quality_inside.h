/* Between quality.c, which shows, and quality_confirm.c, which writes. */
#ifndef APP_QUALITY_INSIDE_H
#define APP_QUALITY_INSIDE_H

#include "app/list_image.h"
#include "app/quality.h"
#include "store/seal.h"

/* Where the reason of a confirmation is sealed. */
struct seal_place quality_place(struct arena *a, int64_t no);

bool quality_may_confirm(const struct call *c, const struct list_image *image, const struct list_row *row, bool serves);

#endif
