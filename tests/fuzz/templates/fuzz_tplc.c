/* The template compiler takes any bytes: it ends with C or with one sentence that names the file. */
#include <stdlib.h>

#include "../replay.h"
#include "base/arena.h"
#include "tpl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz", 64 << 20);
	struct tpl_code code = {0};
	err_t e = tpl_compile(a, S("f.html"), S("web/"), (struct str){(const char *)data, n}, &code);
	bool well = e == NULL ? code.header.n > 0 && str_ends(code.source, S("}\n"))
			      : str_starts(e->say, S("f.html:")) && code.source.n == 0;
	if (!well)
		abort();
	arena_free(&a);
	return 0;
}
