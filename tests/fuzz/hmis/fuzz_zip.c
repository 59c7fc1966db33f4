/* Any bytes as a zip: opening and reading end in rows or in an error, within bounds and without a crash. */
#include <stdlib.h>

#include "../in_file.h"
#include "../replay.h"
#include "hmis/read.h"

static err_t on_row(void *ctx, const struct hmis_row *row)
{
	(void)ctx;
	if (row->line < 2)
		abort();
	return NULL;
}

static err_t on_flag(void *ctx, const struct hmis_flag *flag)
{
	if (hmis_flag_say(ctx, flag, (struct str){0}).n == 0)
		abort();
	return NULL;
}

static void read_all(struct arena *a, const char *path)
{
	struct hmis_package *p;
	if (hmis_package_open(a, path, &p) != NULL)
		return;
	struct hmis_job jobs[HMIS_FILE_COUNT];
	for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++)
		jobs[f] = (struct hmis_job){.file = f, .ctx = a, .row = on_row, .flag = on_flag};
	err_t e = hmis_read(a, p, jobs, HMIS_FILE_COUNT, &(struct hmis_read_options){.threads = 1});
	if (e == NULL)
		for (size_t f = 0; f < HMIS_FILE_COUNT; f++)
			if (jobs[f].counts.rows != jobs[f].counts.kept + jobs[f].counts.set_aside)
				abort();
	hmis_package_close(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	in_file(data, n, read_all);
	return 0;
}
