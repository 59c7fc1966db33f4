#include "store/dossier.h"

#include <string.h>

enum { DOSSIER_VERSION = 1 };

/* How an id is packed. */
enum id_form { ID_RAW, ID_NUMBER, ID_HEX_LOWER, ID_HEX_UPPER };
enum { ID_NUMBER_DIGITS = 18 };

#define X_FIELD(kind, field, field_type) {STR_INIT(#field), DOSSIER_##field_type},
#define X_KIND(kind, number)                                                                                           \
	static const struct dossier_field fields_##kind[] = {DOSSIER_FIELDS_##kind(X_FIELD)};                          \
	_Static_assert(sizeof fields_##kind / sizeof fields_##kind[0] <= DOSSIER_FIELDS_MAX, "too many fields");
DOSSIER_KINDS(X_KIND)
#undef X_KIND
#undef X_FIELD

const struct dossier_kind_row dossier_kinds[DOSSIER_KIND_END] = {
#define X(kind, number) [number] = {STR_INIT(#kind), fields_##kind, sizeof fields_##kind / sizeof fields_##kind[0]},
	DOSSIER_KINDS(X)
#undef X
};

size_t varint_put(char *out, uint64_t v)
{
	size_t n = 0;
	for (; v >= 0x80; v >>= 7)
		out[n++] = (char)(v | 0x80);
	out[n++] = (char)v;
	return n;
}

bool varint_get(struct str *s, uint64_t *v)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < s->n && i < VARINT_MAX; i++) {
		unsigned char c = (unsigned char)s->p[i];
		/* The tenth byte has room for one bit. */
		if (i == VARINT_MAX - 1 && c > 1)
			return false;
		sum |= (uint64_t)(c & 0x7f) << (7 * i);
		if (c < 0x80) {
			*s = str_sub(*s, i + 1, s->n);
			*v = sum;
			return true;
		}
	}
	return false;
}

/* Small numbers of either sign become small numbers. */
static uint64_t fold_sign(int64_t v)
{
	return ((uint64_t)v << 1) ^ (uint64_t)(v >> 63);
}

static int64_t unfold_sign(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

/* 0 is unknown; whole seconds, as HMIS has them, take a bit less than milliseconds. */
static uint64_t fold_instant(struct instant t)
{
	if (!instant_known(t))
		return 0;
	bool whole = t.ms % 1000 == 0;
	return (fold_sign(whole ? t.ms / 1000 : t.ms) << 1 | (whole ? 0 : 1)) + 1;
}

static struct instant unfold_instant(uint64_t v)
{
	if (v == 0)
		return INSTANT_NONE;
	int64_t n = unfold_sign((v - 1) >> 1);
	/* Days of HMIS facts lie between 1900 and 2199; anything else was not packed by us. */
	bool whole = ((v - 1) & 1) == 0;
	if (whole && (n > INT64_MAX / 1000 || n < INT64_MIN / 1000))
		return INSTANT_NONE;
	return (struct instant){whole ? n * 1000 : n};
}

static bool all_of(struct str s, char first, char last)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < '0' || s.p[i] > '9') && (s.p[i] < first || s.p[i] > last))
			return false;
	return true;
}

static enum id_form id_form(struct str s)
{
	if (s.n > 0 && s.n <= ID_NUMBER_DIGITS && all_of(s, '0', '9') && (s.p[0] != '0' || s.n == 1))
		return ID_NUMBER;
	if (s.n < 4 || s.n % 2 != 0)
		return ID_RAW;
	if (all_of(s, 'a', 'f'))
		return ID_HEX_LOWER;
	return all_of(s, 'A', 'F') ? ID_HEX_UPPER : ID_RAW;
}

static unsigned hex_value(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
}

static size_t put_id(char *out, struct str s)
{
	s = str_sub(s, 0, DOSSIER_ID_MAX);
	enum id_form form = id_form(s);
	if (form == ID_NUMBER) {
		int64_t v = 0;
		for (size_t i = 0; i < s.n; i++)
			v = v * 10 + (s.p[i] - '0');
		return varint_put(out, (uint64_t)v << 2 | ID_NUMBER);
	}
	size_t bytes = form == ID_RAW ? s.n : s.n / 2;
	size_t n = varint_put(out, bytes << 2 | form);
	if (form == ID_RAW) {
		if (s.n > 0)
			memcpy(out + n, s.p, s.n);
		return n + s.n;
	}
	for (size_t i = 0; i < bytes; i++)
		out[n + i] = (char)(hex_value(s.p[2 * i]) << 4 | hex_value(s.p[2 * i + 1]));
	return n + bytes;
}

/* Steps over a packed id; *form and *body say what it holds. */
static bool cut_id(struct str *s, enum id_form *form, uint64_t *number, struct str *body)
{
	uint64_t head;
	if (!varint_get(s, &head))
		return false;
	*form = (enum id_form)(head & 3);
	*number = head >> 2;
	*body = (struct str){0};
	if (*form == ID_NUMBER)
		return true;
	size_t most = *form == ID_RAW ? DOSSIER_ID_MAX : DOSSIER_ID_MAX / 2;
	if (*number > most || *number > s->n)
		return false;
	*body = str_sub(*s, 0, *number);
	*s = str_sub(*s, *number, s->n);
	return true;
}

/* The id as text at *room, which moves on; at most DOSSIER_ID_MAX bytes of it are used. */
static bool get_id(struct str *s, char **room, struct str *out)
{
	enum id_form form;
	uint64_t number;
	struct str body;
	if (!cut_id(s, &form, &number, &body))
		return false;
	if (form == ID_RAW) {
		*out = body;
		return true;
	}
	char *to = *room;
	size_t n = 0;
	if (form == ID_NUMBER) {
		char digits[20];
		do
			digits[n++] = (char)('0' + number % 10);
		while ((number /= 10) > 0);
		for (size_t i = 0; i < n; i++)
			to[i] = digits[n - 1 - i];
	} else {
		const char *hex = form == ID_HEX_LOWER ? "0123456789abcdef" : "0123456789ABCDEF";
		for (size_t i = 0; i < body.n; i++) {
			to[n++] = hex[(unsigned char)body.p[i] >> 4];
			to[n++] = hex[(unsigned char)body.p[i] & 15];
		}
	}
	*room = to + n;
	*out = (struct str){to, n};
	return true;
}

size_t dossier_pack(const struct dossier_fact *f, char *out)
{
	const struct dossier_kind_row *kind = &dossier_kinds[f->kind];
	size_t n = 0;
	out[n++] = (char)f->kind;
	n += put_id(out + n, f->id);
	n += varint_put(out + n, fold_instant(f->updated));
	uint64_t present = 0;
	for (size_t i = 0; i < kind->fields_n; i++)
		present |= (uint64_t)f->values[i].known << i;
	n += varint_put(out + n, present);
	for (size_t i = 0; i < kind->fields_n; i++) {
		const struct dossier_value *v = &f->values[i];
		if (!v->known)
			continue;
		switch (kind->fields[i].type) {
		case DOSSIER_INT:
		case DOSSIER_DAY:
			n += varint_put(out + n, fold_sign(v->n));
			break;
		case DOSSIER_ID:
			n += put_id(out + n, v->text);
			break;
		case DOSSIER_TEXT: {
			struct str text = str_sub(v->text, 0, DOSSIER_TEXT_MAX);
			n += varint_put(out + n, text.n);
			if (text.n > 0)
				memcpy(out + n, text.p, text.n);
			n += text.n;
			break;
		}
		}
	}
	return n;
}

static bool get_value(struct str *s, enum dossier_type type, char **room, struct dossier_value *v)
{
	uint64_t n;
	v->known = true;
	if (type == DOSSIER_ID)
		return get_id(s, room, &v->text);
	if (!varint_get(s, &n))
		return false;
	if (type == DOSSIER_INT || type == DOSSIER_DAY) {
		v->n = unfold_sign(n);
		return type == DOSSIER_INT || (v->n >= DAY_FIRST.n && v->n <= DAY_LAST.n);
	}
	if (n > DOSSIER_TEXT_MAX || n > s->n)
		return false;
	v->text = str_sub(*s, 0, n);
	*s = str_sub(*s, n, s->n);
	return true;
}

bool dossier_unpack(struct str packed, struct dossier_fact *out)
{
	if (packed.n == 0 || packed.p[0] < 1 || packed.p[0] >= DOSSIER_KIND_END)
		return false;
	out->kind = (enum dossier_kind)packed.p[0];
	struct str rest = str_sub(packed, 1, packed.n);
	char *room = out->ids;
	uint64_t updated;
	uint64_t present;
	if (!get_id(&rest, &room, &out->id) || !varint_get(&rest, &updated) || !varint_get(&rest, &present))
		return false;
	out->updated = unfold_instant(updated);
	const struct dossier_kind_row *kind = &dossier_kinds[out->kind];
	if (present >> kind->fields_n != 0)
		return false;
	memset(out->values, 0, kind->fields_n * sizeof out->values[0]);
	for (size_t i = 0; i < kind->fields_n; i++)
		if ((present >> i & 1) != 0 && !get_value(&rest, kind->fields[i].type, &room, &out->values[i]))
			return false;
	return rest.n == 0;
}

/* What stands behind kind and id; false where the bytes are no packed fact. */
static bool skip_key(struct str packed, struct str *rest)
{
	enum id_form form;
	uint64_t number;
	struct str body;
	*rest = str_sub(packed, 1, packed.n);
	return packed.n > 0 && cut_id(rest, &form, &number, &body);
}

struct str dossier_key(struct str packed)
{
	struct str rest;
	return skip_key(packed, &rest) ? str_sub(packed, 0, packed.n - rest.n) : (struct str){0};
}

size_t dossier_key_put(enum dossier_kind kind, struct str id, char *out)
{
	out[0] = (char)kind;
	return 1 + put_id(out + 1, id);
}

struct instant dossier_updated(struct str packed)
{
	struct str rest;
	uint64_t updated;
	return skip_key(packed, &rest) && varint_get(&rest, &updated) ? unfold_instant(updated) : INSTANT_NONE;
}

static void buf_varint(struct buf *b, uint64_t v)
{
	char bytes[VARINT_MAX];
	buf_add(b, bytes, varint_put(bytes, v));
}

void dossier_begin(struct buf *b, struct instant exported)
{
	buf_char(b, DOSSIER_VERSION);
	buf_varint(b, fold_instant(exported));
}

void dossier_add(struct buf *b, struct instant exported, const struct dossier_item *item)
{
	bool other = item->exported.ms != exported.ms;
	buf_varint(b, item->packed.n << 2 | (other ? 2 : 0) | (item->gone ? 1 : 0));
	if (other)
		buf_varint(b, fold_instant(item->exported));
	buf_str(b, item->packed);
}

struct dossier_reader dossier_open(struct str bytes)
{
	struct dossier_reader d = {.rest = str_sub(bytes, 1, bytes.n), .exported = INSTANT_NONE};
	uint64_t exported;
	d.bad = bytes.n == 0 || bytes.p[0] != DOSSIER_VERSION || !varint_get(&d.rest, &exported);
	if (!d.bad)
		d.exported = unfold_instant(exported);
	return d;
}

bool dossier_next(struct dossier_reader *d, struct dossier_item *out)
{
	if (d->bad || d->rest.n == 0)
		return false;
	uint64_t head;
	uint64_t exported = 0;
	bool good = varint_get(&d->rest, &head) && ((head & 2) == 0 || varint_get(&d->rest, &exported)) &&
		    head >> 2 <= d->rest.n && head >> 2 <= DOSSIER_PACKED_MAX;
	if (!good) {
		d->bad = true;
		return false;
	}
	out->packed = str_sub(d->rest, 0, head >> 2);
	out->gone = (head & 1) != 0;
	out->exported = (head & 2) != 0 ? unfold_instant(exported) : d->exported;
	d->rest = str_sub(d->rest, head >> 2, d->rest.n);
	return true;
}
