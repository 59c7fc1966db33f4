/* The made-up CoC as an instance: its export imported, its regions, an account for each role. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/import.h"

/* The password of every made-up account. */
#define DEMO_PASSWORD "made-up people only"

/* Fills a new instance from the folder of `byname demo`, through the same use cases as real data. */
must err_t app_demo_fill(struct call *c, struct str folder, const struct import_progress *progress);

#endif
