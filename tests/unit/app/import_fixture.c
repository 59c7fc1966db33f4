#include "import_fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void write_file(struct store *s, const char *folder, const char *name, struct str text)
{
	FILE *f = fopen(str_c(s->a, str_fmt(s->a, "%s/%s", folder, name)), "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

const char *export_write(struct store *s, const struct export_head *head, const struct export_file *files)
{
	static int number;
	const char *folder = str_c(s->a, str_fmt(s->a, "%s/export%d", s->dir, ++number));
	assert_int_equal(mkdir(folder, 0700), 0);
	write_file(s, folder, "Export.csv",
		   str_fmt(s->a,
			   "ExportID,SourceID,SourceName,ExportDate,ExportStartDate,ExportEndDate,CSVVersion,"
			   "ExportPeriodType,ExportDirective,HashStatus\n"
			   "X1,%s,An invented HMIS,%s,%s,%s,2026 v1.0,3,%d,%d\n",
			   head->source, head->date, head->start, head->end, head->directive, head->hash));
	for (; files->name != NULL; files++)
		write_file(s, folder, files->name, str_from(files->text));
	return folder;
}

struct call *import_operator(struct store *s)
{
	struct app *app = arena_one(s->a, struct app);
	struct call *c = arena_one(s->a, struct call);
	*app = (struct app){.where = str_from(s->where), .data = str_from(s->dir), .keys = s->keys};
	*c = (struct call){
		.app = app,
		.db = s->db,
		.arena = s->a,
		.actor = {.kind = ACTOR_OPERATOR, .id = S("tester")},
		.now = NOW,
		.today = instant_day(NOW),
		.route = S("test"),
	};
	return c;
}

void import_apply(struct store *s, const char *path, struct import_view *out)
{
	struct call *c = import_operator(s);
	assert_ok(s, app_import_stage(c, path, IMPORT_STAGE, NULL, out));
	assert_ok(s, app_import_apply(c, out->no, NULL));
}

void release_all(struct store *s)
{
	store_force(s,
		    "INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, language, from_day, "
		    "recorded_at) SELECT DISTINCT 'r' || client_no, client_no, 0, 'coc', 7, 0, 'written', 'en', 1, 0 "
		    "FROM client");
}
