#include "hmis/package.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limit.h"
#include "hmis/package_inside.h"

void package_flag(struct hmis_package *p, struct hmis_flag f)
{
	if (p->flags_n < HMIS_PACKAGE_FLAGS_MAX)
		p->flags[p->flags_n++] = f;
}

/* Maps a regular file; anything else is passed over as if it were not there. */
static err_t member_map(struct arena *a, int folder, const char *name, struct hmis_member *m)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0 && errno == EACCES)
		return err_new(a, ERR_INVALID, "%s may not be read by this account. Change its permissions.", name);
	struct stat st;
	if (fd < 0)
		return NULL;
	err_t e = NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		void *map = st.st_size == 0 ? NULL : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map == MAP_FAILED)
			e = err_internal(a, "mmap of %s: %s", name, strerror(errno));
		else
			*m = (struct hmis_member){
				.here = true, .map = {map, (size_t)st.st_size}, .size = (uint64_t)st.st_size};
	}
	close(fd);
	return e;
}

static err_t folder_find(struct arena *a, struct hmis_package *p)
{
	DIR *dir = opendir(p->path);
	if (dir == NULL)
		return err_new(a, ERR_INVALID, "The folder %s cannot be read: %s.", p->path, strerror(errno));
	err_t e = NULL;
	for (struct dirent *entry = readdir(dir); entry != NULL && e == NULL; entry = readdir(dir)) {
		struct str name = str_from(entry->d_name);
		for (size_t f = 0; f < HMIS_FILE_COUNT && e == NULL; f++) {
			struct hmis_member *m = &p->members[f];
			/* Where a name is there twice, the one in HUD's spelling counts. */
			bool exact = str_eq(name, hmis_files[f].name);
			if (!str_eq_nocase(name, hmis_files[f].name) || (m->here && !exact))
				continue;
			if (m->map.n != 0)
				munmap((void *)(uintptr_t)m->map.p, m->map.n);
			*m = (struct hmis_member){0};
			e = member_map(a, dirfd(dir), entry->d_name, m);
		}
	}
	closedir(dir);
	return e;
}

err_t package_peek(struct arena *a, const struct hmis_package *p, enum hmis_file f, size_t max, struct str *out)
{
	const struct hmis_member *m = &p->members[f];
	if (!p->zip) {
		*out = str_sub(m->map, 0, max);
		return NULL;
	}
	struct zip_stream *z;
	TRY(zip_stream_open(a, p, f, &z));
	struct csv_stream *in = zip_stream_csv(z);
	char *bytes = arena_many(a, max, char);
	size_t n = 0;
	size_t got = 1;
	err_t e = NULL;
	while (n < max && got != 0 && e == NULL) {
		e = in->read(in->ctx, bytes + n, max - n, &got);
		if (e == NULL)
			n += got;
	}
	zip_stream_close(&z);
	if (e == NULL)
		*out = (struct str){bytes, n};
	return e;
}

static uint32_t column_find(const struct csv_header *h, struct str name)
{
	uint32_t at = csv_column(h, name);
	struct str alias = hmis_column_alias(name);
	return at == CSV_ABSENT && alias.n != 0 ? csv_column(h, alias) : at;
}

/* A column that is read twice over would be a coin toss, so it is told. */
static bool column_twice(const struct csv_header *h, struct str name)
{
	unsigned n = 0;
	for (size_t i = 0; i < h->n; i++)
		n += str_eq_nocase(h->names[i], name);
	return n > 1;
}

/* Ids and the bookkeeping of rows stand in files of every kind and tell nothing about theirs. */
static bool column_tells_kind(const struct hmis_column *c)
{
	return c->type != HMIS_ID && !str_eq(c->name, S("DateCreated")) && !str_eq(c->name, S("DateUpdated")) &&
	       !str_eq(c->name, S("DateDeleted"));
}

/* FNV-1a over the names, each ended by a zero. */
static uint64_t header_shape(const struct csv_header *h)
{
	uint64_t shape = 0xcbf29ce484222325U;
	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k <= h->names[i].n; k++)
			shape = (shape ^ (k < h->names[i].n ? (unsigned char)h->names[i].p[k] : 0)) * 0x100000001b3U;
	return shape;
}

/* Notes what the header lacks. False for a file of another kind: nothing in it is this file's alone,
 * and there is more. */
static bool header_check(struct hmis_package *p, enum hmis_file f, const struct csv_header *h)
{
	const struct hmis_file_spec *spec = &hmis_files[f];
	size_t known = 0;
	size_t telling = 0;
	for (uint16_t c = 0; c < spec->n; c++) {
		const struct hmis_column *column = &spec->columns[c];
		bool here = column_find(h, column->name) != CSV_ABSENT;
		known += here;
		telling += here && column_tells_kind(column);
		if (column->load == HMIS_SKIP || column->load == HMIS_COUNT)
			continue;
		struct hmis_flag flag = {.file = f, .column = c, .line = 1};
		if (!here && column->years != HMIS_BOTH)
			continue; /* the other version's: which one this is, Export.csv says later */
		if (!here) {
			flag.set_aside = column->need == HMIS_KEY || column->need == HMIS_DATED;
			flag.problem = flag.set_aside ? HMIS_KEY_COLUMN_MISSING : HMIS_COLUMN_MISSING;
			p->members[f].unusable |= flag.set_aside;
			package_flag(p, flag);
		} else if (column_twice(h, column->name)) {
			flag.problem = HMIS_COLUMN_TWICE;
			package_flag(p, flag);
		}
	}
	return telling > 0 || (known > 0 && known == h->n);
}

static err_t member_check(struct arena *a, struct hmis_package *p, enum hmis_file f)
{
	struct hmis_member *m = &p->members[f];
	struct hmis_flag flag = {.file = f, .column = HMIS_NO_COLUMN};
	if (!m->here || m->size == 0) {
		flag.problem = m->here ? HMIS_FILE_EMPTY : HMIS_FILE_MISSING;
		m->here = false;
		package_flag(p, flag);
		return NULL;
	}
	struct arena *own = arena_new("a header", 8 << 20);
	struct str start;
	struct csv_header h;
	bool of_kind = false;
	err_t e = package_peek(own, p, f, LIMIT_CSV_ROW + LIMIT_CSV_FIELD, &start);
	if (e != NULL) {
		e = err_new(a, e->class, "%.*s", STR_ARG(e->say));
		arena_free(&own);
		return e;
	}
	e = csv_header_read(own, start, &h);
	if (e == NULL) {
		m->shape = header_shape(&h);
		of_kind = header_check(p, f, &h);
	}
	if (e != NULL)
		e = err_new(a, ERR_INVALID, "%.*s: %.*s", STR_ARG(hmis_files[f].name), STR_ARG(e->say));
	else if (!of_kind)
		e = err_new(a, ERR_INVALID,
			    "%.*s is not an HMIS file: it has none of the columns of that file. Export again as HMIS "
			    "CSV.",
			    STR_ARG(hmis_files[f].name));
	arena_free(&own);
	return e;
}

static err_t package_understand(struct arena *a, struct hmis_package *p)
{
	if (p->zip)
		TRY(zip_find(a, p));
	else
		TRY(folder_find(a, p));
	if (!p->members[HMIS_Export].here || p->members[HMIS_Export].size == 0)
		return err_new(a, ERR_INVALID, "There is no Export.csv in %s, so it is not an HMIS CSV export.",
			       p->path);
	for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++)
		TRY(member_check(a, p, f));
	return export_read(a, p);
}

err_t hmis_package_open(struct arena *a, const char *path, struct hmis_package **out)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return err_new(a, ERR_MISSING, "There is nothing to import at %s: %s.", path, strerror(errno));
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return err_new(a, ERR_INVALID, "%s is neither a folder nor a zip file.", path);
	struct hmis_package *p = arena_one(a, struct hmis_package);
	p->path = str_c(a, str_from(path));
	p->zip = S_ISREG(st.st_mode);
	err_t e = package_understand(a, p);
	if (e != NULL)
		hmis_package_close(&p);
	else
		*out = p;
	return e;
}

void hmis_package_close(struct hmis_package **p)
{
	if (*p == NULL)
		return;
	for (size_t f = 0; f < HMIS_FILE_COUNT; f++)
		if ((*p)->members[f].map.n != 0)
			munmap((void *)(uintptr_t)(*p)->members[f].map.p, (*p)->members[f].map.n);
	*p = NULL;
}

const struct hmis_export *hmis_package_export(const struct hmis_package *p)
{
	return &p->export;
}

bool hmis_package_has(const struct hmis_package *p, enum hmis_file f)
{
	return p->members[f].here && !p->members[f].unusable;
}

uint64_t hmis_package_size(const struct hmis_package *p, enum hmis_file f)
{
	return hmis_package_has(p, f) ? p->members[f].size : 0;
}

uint64_t hmis_package_shape(const struct hmis_package *p, enum hmis_file f)
{
	return p->members[f].shape;
}

const struct hmis_flag *hmis_package_flags(const struct hmis_package *p, size_t *n)
{
	*n = p->flags_n;
	return p->flags;
}
