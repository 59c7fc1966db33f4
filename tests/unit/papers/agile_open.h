/* A reader of ECMA-376 agile encryption for tests, written from [MS-OFFCRYPTO] alone: nothing of src/papers is in
 * it, so that a mistake would have to be made twice. */
#ifndef TESTS_AGILE_OPEN_H
#define TESTS_AGILE_OPEN_H

#include "base/str.h"

struct arena;

enum agile_result { AGILE_OPENED, AGILE_WRONG_PHRASE, AGILE_CHANGED, AGILE_MALFORMED };

enum agile_result agile_open(struct arena *a, struct str file, const char *phrase, struct str *plain);

/* The bytes of a stream of the container; a folder's name and a slash may stand before it. Empty: there is none. */
struct str agile_stream(struct arena *a, struct str file, const char *path);

#endif
