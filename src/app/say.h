/* Facts in the words people use, for views. */
#ifndef APP_SAY_H
#define APP_SAY_H

#include "base/day.h"
#include "domain/household.h"

/* "today", "yesterday", "4 days ago", "41 days ago"; "never" for an unknown day. */
struct str say_days_ago(struct arena *a, struct day d, struct day today);

/* "single adult", "couple or adults, 2 people", "family of 3", "child or youth alone". */
struct str say_household(struct arena *a, enum household_type type, int members);

/* "5th of 214". */
struct str say_rank(struct arena *a, int rank, int of);

#endif
