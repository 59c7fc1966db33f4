/* The HMIS codes that the rules speak of, and the groups they form.
 *
 * Codes travel as the numbers of the HMIS CSV. An empty field is CODE_MISSING (99, "data not
 * collected"), which every rule treats alike. Source: HMIS data standards FY2024 and FY2026,
 * lists 2.02.6, 3.917, 4.12 and 3.12, in which the hundreds of a living situation say what it is.
 */
#ifndef DOMAIN_CODE_H
#define DOMAIN_CODE_H

#include <stdbool.h>

enum { CODE_NO = 0, CODE_YES = 1, CODE_MISSING = 99 };

enum project_type {
	PROJECT_SHELTER = 0,       /* emergency shelter, entry to exit */
	PROJECT_NIGHT_SHELTER = 1, /* emergency shelter, night by night */
	PROJECT_TRANSITIONAL = 2,
	PROJECT_SUPPORTIVE = 3, /* permanent supportive housing */
	PROJECT_OUTREACH = 4,
	PROJECT_SERVICES = 6,
	PROJECT_OTHER = 7,
	PROJECT_SAFE_HAVEN = 8,
	PROJECT_HOUSING = 9,
	PROJECT_HOUSING_SERVICES = 10,
	PROJECT_DAY_SHELTER = 11,
	PROJECT_PREVENTION = 12,
	PROJECT_RAPID = 13,
	PROJECT_COORDINATED = 14,
};

enum {
	SITUATION_CODE_OTHER = 17,
	SITUATION_CODE_SHELTER = 101,
	SITUATION_CODE_STREET = 116,
	SITUATION_CODE_SAFE_HAVEN = 118,
	DESTINATION_DECEASED = 24,
	DESTINATION_NO_INTERVIEW = 30,
};

enum { RELATION_HEAD = 1, RELATION_MISSING = CODE_MISSING };

static inline bool type_is_permanent(int type)
{
	return type == PROJECT_SUPPORTIVE || type == PROJECT_HOUSING || type == PROJECT_HOUSING_SERVICES ||
	       type == PROJECT_RAPID;
}

/* Shelter, safe haven or transitional housing where being enrolled means sleeping there. */
static inline bool type_is_roof(int type)
{
	return type == PROJECT_SHELTER || type == PROJECT_SAFE_HAVEN || type == PROJECT_TRANSITIONAL;
}

/* Enrollments that say "homeless" by themselves: shelter, safe haven, transitional, outreach. */
static inline bool type_is_homeless(int type)
{
	return type_is_roof(type) || type == PROJECT_NIGHT_SHELTER || type == PROJECT_OUTREACH;
}

/* Services, day shelter, prevention, other: an entry there says nothing about the list. */
static inline bool type_is_aside(int type)
{
	return type == PROJECT_SERVICES || type == PROJECT_OTHER || type == PROJECT_DAY_SHELTER ||
	       type == PROJECT_PREVENTION;
}

/* Street, shelter or safe haven: 24 CFR 578.3 (1)(i), "literally homeless". */
static inline bool situation_is_homeless(int code)
{
	return code == SITUATION_CODE_SHELTER || code == SITUATION_CODE_STREET || code == SITUATION_CODE_SAFE_HAVEN;
}

static inline bool situation_is_institution(int code)
{
	return code == 204 || code == 205 || code == 206 || code == 207 || code == 215 || code == 225;
}

static inline bool situation_is_permanent(int code)
{
	return code >= 400 && code <= 499;
}

#endif
