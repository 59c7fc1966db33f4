/* The workbook around the rows: which sheets there are, which formats are dates, the shared texts. Parts are
 * found by their relations and read by their number in the zip; nothing is unpacked to disk. */
#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <zip.h>

#include "base/arena.h"
#include "sheet/inside.h"

enum { READ_BYTES = 64 << 10, FORMATS_MOST = 65536, TABS_MOST = 256, FREELY_GROWS = 1 << 20 };

static err_t damaged(struct arena *a)
{
	return err_new(a, ERR_INVALID, "The workbook is damaged. Open it, save it again as .xlsx and take that.");
}

/* --- XML --- */

static struct str local_name(const char *name)
{
	const char *colon = strrchr(name, ':');
	return str_from(colon != NULL ? colon + 1 : name);
}

struct str xlsx_attribute(const char **attributes, struct str name)
{
	for (; *attributes != NULL; attributes += 2)
		if (str_eq(local_name(attributes[0]), name))
			return str_from(attributes[1]);
	return (struct str){0};
}

void xlsx_fail(struct xlsx_xml *x, err_t e)
{
	if (x->error == NULL)
		x->error = e;
	XML_StopParser(x->parser, XML_FALSE);
}

static void on_open(void *ctx, const char *name, const char **attributes)
{
	struct xlsx_xml *x = ctx;
	if (x->error == NULL && !x->done)
		x->open(x, local_name(name), attributes);
}

static void on_close(void *ctx, const char *name)
{
	struct xlsx_xml *x = ctx;
	if (x->error == NULL && !x->done && x->close != NULL)
		x->close(x, local_name(name));
}

static void on_text(void *ctx, const char *p, int n)
{
	struct xlsx_xml *x = ctx;
	if (x->error == NULL && !x->done && x->text != NULL)
		x->text(x, (struct str){p, (size_t)n});
}

/* No workbook declares entities; what does wants to grow. */
static void on_doctype(void *ctx, const char *name, const char *system, const char *public, int inside)
{
	struct xlsx_xml *x = ctx;
	(void)name;
	(void)system;
	(void)public;
	(void)inside;
	xlsx_fail(x, damaged(x->arena));
}

static err_t parse(struct xlsx_xml *x, zip_file_t *file, uint64_t left)
{
	for (;;) {
		void *room = XML_GetBuffer(x->parser, READ_BYTES);
		if (room == NULL)
			return err_internal(x->arena, "no memory to read a workbook");
		zip_int64_t n = zip_fread(file, room, READ_BYTES);
		if (n < 0 || (uint64_t)n > left)
			return damaged(x->arena);
		left -= (uint64_t)n;
		enum XML_Status status = XML_ParseBuffer(x->parser, (int)n, n == 0);
		if (x->error != NULL)
			return x->error;
		if (x->done || n == 0)
			return status == XML_STATUS_ERROR && !x->done ? damaged(x->arena) : NULL;
		if (status == XML_STATUS_ERROR)
			return damaged(x->arena);
	}
}

/* The member called so, letter case aside, within the limits. */
static err_t member_find(struct arena *a, zip_t *zip, struct str path, zip_stat_t *st)
{
	zip_int64_t at = zip_name_locate(zip, str_c(a, path), ZIP_FL_NOCASE);
	if (at < 0 || zip_stat_index(zip, (zip_uint64_t)at, 0, st) != 0)
		return err_new(a, ERR_MISSING, "The workbook is incomplete. Open it, save it again and take that.");
	const zip_uint64_t need = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
	if ((st->valid & need) != need ||
	    ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st->encryption_method != ZIP_EM_NONE))
		return damaged(a);
	if (st->size > (zip_uint64_t)LIMIT_SHEET_UNPACKED_MB << 20 ||
	    (st->size > FREELY_GROWS && st->size / LIMIT_ZIP_RATIO > st->comp_size))
		return err_new(a, ERR_INVALID,
			       "A part of the workbook would grow to %llu MB when it is unpacked, which no list of "
			       "people does. It was not read.",
			       (unsigned long long)(st->size >> 20));
	return NULL;
}

err_t xlsx_xml_read(struct xlsx_xml *x, const struct sheet *s, struct str path)
{
	zip_stat_t st;
	TRY(member_find(x->arena, s->zip, path, &st));
	zip_file_t *file = zip_fopen_index(s->zip, st.index, 0);
	XML_Parser parser = XML_ParserCreate(NULL);
	err_t e = NULL;
	if (file == NULL || parser == NULL) {
		e = damaged(x->arena);
	} else {
		x->parser = parser;
		XML_SetUserData(parser, x);
		XML_SetElementHandler(parser, on_open, on_close);
		XML_SetCharacterDataHandler(parser, on_text);
		XML_SetStartDoctypeDeclHandler(parser, on_doctype);
		e = parse(x, file, st.size);
	}
	if (parser != NULL)
		XML_ParserFree(parser);
	if (file != NULL)
		zip_fclose(file);
	return e;
}

/* --- which sheets there are --- */

struct relation {
	struct str id, type, target;
};

/* A part's relations. */
struct relations {
	struct relation of[TABS_MOST];
	size_t n;
};

static void relation_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	struct relations *r = x->ctx;
	if (!str_eq(name, S("Relationship")) || r->n == TABS_MOST)
		return;
	r->of[r->n++] = (struct relation){
		.id = str_dup(x->arena, xlsx_attribute(attributes, S("Id"))),
		.type = str_dup(x->arena, xlsx_attribute(attributes, S("Type"))),
		.target = str_dup(x->arena, xlsx_attribute(attributes, S("Target"))),
	};
}

static struct str folder_of(struct str path)
{
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	return path;
}

/* Targets are named from the top or from the folder of the part that names them. */
static struct str target_path(struct arena *a, struct str part, struct str target)
{
	if (str_starts(target, S("/")))
		return str_sub(target, 1, target.n);
	struct str folder = folder_of(part);
	while (str_starts(target, S("../")) && folder.n > 0) {
		target = str_sub(target, 3, target.n);
		folder = folder_of(str_sub(folder, 0, folder.n - 1));
	}
	return str_fmt(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

static err_t relations_read(struct arena *a, const struct sheet *s, struct str part, struct relations *out)
{
	struct str folder = folder_of(part);
	struct str name = str_sub(part, folder.n, part.n);
	struct xlsx_xml x = {.arena = a, .ctx = out, .open = relation_open};
	return xlsx_xml_read(&x, s, str_fmt(a, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(name)));
}

/* The path of the first relation of a type ("…/styles"); empty where there is none. */
static struct str relation_path(struct arena *a, const struct relations *r, struct str part, struct str type)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_ends(r->of[i].type, type))
			return target_path(a, part, r->of[i].target);
	return (struct str){0};
}

struct workbook {
	struct sheet *s;
	const struct relations *relations;
	struct str path;
};

static void workbook_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	struct workbook *w = x->ctx;
	struct sheet *s = w->s;
	if (str_eq(name, S("workbookPr"))) {
		struct str from_1904 = xlsx_attribute(attributes, S("date1904"));
		s->from_1904 = str_eq(from_1904, S("1")) || str_eq(from_1904, S("true"));
	}
	if (!str_eq(name, S("sheet")) || s->tabs_n == TABS_MOST)
		return;
	struct str id = xlsx_attribute(attributes, S("id"));
	struct str state = xlsx_attribute(attributes, S("state"));
	for (size_t i = 0; i < w->relations->n; i++) {
		const struct relation *r = &w->relations->of[i];
		/* Charts have tabs as well. */
		if (!str_eq(r->id, id) || !str_ends(r->type, S("/worksheet")))
			continue;
		s->tabs[s->tabs_n] = (struct sheet_tab){
			.name = str_dup(x->arena, xlsx_attribute(attributes, S("name"))),
			.hidden = state.n > 0 && !str_eq(state, S("visible")),
		};
		s->parts[s->tabs_n++].path = target_path(x->arena, w->path, r->target);
	}
}

/* --- which formats are dates --- */

/* A format shows a date where a y, a d, or an m that is not minutes stands outside quotes and brackets. */
static bool format_is_date(struct str code)
{
	bool quoted = false;
	bool bracket = false;
	bool time = false;
	bool month = false;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		if (c == '\\' && !quoted) {
			i++;
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == '[' || c == ']')) {
			bracket = c == '[';
		} else if (!quoted && !bracket) {
			if (c == 'y' || c == 'Y' || c == 'd' || c == 'D')
				return true;
			time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
			month = month || c == 'm' || c == 'M';
		} else if (bracket && !quoted) {
			time = time || c == 'h' || c == 'H' || c == 'm' || c == 's'; /* [h]:mm: a span of time */
		}
		if (c == ';' && !quoted && !bracket)
			break;
	}
	return month && !time;
}

static bool builtin_is_date(int64_t id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
	       id == 57 || id == 58;
}

struct formats {
	struct sheet *s;
	bool in_cells;               /* inside cellXfs */
	bool own[FORMATS_MOST];      /* by format id: the workbook defines it */
	bool own_date[FORMATS_MOST]; /* … and it is one of a date */
	bool dates[FORMATS_MOST];
};

static void formats_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	struct formats *f = x->ctx;
	int64_t id;
	if (!str_to_i64(xlsx_attribute(attributes, S("numFmtId")), &id) || id < 0 || id >= FORMATS_MOST)
		id = 0;
	if (str_eq(name, S("numFmt"))) {
		f->own[id] = true;
		f->own_date[id] = format_is_date(xlsx_attribute(attributes, S("formatCode")));
	} else if (str_eq(name, S("cellXfs"))) {
		f->in_cells = true;
	} else if (f->in_cells && str_eq(name, S("xf")) && f->s->dates_n < FORMATS_MOST) {
		f->dates[f->s->dates_n++] = f->own[id] ? f->own_date[id] : builtin_is_date(id);
	}
}

static void formats_close(struct xlsx_xml *x, struct str name)
{
	struct formats *f = x->ctx;
	if (str_eq(name, S("cellXfs")))
		f->in_cells = false;
}

static err_t formats_read(struct arena *a, struct sheet *s, struct str path)
{
	struct formats *f = calloc(1, sizeof *f);
	if (f == NULL)
		return err_internal(a, "no memory for formats");
	f->s = s;
	struct xlsx_xml x = {.arena = a, .ctx = f, .open = formats_open, .close = formats_close};
	err_t e = xlsx_xml_read(&x, s, path);
	s->dates = arena_many(a, s->dates_n, bool);
	memcpy(s->dates, f->dates, s->dates_n * sizeof *s->dates);
	free(f);
	return e;
}

/* --- shared texts --- */

struct strings {
	struct sheet *s;
	bool text;    /* inside t */
	int phonetic; /* inside rPh, which says how a word is read aloud */
};

static bool grow(void **p, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return true;
	size_t more = *room < 4096 ? 4096 : *room + *room / 2;
	if (more < need)
		more = need;
	void *grown = realloc(*p, more * size);
	if (grown == NULL)
		return false;
	*p = grown;
	*room = more;
	return true;
}

static void strings_open(struct xlsx_xml *x, struct str name, const char **attributes)
{
	struct strings *t = x->ctx;
	(void)attributes;
	t->phonetic += str_eq(name, S("rPh"));
	t->text = str_eq(name, S("t")) && t->phonetic == 0;
}

static void strings_text(struct xlsx_xml *x, struct str text)
{
	struct strings *t = x->ctx;
	struct sheet *s = t->s;
	if (!t->text)
		return;
	if (s->strings_n + text.n > (size_t)LIMIT_SHEET_STRINGS_MB << 20) {
		xlsx_fail(x, err_new(x->arena, ERR_INVALID,
				     "The workbook holds more than %d MB of text, which no list of people does.",
				     LIMIT_SHEET_STRINGS_MB));
		return;
	}
	void *p = s->strings;
	if (!grow(&p, &s->strings_room, s->strings_n + text.n, 1)) {
		xlsx_fail(x, err_internal(x->arena, "no memory for shared texts"));
		return;
	}
	s->strings = p;
	memcpy(s->strings + s->strings_n, text.p, text.n);
	s->strings_n += text.n;
}

static void strings_close(struct xlsx_xml *x, struct str name)
{
	struct strings *t = x->ctx;
	struct sheet *s = t->s;
	t->phonetic -= str_eq(name, S("rPh"));
	t->text = false;
	if (!str_eq(name, S("si")))
		return;
	void *p = s->ends;
	if (!grow(&p, &s->ends_room, s->ends_n + 1, sizeof *s->ends)) {
		xlsx_fail(x, err_internal(x->arena, "no memory for shared texts"));
		return;
	}
	s->ends = p;
	s->ends[s->ends_n++] = (uint32_t)s->strings_n;
}

/* --- opening --- */

static err_t read_workbook(struct arena *a, struct sheet *s)
{
	struct relations *relations = arena_one(a, struct relations);
	TRY(relations_read(a, s, (struct str){0}, relations));
	struct str path = relation_path(a, relations, (struct str){0}, S("/officeDocument"));
	if (str_ends(path, S(".bin")))
		return err_new(a, ERR_INVALID,
			       "This is a binary workbook (.xlsb). Open it, save it as .xlsx or CSV and take that.");
	relations->n = 0;
	TRY(relations_read(a, s, path, relations));
	struct workbook w = {s, relations, path};
	struct xlsx_xml x = {.arena = a, .ctx = &w, .open = workbook_open};
	s->tabs = arena_many(a, TABS_MOST, struct sheet_tab);
	s->parts = arena_many(a, TABS_MOST, struct sheet_part);
	TRY(xlsx_xml_read(&x, s, path));
	if (s->tabs_n == 0)
		return err_new(a, ERR_INVALID, "The workbook has no sheet with a table.");
	struct str styles = relation_path(a, relations, path, S("/styles"));
	if (styles.n > 0)
		TRY(formats_read(a, s, styles));
	struct str shared = relation_path(a, relations, path, S("/sharedStrings"));
	if (shared.n == 0)
		return NULL;
	struct strings t = {.s = s};
	x = (struct xlsx_xml){
		.arena = a, .ctx = &t, .open = strings_open, .close = strings_close, .text = strings_text};
	return xlsx_xml_read(&x, s, shared);
}

err_t xlsx_open(struct arena *a, const char *path, struct sheet *s)
{
	int code = 0;
	s->zip = zip_open(path, ZIP_RDONLY, &code);
	if (s->zip == NULL)
		return damaged(a);
	zip_int64_t entries = zip_get_num_entries(s->zip, 0);
	if (entries < 0 || entries > LIMIT_ZIP_ENTRIES)
		return err_new(a, ERR_INVALID, "The workbook has more than %d parts, which no list of people has.",
			       LIMIT_ZIP_ENTRIES);
	if (zip_name_locate(s->zip, "mimetype", 0) >= 0)
		return err_new(a, ERR_INVALID,
			       "This is an OpenDocument file. Open it, save it as .xlsx or CSV and take that.");
	if (zip_name_locate(s->zip, "_rels/.rels", ZIP_FL_NOCASE) < 0)
		return err_new(a, ERR_INVALID, "This is a zip file, but no workbook. Take the spreadsheet itself.");
	return read_workbook(a, s);
}

void xlsx_close(struct sheet *s)
{
	if (s->zip != NULL)
		zip_discard(s->zip);
	s->zip = NULL;
	if (s->strings != NULL)
		explicit_bzero(s->strings, s->strings_n);
	free(s->strings);
	free(s->ends);
}
