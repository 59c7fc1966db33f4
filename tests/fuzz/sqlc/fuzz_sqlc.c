/* The statement generator takes any bytes: it ends with C or with one sentence that names the
 * file. */
#include <stdlib.h>

#include "../replay.h"
#include "base/arena.h"
#include "sqlc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz", 64 << 20);
	struct sqlc_file file = {.path = S("f.sql"), .noun = S("f"), .text = {(const char *)data, n}};
	struct str table = S("");
	struct str schema;
	err_t e = sqlc_read(a, &file);
	bool well = e == NULL ? str_ends(sqlc_header(a, &file), S("#endif\n")) && sqlc_source(a, &file).n > 0 &&
					sqlc_table(a, &file, 1, &table) == NULL && table.n > 0
			      : str_starts(e->say, S("f.sql:")) && file.statements == NULL;
	file.noun = S("0001_f");
	e = sqlc_schema(a, &file, 1, &schema);
	if (!well || (e != NULL && !str_starts(e->say, S("f.sql:"))))
		abort();
	arena_free(&a);
	return 0;
}
