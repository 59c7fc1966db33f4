/* What a household is counted with: sub-populations, where it is enrolled, what it could be housed in.
 *
 * Bits of one number per household, made with its row (domain/listing.h), for filters, for lists and goals of a part
 * of the list, and for nothing else: no tag is a key of the order.
 *
 * Sub-populations (case conferencing overview: "older people, young people, families, individuals"). Youth: everybody
 * of it is under 25 (HUD's youth households, parenting ones too). Older: somebody of it is 55 or older (ours; HUD's
 * "elderly" of 62 is a rule of its programs). Family: adults and children. Individual: one person, or adults without a
 * child. An age that is not known tells neither.
 *
 * Enrolled: project types of stays that are open on the day, of any living member.
 *
 * Eligible: what the recorded facts do not speak against; a project decides by its own papers. Of open list spells of a
 * head who is literally homeless (24 CFR 578.3, category 1; an institution for under 90 days counts): rapid rehousing
 * and transitional housing (578.37); supportive housing with a disabling condition, from transitional housing as well;
 * dedicated supportive housing where chronic homelessness is verified or likely. */
#ifndef DOMAIN_TAG_H
#define DOMAIN_TAG_H

#include "domain/listing.h"

/* Name, word. */
#define TAG_GROUPS(X)                                                                                                  \
	X(TAG_YOUTH, "youth")                                                                                          \
	X(TAG_OLDER, "older")                                                                                          \
	X(TAG_FAMILY, "family")                                                                                        \
	X(TAG_INDIVIDUAL, "individual")
#define TAG_ENROLLMENTS(X)                                                                                             \
	X(TAG_IN_OUTREACH, "outreach")                                                                                 \
	X(TAG_IN_SHELTER, "shelter")                                                                                   \
	X(TAG_IN_SAFE_HAVEN, "safe_haven")                                                                             \
	X(TAG_IN_TRANSITIONAL, "transitional")                                                                         \
	X(TAG_IN_RAPID, "rapid")                                                                                       \
	X(TAG_IN_SUPPORTIVE, "supportive")                                                                             \
	X(TAG_IN_HOUSING, "housing")                                                                                   \
	X(TAG_IN_COORDINATED, "coordinated_entry")                                                                     \
	X(TAG_IN_SERVICES, "services")
#define TAG_CHANCES(X)                                                                                                 \
	X(TAG_FOR_RAPID, "rapid")                                                                                      \
	X(TAG_FOR_TRANSITIONAL, "transitional")                                                                        \
	X(TAG_FOR_SUPPORTIVE, "supportive")                                                                            \
	X(TAG_FOR_DEDICATED, "dedicated")

/* Numbers of bits. */
enum tag {
#define X(name, word) name,
	TAG_GROUPS(X) TAG_ENROLLMENTS(X) TAG_CHANCES(X)
#undef X
		TAGS_N
};

/* The bits of one kind, from its first one. */
#define X(name, word) +1
enum {
	TAG_GROUPS_N = TAG_GROUPS(X),
	TAG_ENROLLMENTS_N = TAG_ENROLLMENTS(X),
	TAG_CHANCES_N = TAG_CHANCES(X),
};
#undef X
static inline uint64_t tag_part(uint32_t tags, enum tag first, int n)
{
	return (tags >> first & ((UINT32_C(1) << n) - 1));
}

/* The tags of a row whose other facts are there. The roster is settled and was told what was seen. */
uint32_t tag_of(const struct roster *r, const struct listing_row *row);

#endif
