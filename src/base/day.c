#include "base/day.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY_MS = 86400000 };

struct day day_min(struct day a, struct day b)
{
	if (!day_known(a))
		return b;
	if (!day_known(b))
		return a;
	return a.n < b.n ? a : b;
}

struct day day_max(struct day a, struct day b)
{
	return a.n > b.n ? a : b; /* unknown is the smallest number there is */
}

static bool is_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

/* Days of the civil calendar with years that begin in March, so that the leap day is the last. */
static int32_t civil_to_days(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

bool day_from_ymd(int year, int month, int day, struct day *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
		return false;
	out->n = civil_to_days(year, month, day);
	return true;
}

struct ymd day_to_ymd(struct day d)
{
	int z = d.n + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp + (mp < 10 ? 3 : -9);
	return (struct ymd){
		.year = yoe + era * 400 + (month <= 2),
		.month = month,
		.day = doy - (153 * mp + 2) / 5 + 1,
	};
}

int day_weekday(struct day d)
{
	int w = (d.n + 4) % 7; /* 1970-01-01 was a Thursday */
	return w < 0 ? w + 7 : w;
}

int32_t day_month(struct day d)
{
	struct ymd y = day_to_ymd(d);
	return y.year * 12 + y.month - 1;
}

struct day month_first(int32_t month)
{
	return (struct day){civil_to_days(month / 12, month % 12 + 1, 1)};
}

struct day month_last(int32_t month)
{
	return day_add(month_first(month + 1), -1);
}

struct day day_add_years(struct day d, int years)
{
	struct ymd y = day_to_ymd(d);
	y.year += years;
	int last = month_days(y.year, y.month);
	return (struct day){civil_to_days(y.year, y.month, y.day > last ? last : y.day)};
}

int day_age(struct day birth, struct day d)
{
	struct ymd b = day_to_ymd(birth);
	struct ymd t = day_to_ymd(d);
	int age = t.year - b.year;
	if (t.month < b.month || (t.month == b.month && t.day < b.day))
		age--;
	return age;
}

/* n digits at p as a number, or -1. */
static int digits(const char *p, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

bool day_parse(struct str s, struct day *out)
{
	struct day d;
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (!day_from_ymd(digits(s.p, 4), digits(s.p + 5, 2), digits(s.p + 8, 2), &d))
		return false;
	if (d.n < DAY_FIRST.n || d.n > DAY_LAST.n)
		return false;
	*out = d;
	return true;
}

const char *day_text(struct day d, char out[DAY_TEXT])
{
	out[0] = '\0';
	if (day_known(d)) {
		struct ymd y = day_to_ymd(d);
		snprintf(out, DAY_TEXT, "%04u-%02u-%02u", (unsigned)y.year % 10000U, (unsigned)y.month % 100U,
			 (unsigned)y.day % 100U);
	}
	return out;
}

static const char month_names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					"Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char weekday_names[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/* "21 Nov"; a list has a hundred of them, so they are written by hand. Returns what follows it. */
static char *put_day_month(char *p, struct ymd y)
{
	if (y.day >= 10)
		*p++ = (char)('0' + y.day / 10);
	*p++ = (char)('0' + y.day % 10);
	*p++ = ' ';
	memcpy(p, month_names[y.month - 1], 3);
	return p + 3;
}

const char *day_say(struct day d, char out[DAY_SAY])
{
	out[0] = '\0';
	if (day_known(d)) {
		struct ymd y = day_to_ymd(d);
		memcpy(out, weekday_names[day_weekday(d)], 3);
		out[3] = ' ';
		char *p = put_day_month(out + 4, y);
		*p++ = ' ';
		for (int unit = 1000; unit > 0; unit /= 10)
			*p++ = (char)('0' + y.year / unit % 10);
		*p = '\0';
	}
	return out;
}

const char *day_say_short(struct day d, char out[DAY_SAY])
{
	out[0] = '\0';
	if (day_known(d)) {
		*put_day_month(out, day_to_ymd(d)) = '\0';
	}
	return out;
}

const char *day_say_date(struct day d, char out[DAY_SAY])
{
	out[0] = '\0';
	if (day_known(d)) {
		struct ymd y = day_to_ymd(d);
		snprintf(out, DAY_SAY, "%u %s %04u", (unsigned)y.day % 100U, month_names[y.month - 1],
			 (unsigned)y.year % 10000U);
	}
	return out;
}

struct str day_span_say(struct arena *a, int days)
{
	if (days < 365)
		return str_fmt(a, "%d day%s", days, days == 1 ? "" : "s");
	int months = days * 12 / 365;
	return str_fmt(a, "%d days (%d y %d m)", days, months / 12, months % 12);
}

bool instant_parse(struct str s, struct instant *out)
{
	struct day d;
	if (!day_parse(str_sub(s, 0, 10), &d))
		return false;
	int h = 0;
	int m = 0;
	int sec = 0;
	if (s.n > 10) {
		if (s.n < 16 || (s.p[10] != ' ' && s.p[10] != 'T') || s.p[13] != ':')
			return false;
		h = digits(s.p + 11, 2);
		m = digits(s.p + 14, 2);
		if (s.n >= 19 && s.p[16] == ':')
			sec = digits(s.p + 17, 2);
		else if (s.n != 16)
			return false;
		/* Fractions of a second and a closing Z are let pass; HMIS software writes both. */
		for (size_t i = 19; i < s.n; i++)
			if (s.p[i] != '.' && s.p[i] != 'Z' && (s.p[i] < '0' || s.p[i] > '9'))
				return false;
	}
	if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60)
		return false;
	out->ms = (int64_t)d.n * DAY_MS + ((int64_t)h * 3600 + m * 60 + sec) * 1000;
	return true;
}

const char *instant_text(struct instant t, char out[INSTANT_TEXT])
{
	out[0] = '\0';
	if (!instant_known(t))
		return out;
	int64_t days = t.ms / DAY_MS - (t.ms % DAY_MS < 0);
	unsigned rest = (unsigned)((t.ms - days * DAY_MS) / 1000);
	char date[DAY_TEXT];
	day_text((struct day){(int32_t)days}, date);
	snprintf(out, INSTANT_TEXT, "%s %02u:%02u:%02u", date, rest / 3600 % 24U, rest / 60 % 60, rest % 60);
	return out;
}

struct instant clock_now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (struct instant){(int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000};
}

static struct tm local_time(struct instant t)
{
	struct tm tm;
	time_t seconds = (time_t)(t.ms / 1000 - (t.ms % 1000 < 0));
	localtime_r(&seconds, &tm);
	return tm;
}

struct day instant_day(struct instant t)
{
	struct tm tm = local_time(t);
	return (struct day){civil_to_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)};
}

const char *instant_clock(struct instant t, char out[CLOCK_TEXT])
{
	struct tm tm = local_time(t);
	snprintf(out, CLOCK_TEXT, "%02u:%02u", (unsigned)tm.tm_hour % 24U, (unsigned)tm.tm_min % 60U);
	return out;
}

struct instant day_at(struct day d, int hour, int minute)
{
	struct ymd y = day_to_ymd(d);
	struct tm tm = {
		.tm_year = y.year - 1900,
		.tm_mon = y.month - 1,
		.tm_mday = y.day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_isdst = -1,
	};
	return (struct instant){(int64_t)mktime(&tm) * 1000};
}
