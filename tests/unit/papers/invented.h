/* An invented list for tests of documents: recognisable names, and every kind of text that a cell may hold. */
#ifndef TESTS_PAPERS_INVENTED_H
#define TESTS_PAPERS_INVENTED_H

#include "papers/papers.h"

enum { INVENTED_COLUMNS = 5, INVENTED_ODD = 12 };

struct invented {
	size_t rows; /* asked for; the first INVENTED_ODD are the odd texts below */
	size_t at;   /* how many were given */
	char text[64];
};

extern const char *const invented_odd[INVENTED_ODD];

/* A name that stands in row 0 of every such list, and in nothing else. */
#define INVENTED_NAME "Quillfeather-Zzyzx"

struct paper_table invented_table(struct invented *i, size_t rows);

#endif
