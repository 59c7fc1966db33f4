#include "hmis/cell.h"

#include <string.h>

#include "base/limit.h"

struct hmis_check hmis_check_make(enum hmis_file f, uint16_t number)
{
	const struct hmis_column *column = &hmis_files[f].columns[number];
	const struct hmis_list *list = &hmis_lists[column->list];
	struct hmis_check c = {.column = column, .number = number, .listed = list->values != NULL};
	for (size_t i = 0; i < list->n; i++) {
		unsigned code = (unsigned)list->values[i].code;
		if (hmis_value_allowed(column, code))
			c.codes[code / 64] |= 1ULL << code % 64;
	}
	return c;
}

/* No control character, no byte over 0x7E: nothing that needs a closer look. */
static bool is_plain(struct str s)
{
	const uint64_t ones = 0x0101010101010101ULL;
	uint64_t odd = 0;
	size_t i = 0;
	for (; i + 8 <= s.n; i += 8) {
		uint64_t v;
		memcpy(&v, s.p + i, 8);
		/* Below 0x20 borrows, 0x7F and above carries into the top bit. */
		odd |= v | (v - ones * 0x20) | (v + ones);
	}
	for (; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		odd |= c < 0x20 || c > 0x7E ? 0x80U : 0;
	}
	return (odd & ones * 0x80) == 0;
}

/* Two digits at p, or a number over 99. */
static inline unsigned two_digits(const char *p)
{
	unsigned tens = (unsigned char)p[0] - (unsigned)'0';
	unsigned ones = (unsigned char)p[1] - (unsigned)'0';
	return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

/* As day_parse, faster: exports hold tens of millions of dates. */
static bool read_day(const char *p, struct day *out)
{
	static const uint16_t before[2][13] = {
		{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
		{0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
	};
	unsigned century = two_digits(p);
	unsigned year = two_digits(p + 2);
	unsigned month = two_digits(p + 5) - 1;
	unsigned day = two_digits(p + 8) - 1;
	if (century - 19 > 2 || year > 99 || month > 11 || p[4] != '-' || p[7] != '-')
		return false;
	year += century * 100;
	unsigned leap = year % 4 == 0 && (year % 100 != 0 || year == 2000);
	if (day >= (unsigned)before[leap][month + 1] - before[leap][month])
		return false;
	/* Years from 1900: each fourth but 1900 itself and 2100 is a leap year. */
	unsigned since = year - 1900;
	unsigned leaps = (since + 3) / 4 - (since > 0) - (since > 200);
	out->n = DAY_FIRST.n + (int32_t)(since * 365 + leaps + before[leap][month] + day);
	return true;
}

static bool read_instant(struct str s, struct instant *out)
{
	struct day day;
	if (s.n != 19 || s.p[10] != ' ' || s.p[13] != ':' || s.p[16] != ':' || !read_day(s.p, &day))
		return instant_parse(s, out);
	unsigned h = two_digits(s.p + 11);
	unsigned m = two_digits(s.p + 14);
	unsigned sec = two_digits(s.p + 17);
	if (h > 23 || m > 59 || sec > 60)
		return false;
	out->ms = (int64_t)day.n * 86400000 + (int64_t)(h * 3600 + m * 60 + sec) * 1000;
	return true;
}

/* Nearly all numbers of an export are codes of one to three digits. */
static inline bool read_number(struct str s, int64_t *out)
{
	if (s.n > 3)
		return str_to_i64(s, out);
	unsigned n = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';
		if (digit > 9)
			return str_to_i64(s, out);
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

static enum hmis_problem read_int(const struct hmis_check *c, struct str s, struct hmis_cell *out)
{
	int64_t n = 0;
	if (!read_number(s, &n))
		return HMIS_INT_BAD;
	if (c->listed && (n < 0 || n >= HMIS_CODES_MAX || (c->codes[n / 64] >> n % 64 & 1) == 0)) {
		bool situation = c->column->list == HMIS_LIST_3_12_1;
		return situation && hmis_situation_is_legacy(n) ? HMIS_SITUATION_LEGACY : HMIS_VALUE_UNLISTED;
	}
	out->n = n;
	out->known = true;
	return HMIS_NO_PROBLEM;
}

static enum hmis_problem read_text(struct str s, size_t max, enum hmis_problem too_long, struct hmis_cell *out)
{
	if (s.n > max)
		return too_long;
	if (!is_plain(s) && !str_is_clean_text(s))
		return HMIS_TEXT_UNREADABLE;
	out->text = s;
	out->known = true;
	return HMIS_NO_PROBLEM;
}

enum hmis_problem hmis_cell_read(const struct hmis_check *c, struct str s, struct hmis_cell *out)
{
	out->known = false;
	if (s.n == 0)
		return HMIS_NO_PROBLEM;
	switch (c->column->type) {
	case HMIS_ID:
		return read_text(s, LIMIT_HMIS_ID, HMIS_ID_LONG, out);
	case HMIS_TEXT:
		return read_text(s, HMIS_TEXT_MAX, HMIS_TEXT_LONG, out);
	case HMIS_INT:
		return read_int(c, s, out);
	case HMIS_DAY:
		out->known = s.n == 10 && read_day(s.p, &out->day);
		return out->known ? HMIS_NO_PROBLEM : HMIS_DAY_BAD;
	case HMIS_INSTANT:
		out->known = read_instant(s, &out->at);
		return out->known ? HMIS_NO_PROBLEM : HMIS_INSTANT_BAD;
	case HMIS_MONEY:
		break;
	}
	return HMIS_NO_PROBLEM;
}

enum { DISABILITY_SUBSTANCE = 10 };

/* The answer to a substance use row names the substance; what is kept is that there is one. */
static enum hmis_problem withhold_disability(struct hmis_cell *cells)
{
	struct hmis_cell *type = &cells[HMIS_Disabilities_DisabilityType];
	struct hmis_cell *response = &cells[HMIS_Disabilities_DisabilityResponse];
	bool substance = !type->known || type->n == DISABILITY_SUBSTANCE;
	type->known = false;
	if (!response->known)
		return HMIS_NO_PROBLEM;
	enum hmis_list_id list = substance ? HMIS_LIST_4_10_2 : HMIS_LIST_1_8;
	if (hmis_value_text(list, response->n).n == 0) {
		response->known = false;
		return HMIS_VALUE_UNLISTED;
	}
	if (response->n == 2 || response->n == 3)
		response->n = 1;
	return HMIS_NO_PROBLEM;
}

enum hmis_problem hmis_row_withhold(enum hmis_file f, struct hmis_cell *cells, uint16_t *column)
{
	if (f == HMIS_Disabilities) {
		*column = HMIS_Disabilities_DisabilityResponse;
		return withhold_disability(cells);
	}
	if (f == HMIS_HealthAndDV) {
		struct hmis_cell *fleeing = &cells[HMIS_HealthAndDV_CurrentlyFleeing];
		if (fleeing->known && fleeing->n == 1)
			cells[HMIS_HealthAndDV_DomesticViolenceSurvivor] = *fleeing;
		fleeing->known = false;
	}
	return HMIS_NO_PROBLEM;
}
