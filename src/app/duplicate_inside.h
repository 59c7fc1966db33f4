/* Between duplicate.c, which decides, and duplicate_view.c, which shows. */
#ifndef APP_DUPLICATE_INSIDE_H
#define APP_DUPLICATE_INSIDE_H

#include "app/app.h"
#include "store/seal.h"

/* ERR_DENIED for whoever is no list holder. */
must err_t duplicate_may(const struct call *c);

/* Where the reason of a decision is sealed. */
struct seal_place duplicate_place(struct arena *a, int64_t no);

#endif
