#include "hmis/write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "hmis/csv_out.h"

/* A row is at most HMIS_COLUMNS_MAX cells, few of them text: far less than half a buffer. */
enum { BUFFER = 512 << 10, NOT_COLLECTED = 99, SOURCE_OTHER = 4, PERIOD_OTHER = 4 };

struct hmis_writer {
	struct str folder;
	struct str export_id;
	enum hmis_years year;
	bool ours; /* the folder was empty: what is in it was made here */
	bool made; /* and it was not there */
	int error; /* errno of the first write that failed */
	struct written {
		int fd; /* −1: not open */
		struct buf buf;
	} files[HMIS_FILE_COUNT];
};

/* What stands where the standard wants a value and none is held. */
static const struct stand_in {
	enum hmis_file file;
	uint16_t column;
	int64_t code;
	const char *text; /* NULL: the code */
} stand_ins[] = {
	{HMIS_Client, HMIS_Client_NameDataQuality, NOT_COLLECTED, NULL},
	{HMIS_Client, HMIS_Client_SSNDataQuality, NOT_COLLECTED, NULL},
	{HMIS_Client, HMIS_Client_DOBDataQuality, NOT_COLLECTED, NULL},
	{HMIS_Client, HMIS_Client_Sex, NOT_COLLECTED, NULL},
	{HMIS_Client, HMIS_Client_VeteranStatus, NOT_COLLECTED, NULL},
	{HMIS_Enrollment, HMIS_Enrollment_RelationshipToHoH, NOT_COLLECTED, NULL},
	{HMIS_Enrollment, HMIS_Enrollment_DisablingCondition, NOT_COLLECTED, NULL},
	{HMIS_Exit, HMIS_Exit_Destination, NOT_COLLECTED, NULL},
	{HMIS_CurrentLivingSituation, HMIS_CurrentLivingSituation_CurrentLivingSituation, NOT_COLLECTED, NULL},
	{HMIS_Disabilities, HMIS_Disabilities_DisabilityResponse, NOT_COLLECTED, NULL},
	{HMIS_Assessment, HMIS_Assessment_AssessmentLocation, 0, "not held"},
	{HMIS_Funder, HMIS_Funder_GrantID, 0, "not held"},
};

/* Columns of which one or more are 1, or else another says why none is. */
static const struct any_of {
	const uint16_t *columns;
	size_t n;
	uint16_t none;
} any_of[] = {
	{(const uint16_t[]){HMIS_Client_AmIndAKNative, HMIS_Client_Asian, HMIS_Client_BlackAfAmerican,
			    HMIS_Client_HispanicLatinao, HMIS_Client_MidEastNAfrican, HMIS_Client_NativeHIPacific,
			    HMIS_Client_White},
	 7, HMIS_Client_RaceNone},
	{(const uint16_t[]){HMIS_Client_Woman, HMIS_Client_Man, HMIS_Client_NonBinary, HMIS_Client_CulturallySpecific,
			    HMIS_Client_Transgender, HMIS_Client_Questioning, HMIS_Client_DifferentIdentity},
	 7, HMIS_Client_GenderNone},
};

static struct hmis_cell code_cell(int64_t n)
{
	return (struct hmis_cell){.known = true, .n = n};
}

static struct hmis_cell text_cell(struct str text)
{
	return (struct hmis_cell){.known = text.n > 0, .text = text};
}

static void complete_any_of(struct hmis_cell *cells, const struct any_of *of)
{
	bool any = false;
	for (size_t i = 0; i < of->n; i++) {
		struct hmis_cell *c = &cells[of->columns[i]];
		if (!c->known)
			*c = code_cell(0);
		any |= c->n == 1;
	}
	cells[of->none] = any ? (struct hmis_cell){0} : code_cell(NOT_COLLECTED);
}

static void complete(enum hmis_file file, struct hmis_cell *cells)
{
	for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++) {
		const struct stand_in *s = &stand_ins[i];
		if (s->file == file && !cells[s->column].known)
			cells[s->column] = s->text != NULL ? text_cell(str_from(s->text)) : code_cell(s->code);
	}
	for (size_t i = 0; file == HMIS_Client && i < sizeof any_of / sizeof *any_of; i++)
		complete_any_of(cells, &any_of[i]);
}

/* False for a code that the list of the column has in the other year alone. */
static bool of_year(const struct hmis_column *c, int64_t code, enum hmis_years year)
{
	const struct hmis_list *list = &hmis_lists[c->list];
	if (c->list == HMIS_LIST_NONE || list->values == NULL)
		return true;
	for (size_t i = 0; i < list->n; i++)
		if (list->values[i].code == code)
			return (list->values[i].years & year) != 0;
	return false;
}

static void write_cell(struct csv_out *out, const struct hmis_column *c, const struct hmis_cell *cell)
{
	if (!cell->known)
		csv_out_empty(out, 1);
	else if (c->type == HMIS_INT)
		csv_out_i64(out, cell->n);
	else if (c->type == HMIS_DAY)
		csv_out_day(out, cell->day);
	else if (c->type == HMIS_INSTANT)
		csv_out_instant(out, cell->at);
	else
		csv_out_text(out, cell->text);
}

static void flush(struct hmis_writer *w, struct written *to)
{
	for (size_t done = 0; done < to->buf.n && w->error == 0;) {
		ssize_t n = write(to->fd, to->buf.p + done, to->buf.n - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			w->error = errno;
	}
	to->buf.n = 0;
}

static void write_header(const struct hmis_writer *w, enum hmis_file file, struct buf *buf)
{
	const struct hmis_file_spec *spec = &hmis_files[file];
	struct csv_out out = csv_out(buf);
	for (size_t i = 0; i < spec->n; i++) {
		struct str other = hmis_column_alias(spec->columns[i].name);
		bool spelt = w->year == HMIS_FY2024 && other.n > 0;
		if (spec->columns[i].years & w->year)
			csv_out_text(&out, spelt ? other : spec->columns[i].name);
	}
	csv_out_end(&out);
}

/* The columns that every file has, by name, as the standard's last ones. */
static const struct hmis_cell *common(const struct hmis_column *c, const struct hmis_cell *cell,
				      const struct hmis_cell *updated, const struct hmis_cell *user,
				      const struct hmis_cell *export_id)
{
	if (str_eq(c->name, S("DateCreated")) || str_eq(c->name, S("DateUpdated")))
		return updated;
	if (str_eq(c->name, S("UserID")))
		return user;
	return str_eq(c->name, S("ExportID")) ? export_id : cell;
}

void hmis_write(struct hmis_writer *w, const struct hmis_row *row)
{
	static const struct hmis_cell nothing;
	const struct hmis_file_spec *spec = &hmis_files[row->file];
	struct written *to = &w->files[row->file];
	struct hmis_cell cells[HMIS_COLUMNS_MAX];
	struct hmis_cell updated = {.known = instant_known(row->updated), .at = row->updated};
	struct hmis_cell user = text_cell(S("not held"));
	struct hmis_cell export_id = text_cell(w->export_id);
	memcpy(cells, row->cells, spec->n * sizeof *cells);
	for (size_t i = 0; i < spec->n; i++) {
		const struct hmis_column *c = &spec->columns[i];
		if (cells[i].known && c->type == HMIS_INT && !of_year(c, cells[i].n, w->year))
			cells[i] = nothing;
	}
	complete(row->file, cells);
	struct csv_out out = csv_out(&to->buf);
	for (size_t i = 0; i < spec->n; i++)
		if (spec->columns[i].years & w->year)
			write_cell(&out, &spec->columns[i],
				   common(&spec->columns[i], &cells[i], &updated, &user, &export_id));
	csv_out_end(&out);
	if (to->buf.n > BUFFER / 2)
		flush(w, to);
}

static const char *path_of(struct arena *a, const struct hmis_writer *w, enum hmis_file file)
{
	return str_c(a, str_fmt(a, "%.*s/%.*s", STR_ARG(w->folder), STR_ARG(hmis_files[file].name)));
}

static err_t folder_make(struct arena *a, struct hmis_writer *w)
{
	const char *path = str_c(a, w->folder);
	w->made = mkdir(path, 0700) == 0;
	w->ours = w->made;
	if (w->made)
		return NULL;
	if (errno != EEXIST)
		return err_new(a, ERR_INVALID, "%s cannot be made: %s.", path, strerror(errno));
	DIR *dir = opendir(path);
	if (dir == NULL)
		return err_new(a, ERR_CONFLICT, "%s is there and is no folder that can be used: %s.", path,
			       strerror(errno));
	bool empty = true;
	for (const struct dirent *d; (d = readdir(dir)) != NULL;)
		empty &= strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0;
	closedir(dir);
	if (!empty)
		return err_new(a, ERR_CONFLICT, "There is something in %s: name a folder that is new or empty.", path);
	w->ours = true;
	return NULL;
}

static err_t file_make(struct arena *a, struct hmis_writer *w, enum hmis_file file)
{
	struct written *f = &w->files[file];
	const char *path = path_of(a, w, file);
	f->buf = buf_new(a, BUFFER);
	f->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (f->fd < 0)
		return err_new(a, ERR_INVALID, "%s cannot be written: %s.", path, strerror(errno));
	write_header(w, file, &f->buf);
	return NULL;
}

/* Export.csv is made at the end. */
static err_t files_make(struct arena *a, struct hmis_writer *w)
{
	TRY(folder_make(a, w));
	for (int f = 0; f < HMIS_FILE_COUNT; f++)
		if (f != HMIS_Export)
			TRY(file_make(a, w, (enum hmis_file)f));
	return NULL;
}

err_t hmis_write_begin(struct arena *a, struct str folder, enum hmis_years year, struct str export_id,
		       struct hmis_writer **out)
{
	struct hmis_writer *w = arena_one(a, struct hmis_writer);
	*w = (struct hmis_writer){.folder = folder, .export_id = export_id, .year = year};
	for (int f = 0; f < HMIS_FILE_COUNT; f++)
		w->files[f].fd = -1;
	err_t e = files_make(a, w);
	if (e != NULL) {
		hmis_write_drop(w);
		return e;
	}
	*out = w;
	return NULL;
}

void hmis_write_again(struct hmis_writer *w)
{
	for (int f = 0; f < HMIS_FILE_COUNT; f++) {
		struct written *to = &w->files[f];
		if (to->fd < 0)
			continue;
		if (ftruncate(to->fd, 0) != 0 || lseek(to->fd, 0, SEEK_SET) != 0)
			w->error = errno;
		to->buf.n = 0;
		write_header(w, (enum hmis_file)f, &to->buf);
	}
}

static void files_close(struct hmis_writer *w, bool keep)
{
	for (int f = 0; f < HMIS_FILE_COUNT; f++) {
		struct written *to = &w->files[f];
		if (to->fd < 0)
			continue;
		if (keep)
			flush(w, to);
		if (close(to->fd) != 0 && w->error == 0)
			w->error = errno;
		to->fd = -1;
	}
}

static void files_remove(const struct hmis_writer *w)
{
	if (!w->ours)
		return;
	struct arena *a = arena_new("names of files", 1 << 20);
	for (int f = 0; f < HMIS_FILE_COUNT; f++)
		unlink(path_of(a, w, (enum hmis_file)f));
	if (w->made)
		rmdir(str_c(a, w->folder));
	arena_free(&a);
}

void hmis_write_drop(struct hmis_writer *w)
{
	files_close(w, false);
	files_remove(w);
}

static void write_export(struct hmis_writer *w, const struct hmis_export *e)
{
	struct hmis_cell cells[HMIS_COLUMNS_MAX] = {0};
	cells[HMIS_Export_ExportID] = text_cell(w->export_id);
	cells[HMIS_Export_SourceType] = code_cell(SOURCE_OTHER);
	cells[HMIS_Export_SourceID] = text_cell(e->source_id);
	cells[HMIS_Export_SourceName] = text_cell(e->source_name);
	cells[HMIS_Export_ExportDate] = (struct hmis_cell){.known = instant_known(e->date), .at = e->date};
	cells[HMIS_Export_ExportStartDate] = (struct hmis_cell){.known = day_known(e->start), .day = e->start};
	cells[HMIS_Export_ExportEndDate] = (struct hmis_cell){.known = day_known(e->end), .day = e->end};
	cells[HMIS_Export_SoftwareName] = text_cell(S("byname"));
	cells[HMIS_Export_CSVVersion] = text_cell(w->year == HMIS_FY2024 ? S("2024 v1.7") : S("2026 v1.0"));
	cells[HMIS_Export_ExportPeriodType] = code_cell(PERIOD_OTHER);
	cells[HMIS_Export_ExportDirective] = code_cell(HMIS_OTHER_REFRESH);
	cells[HMIS_Export_HashStatus] = code_cell(e->hashed ? HMIS_HASHED_OTHER : HMIS_UNHASHED);
	cells[HMIS_Export_ImplementationID] = text_cell(S("byname"));
	hmis_write(w, &(struct hmis_row){.file = HMIS_Export, .cells = cells, .updated = INSTANT_NONE});
}

err_t hmis_write_end(struct hmis_writer *w, struct arena *a, const struct hmis_export *export)
{
	files_close(w, true);
	if (w->error == 0) {
		err_t e = file_make(a, w, HMIS_Export);
		if (e != NULL) {
			hmis_write_drop(w);
			return e;
		}
		write_export(w, export);
		files_close(w, true);
	}
	if (w->error == 0)
		return NULL;
	files_remove(w);
	return err_new(a, ERR_INVALID, "The export cannot be written to %.*s: %s.", STR_ARG(w->folder),
		       strerror(w->error));
}
