#include "hmis/demo_out.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ROW_MAX bounds a formatted row: its scratch text and literals with every quote doubled, and a time per cell. */
enum { OUT_BUFFER = 1 << 20, ROW_MAX = 16 << 10 };

static void out_flush(struct demo_out *o)
{
	size_t done = 0;
	while (done < o->n && o->error == 0) {
		ssize_t n = write(o->fd, o->buf + done, o->n - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			o->error = errno;
	}
	o->bytes += (int64_t)done;
	o->n = 0;
}

static void out_bytes(struct demo_out *o, const char *p, size_t n)
{
	memcpy(o->buf + o->n, p, n);
	o->n += n;
}

err_t demo_out_open(struct demo_out *o, struct arena *a, struct str folder, enum demo_file file)
{
	const struct demo_file_shape *shape = &demo_files[file];
	struct str path = str_fmt(a, "%.*s/%s.csv", STR_ARG(folder), shape->name);
	int fd = open(str_c(a, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0 && errno == EEXIST)
		return err_new(a, ERR_CONFLICT, "%.*s exists already: name a new or empty folder.", STR_ARG(path));
	if (fd < 0)
		return err_new(a, ERR_INVALID, "%.*s cannot be created: %s.", STR_ARG(path), strerror(errno));
	*o = (struct demo_out){.file = file, .fd = fd, .buf = arena_many(a, OUT_BUFFER, char)};
	out_bytes(o, shape->header + 1, strlen(shape->header) - 1);
	out_bytes(o, "\r\n", 2);
	return NULL;
}

err_t demo_out_close(struct demo_out *o, struct arena *a)
{
	out_flush(o);
	if (close(o->fd) != 0 && o->error == 0)
		o->error = errno;
	o->fd = -1;
	if (o->error != 0)
		return err_new(a, ERR_INVALID, "%s.csv could not be written: %s.", demo_files[o->file].name,
			       strerror(o->error));
	return NULL;
}

void demo_row_begin(struct demo_row *r, struct demo_out *out)
{
	r->out = out;
	r->used = 0;
	memset(r->cells, 0, sizeof(r->cells[0]) * (size_t)demo_files[out->file].columns);
}

void demo_row_int(struct demo_row *r, int column, int n)
{
	r->cells[column] = (struct demo_cell){.kind = CELL_INT, .n = n};
}

void demo_row_day(struct demo_row *r, int column, struct day d)
{
	r->cells[column] = day_known(d) ? (struct demo_cell){.kind = CELL_DAY, .n = d.n} : (struct demo_cell){0};
}

void demo_row_time(struct demo_row *r, int column, struct day d, int seconds)
{
	r->cells[column] = (struct demo_cell){.kind = CELL_TIME, .n = d.n, .seconds = seconds};
}

void demo_row_text(struct demo_row *r, int column, struct str s)
{
	r->cells[column] = (struct demo_cell){.kind = s.n > 0 ? CELL_TEXT : CELL_EMPTY, .text = s};
}

/* `width` digits of n with zeros before; returns the place after them. */
static char *put_digits(char *p, int64_t n, int width)
{
	for (int i = width - 1; i >= 0; i--, n /= 10)
		p[i] = (char)('0' + n % 10);
	return p + width;
}

static char *put_int(char *p, int32_t n)
{
	if (n < 0)
		*p++ = '-';
	int64_t rest = n < 0 ? -(int64_t)n : n;
	int width = 1;
	for (int64_t ten = 10; rest >= ten; ten *= 10)
		width++;
	return put_digits(p, rest, width);
}

static char *put_day(char *p, struct day d)
{
	struct ymd y = day_to_ymd(d);
	p = put_digits(p, y.year, 4);
	*p++ = '-';
	p = put_digits(p, y.month, 2);
	*p++ = '-';
	return put_digits(p, y.day, 2);
}

static char *put_time(char *p, struct day d, int seconds)
{
	p = put_day(p, d);
	*p++ = ' ';
	p = put_digits(p, seconds / 3600, 2);
	*p++ = ':';
	p = put_digits(p, seconds / 60 % 60, 2);
	*p++ = ':';
	return put_digits(p, seconds % 60, 2);
}

static char *put_text(char *p, struct str s)
{
	*p++ = '"';
	if (memchr(s.p, '"', s.n) == NULL) {
		memcpy(p, s.p, s.n);
		p += s.n;
	} else {
		for (size_t i = 0; i < s.n; i++) {
			if (s.p[i] == '"')
				*p++ = '"';
			*p++ = s.p[i];
		}
	}
	*p++ = '"';
	return p;
}

void demo_row_id(struct demo_row *r, int column, struct demo_row_id id)
{
	char *start = r->scratch + r->used;
	char *p = start;
	*p++ = id.letter;
	p = put_digits(p, id.household, 8);
	if (id.stay >= 0)
		p = put_digits(p, id.stay, 2);
	if (id.member >= 0)
		*p++ = (char)('A' + id.member);
	if (id.serial >= 0)
		p = put_digits(p, id.serial, 4);
	r->used += (size_t)(p - start);
	demo_row_text(r, column, (struct str){start, (size_t)(p - start)});
}

void demo_row_end(struct demo_row *r)
{
	struct demo_out *o = r->out;
	if (OUT_BUFFER - o->n < ROW_MAX)
		out_flush(o);
	char *p = o->buf + o->n;
	int columns = demo_files[o->file].columns;
	for (int i = 0; i < columns; i++) {
		const struct demo_cell *c = &r->cells[i];
		switch (c->kind) {
		case CELL_EMPTY:
			break;
		case CELL_INT:
			p = put_int(p, c->n);
			break;
		case CELL_DAY:
			p = put_day(p, (struct day){c->n});
			break;
		case CELL_TIME:
			p = put_time(p, (struct day){c->n}, c->seconds);
			break;
		case CELL_TEXT:
			p = put_text(p, c->text);
			break;
		}
		*p++ = ',';
	}
	p[-1] = '\r';
	*p++ = '\n';
	o->n = (size_t)(p - o->buf);
	o->rows++;
}
