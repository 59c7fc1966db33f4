/* A zip's members as streams. libzip reads the directory and hands out the compressed bytes; ISA-L
 * unpacks them, two and a half times as fast as zlib. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zip.h>

#include "base/arena.h"
#include "base/limit.h"
#include "hmis/package_inside.h"

enum { PACKED_BUFFER = 128 << 10 };

/* The sentence for what libzip cannot open. A cut-off zip has lost the directory at its end, so it
 * looks like no zip at all but for its first bytes. */
static err_t open_error(struct arena *a, const char *path, int code)
{
	char magic[4] = {0};
	FILE *file = fopen(path, "rbe");
	size_t n = file == NULL ? 0 : fread(magic, 1, sizeof magic, file);
	if (file != NULL)
		fclose(file);
	if (code == ZIP_ER_OPEN || code == ZIP_ER_READ)
		return err_new(a, ERR_INVALID, "%s cannot be read.", path);
	if (n == sizeof magic && memcmp(magic, "PK\3\4", sizeof magic) == 0)
		return err_new(a, ERR_INVALID, "The zip file %s is cut off or damaged. Copy or export it again.", path);
	return err_new(a, ERR_INVALID, "%s is neither a folder nor a zip file.", path);
}

static err_t archive_open(struct arena *a, const char *path, zip_t **out)
{
	int code = 0;
	zip_t *z = zip_open(path, ZIP_RDONLY, &code);
	if (z == NULL)
		return open_error(a, path, code);
	*out = z;
	return NULL;
}

/* Splits a member's name at its last separator, either kind. */
static struct str base_name(struct str path, struct str *folder)
{
	size_t n = path.n;
	while (n > 0 && path.p[n - 1] != '/' && path.p[n - 1] != '\\')
		n--;
	*folder = str_sub(path, 0, n);
	return str_sub(path, n, path.n);
}

static err_t member_take(struct arena *a, struct hmis_package *p, const zip_stat_t *st, enum hmis_file f)
{
	const char *name = hmis_files[f].name.p;
	const zip_uint64_t need = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
	if ((st->valid & need) != need)
		return err_new(a, ERR_INVALID, "The zip file does not say how large %s is. Make it again.", name);
	if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st->encryption_method != ZIP_EM_NONE)
		return err_new(a, ERR_INVALID, "%s is encrypted in the zip file. Export it without a password.", name);
	if (st->comp_method != ZIP_CM_STORE && st->comp_method != ZIP_CM_DEFLATE)
		return err_new(a, ERR_INVALID,
			       "%s is packed in a way that is not read here. Make an ordinary zip file.", name);
	if (st->size / LIMIT_ZIP_RATIO > st->comp_size)
		return err_new(a, ERR_INVALID,
			       "%s would grow to more than %d times its packed size, which no HMIS export does. It was "
			       "not unpacked.",
			       name, LIMIT_ZIP_RATIO);
	p->members[f] = (struct hmis_member){
		.here = true,
		.size = st->size,
		.packed = st->comp_size,
		.index = st->index,
		.crc = st->crc,
		.stored = st->comp_method == ZIP_CM_STORE,
	};
	return NULL;
}

/* The folder in which Export.csv stands, nearest the top. */
static bool export_folder(zip_t *z, zip_uint64_t n, struct str *out)
{
	bool found = false;
	for (zip_uint64_t i = 0; i < n; i++) {
		struct str folder;
		struct str name = base_name(str_from(zip_get_name(z, i, ZIP_FL_ENC_RAW)), &folder);
		if (str_eq_nocase(name, hmis_files[HMIS_Export].name) && (!found || folder.n < out->n)) {
			*out = folder;
			found = true;
		}
	}
	return found;
}

static err_t members_find(struct arena *a, struct hmis_package *p, zip_t *z)
{
	zip_int64_t entries = zip_get_num_entries(z, 0);
	if (entries < 0 || entries > LIMIT_ZIP_ENTRIES)
		return err_new(a, ERR_INVALID, "The zip file has more than %d files, which no HMIS export has.",
			       LIMIT_ZIP_ENTRIES);
	zip_uint64_t n = (zip_uint64_t)entries;
	struct str folder;
	if (!export_folder(z, n, &folder))
		return NULL;
	uint64_t packed = 0;
	uint64_t size = 0;
	for (zip_uint64_t i = 0; i < n; i++) {
		struct str in;
		struct str name = base_name(str_from(zip_get_name(z, i, ZIP_FL_ENC_RAW)), &in);
		zip_stat_t st;
		if (!str_eq(in, folder) || zip_stat_index(z, i, 0, &st) != 0)
			continue;
		for (enum hmis_file f = 0; f < HMIS_FILE_COUNT; f++) {
			bool exact = str_eq(name, hmis_files[f].name);
			if (!str_eq_nocase(name, hmis_files[f].name) || (p->members[f].here && !exact))
				continue;
			TRY(member_take(a, p, &st, f));
			packed += st.comp_size;
			/* What a file claims is at most its own 64 bits: the sum must not run over. */
			size = st.size > UINT64_MAX - size ? UINT64_MAX : size + st.size;
		}
	}
	if (size >> 20 > LIMIT_ZIP_MB)
		return err_new(
			a, ERR_INVALID,
			"The files in the zip file would come to more than %d MiB, which no HMIS export does. They "
			"were not unpacked.",
			LIMIT_ZIP_MB);
	struct stat file;
	if (stat(p->path, &file) != 0 || packed > (uint64_t)file.st_size)
		return err_new(a, ERR_INVALID, "The files in the zip file overlap, which no HMIS export's do.");
	if (folder.n != 0)
		package_flag(p, (struct hmis_flag){
					.problem = HMIS_IN_FOLDER, .file = HMIS_FILE_COUNT, .column = HMIS_NO_COLUMN});
	return NULL;
}

err_t zip_find(struct arena *a, struct hmis_package *p)
{
	zip_t *z = NULL;
	TRY(archive_open(a, p->path, &z));
	err_t e = members_find(a, p, z);
	zip_discard(z);
	return e;
}

struct zip_stream {
	struct arena *arena; /* for errors */
	const char *name;
	zip_t *archive;
	zip_file_t *file;
	bool stored;
	uint64_t left; /* unpacked bytes that may still come */
	uint32_t crc;
	uint32_t crc_due;
	struct csv_stream csv;
	struct inflate_state inflate;
	unsigned char packed[PACKED_BUFFER];
};

static err_t damaged(const struct zip_stream *z)
{
	return err_new(z->arena, ERR_INVALID, "%s is damaged inside the zip file. Copy or export it again.", z->name);
}

static err_t stream_unpack(struct zip_stream *z, char *to, size_t room, size_t *got)
{
	struct inflate_state *s = &z->inflate;
	s->next_out = (uint8_t *)to;
	s->avail_out = room > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)room;
	uint32_t had = s->avail_out;
	while (s->avail_out == had && s->block_state != ISAL_BLOCK_FINISH) {
		if (s->avail_in == 0) {
			zip_int64_t n = zip_fread(z->file, z->packed, sizeof z->packed);
			if (n < 0)
				return damaged(z);
			s->next_in = z->packed;
			s->avail_in = (uint32_t)n;
		}
		uint32_t in_before = s->avail_in;
		if (isal_inflate(s) != ISAL_DECOMP_OK)
			return damaged(z);
		/* Nothing taken and nothing made: the packed bytes ended too early. */
		if (s->avail_in == in_before && s->avail_out == had && s->block_state != ISAL_BLOCK_FINISH)
			return damaged(z);
	}
	*got = had - s->avail_out;
	return NULL;
}

static err_t stream_read(void *ctx, char *to, size_t room, size_t *got)
{
	struct zip_stream *z = ctx;
	size_t n = 0;
	if (z->stored) {
		zip_int64_t r = zip_fread(z->file, to, room);
		if (r < 0)
			return damaged(z);
		n = (size_t)r;
	} else {
		TRY(stream_unpack(z, to, room, &n));
	}
	if (n > z->left)
		return damaged(z);
	z->left -= n;
	z->crc = crc32_gzip_refl(z->crc, (unsigned char *)to, n);
	if (n == 0 && (z->left != 0 || z->crc != z->crc_due))
		return damaged(z);
	*got = n;
	return NULL;
}

err_t zip_stream_open(struct arena *a, const struct hmis_package *p, enum hmis_file f, struct zip_stream **out)
{
	const struct hmis_member *m = &p->members[f];
	zip_t *archive = NULL;
	TRY(archive_open(a, p->path, &archive));
	zip_file_t *file = zip_fopen_index(archive, m->index, ZIP_FL_COMPRESSED);
	struct zip_stream *z = calloc(1, sizeof *z);
	if (file == NULL || z == NULL) {
		free(z);
		zip_discard(archive);
		return err_new(a, ERR_INVALID, "%s cannot be read from the zip file.", hmis_files[f].name.p);
	}
	z->arena = a;
	z->name = hmis_files[f].name.p;
	z->archive = archive;
	z->file = file;
	z->stored = m->stored;
	z->left = m->size;
	z->crc_due = m->crc;
	z->csv = (struct csv_stream){.ctx = z, .read = stream_read};
	isal_inflate_init(&z->inflate);
	*out = z;
	return NULL;
}

struct csv_stream *zip_stream_csv(struct zip_stream *z)
{
	return &z->csv;
}

void zip_stream_close(struct zip_stream **z)
{
	if (*z == NULL)
		return;
	zip_fclose((*z)->file);
	zip_discard((*z)->archive);
	explicit_bzero(*z, sizeof **z);
	free(*z);
	*z = NULL;
}
