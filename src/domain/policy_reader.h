/* Between policy_read.c, which reads a policy line by line, and policy_key.c, which reads the lines of
 * its order. */
#ifndef DOMAIN_POLICY_READER_H
#define DOMAIN_POLICY_READER_H

#include "domain/policy_words.h"

struct policy_reader {
	struct arena *arena;
	struct policy *p; /* zeroed when made, so that equal policies are equal bytes */
	struct policy_faults *faults;
	int line;
	bool in_order;
	unsigned seen; /* bits 1 << enum statement */
	int order_line;
	int line_of[PRIORITY_KEYS_N];                /* of each key; 0: not there */
	int bands_line[PRIORITY_TOOLS][BANDS_TYPES]; /* of each band; 0: not there */
};

/* Notes what is wrong; beyond POLICY_FAULTS nothing. */
void reader_fault(struct policy_reader *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The next word, or what stands between quotation marks; false where nothing is left. */
bool reader_word(struct str *rest, struct str *word, bool *quoted);

/* Takes `phrase`, whose words may be further apart in the text, from the beginning of *rest. */
bool reader_phrase(struct str *rest, const char *phrase);
bool reader_number(struct str *rest, int least, int most, int *out);

/* A line of the order. */
void reader_key(struct policy_reader *r, struct str line);

#endif
