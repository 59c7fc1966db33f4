/* Any text as a policy: it is refused with sentences, or what is written of it is read again as the same. */
#include "replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "domain/policy.h"

static void check(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz", 64 << 20);
	struct policy once, twice;
	struct policy_faults faults;
	if (!policy_read(a, (struct str){(const char *)data, n}, &once, &faults)) {
		check(faults.n > 0 && faults.n <= POLICY_FAULTS);
		for (size_t i = 0; i < faults.n; i++)
			check(faults.of[i].say.n > 0 && faults.of[i].line >= 0 && (size_t)faults.of[i].line <= n + 1);
	} else {
		unsigned bits = 0;
		for (size_t i = 0; i < once.order.n; i++)
			bits += once.order.uses[i].bits;
		check(bits <= PRIORITY_BITS && once.order.uses[once.order.n - 1].key == PRIORITY_LOT);
		struct policy_standard standard;
		policy_standard(a, &once, &standard);
		check(standard.sections_n > 0);
		check(policy_read(a, policy_text(a, &once), &twice, &faults));
		check(memcmp(&once, &twice, sizeof once) == 0);
	}
	arena_free(&a);
	return 0;
}
