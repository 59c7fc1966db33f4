#include "web/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limit.h"

enum { FILES = 4, NAME_MAX_BYTES = 200, PARSER = 64 << 10 };

struct file {
	char field[64];
	char name[NAME_MAX_BYTES + 1];
	char path[32];
};

struct upload_reader {
	struct MHD_PostProcessor *parser;
	const struct form_spec *form;
	const char *folder;
	int64_t left;
	int status; /* what is wrong, or 0 */
	const char *say;
	char *text; /* "name\0value\0" one after the other */
	size_t text_n;
	size_t pairs_n;
	struct file files[FILES];
	struct upload uploads[FILES];
	size_t files_n;
};

static enum MHD_Result wrong(struct upload_reader *u, int status, const char *say)
{
	if (u->status == 0) {
		u->status = status;
		u->say = say;
	}
	return MHD_NO;
}

static bool takes_file(const struct form_spec *form, const char *name)
{
	for (size_t i = 0; form != NULL && i < form->n; i++) {
		if (form->fields[i].kind == FIELD_FILE && strcmp(form->fields[i].name, name) == 0)
			return true;
	}
	return false;
}

/* A file without a name where the file system can; else one whose name is taken away at once. */
static int file_unnamed(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/upload-XXXXXX", folder);
	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static enum MHD_Result file_start(struct upload_reader *u, const char *key, const char *name)
{
	if (!takes_file(u->form, key))
		return wrong(u, 400, "A file was sent where none is asked for.");
	if (u->files_n == FILES)
		return wrong(u, 413, "That are too many files at once.");
	int fd = file_unnamed(u->folder);
	if (fd < 0)
		return wrong(u, 503, "There is no room for the file on the server.");
	struct file *f = &u->files[u->files_n];
	const char *slash = strrchr(name, '/');
	const char *last = slash == NULL ? name : slash + 1;
	snprintf(f->field, sizeof f->field, "%s", key);
	snprintf(f->name, sizeof f->name, "%s", last);
	snprintf(f->path, sizeof f->path, "/proc/self/fd/%d", fd);
	u->uploads[u->files_n++] = (struct upload){
		.field = str_from(f->field), .fd = fd, .name = str_from(f->name), .path = str_from(f->path)};
	return MHD_YES;
}

static enum MHD_Result file_write(struct upload_reader *u, const char *p, size_t n)
{
	struct upload *file = &u->uploads[u->files_n - 1];
	while (n > 0) {
		ssize_t done = write(file->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return wrong(u, 503, "There is no room for the file on the server.");
		p += done;
		n -= (size_t)done;
		file->size += done;
	}
	return MHD_YES;
}

static enum MHD_Result text_add(struct upload_reader *u, const char *p, size_t n)
{
	if (memchr(p, '\0', n) != NULL)
		return wrong(u, 400, "What was sent cannot be read as a form. Please go back and send it again.");
	if (n > LIMIT_FORM_BODY - u->text_n)
		return wrong(u, 413, "The fields of this form are longer than what is taken.");
	memcpy(u->text + u->text_n, p, n);
	u->text_n += n;
	return MHD_YES;
}

/* The end of a name or value; one byte of the text is kept free for it. */
static enum MHD_Result text_end(struct upload_reader *u)
{
	if (u->text_n >= LIMIT_FORM_BODY)
		return wrong(u, 413, "The fields of this form are longer than what is taken.");
	u->text[u->text_n++] = '\0';
	return MHD_YES;
}

static enum MHD_Result field_add(struct upload_reader *u, const char *key, const char *p, size_t n, uint64_t off)
{
	if (off > 0) {
		u->text_n--; /* the value goes on where its end was */
	} else {
		if (u->pairs_n == LIMIT_FORM_FIELDS)
			return wrong(u, 413, "This form has more fields than are taken.");
		if (text_add(u, key, strlen(key)) == MHD_NO || text_end(u) == MHD_NO)
			return MHD_NO;
		u->pairs_n++;
	}
	enum MHD_Result added = text_add(u, p, n);
	return text_end(u) == MHD_YES ? added : MHD_NO;
}

static enum MHD_Result part(void *cls, enum MHD_ValueKind kind, const char *key, const char *filename, const char *type,
			    const char *encoding, const char *data, uint64_t off, size_t size)
{
	(void)kind;
	(void)type;
	(void)encoding;
	struct upload_reader *u = cls;
	if (u->status != 0)
		return MHD_NO;
	if (key == NULL)
		return MHD_YES;
	if (filename == NULL)
		return field_add(u, key, data, size, off);
	if (filename[0] == '\0')
		return MHD_YES; /* the field was left empty */
	if (off == 0 && file_start(u, key, filename) == MHD_NO)
		return MHD_NO;
	return file_write(u, data, size);
}

struct upload_reader *upload_open(struct MHD_Connection *connection, const struct form_spec *form, const char *folder,
				  int64_t max_bytes)
{
	struct upload_reader *u = calloc(1, sizeof *u);
	if (u == NULL)
		return NULL;
	u->form = form;
	u->folder = folder;
	u->left = max_bytes;
	u->text = malloc(LIMIT_FORM_BODY);
	u->parser = MHD_create_post_processor(connection, PARSER, part, u);
	if (u->text == NULL || u->parser == NULL)
		upload_close(&u);
	return u;
}

void upload_feed(struct upload_reader *u, const char *p, size_t n)
{
	if (u->status != 0)
		return;
	if ((uint64_t)n > (uint64_t)u->left) {
		(void)wrong(u, 413, "This file is larger than what is taken.");
		return;
	}
	u->left -= (int64_t)n;
	if (MHD_post_process(u->parser, p, n) == MHD_NO)
		(void)wrong(u, 400, "What was sent cannot be read as a form. Please go back and send it again.");
}

int upload_end(struct upload_reader *u, const char **say)
{
	struct MHD_PostProcessor *parser = u->parser;
	u->parser = NULL;
	if (MHD_destroy_post_processor(parser) == MHD_NO)
		(void)wrong(u, 400, "The file did not arrive whole. Please send it again.");
	*say = u->say;
	return u->status;
}

size_t upload_pairs(const struct upload_reader *u, struct arena *a, struct form_pair **pairs)
{
	struct form_pair *out = arena_many(a, u->pairs_n, struct form_pair);
	const char *p = u->text;
	for (size_t i = 0; i < u->pairs_n; i++) {
		out[i].name = str_dup(a, str_from(p));
		p += out[i].name.n + 1;
		out[i].value = str_dup(a, str_from(p));
		p += out[i].value.n + 1;
	}
	*pairs = out;
	return u->pairs_n;
}

size_t upload_files(struct upload_reader *u, struct upload **files)
{
	*files = u->uploads;
	return u->files_n;
}

void upload_close(struct upload_reader **u)
{
	struct upload_reader *gone = *u;
	if (gone == NULL)
		return;
	if (gone->parser != NULL)
		MHD_destroy_post_processor(gone->parser);
	for (size_t i = 0; i < gone->files_n; i++) {
		if (gone->uploads[i].fd >= 0)
			close(gone->uploads[i].fd);
	}
	if (gone->text != NULL)
		explicit_bzero(gone->text, gone->text_n);
	free(gone->text);
	free(gone);
	*u = NULL;
}
