/* What a conference leaves to be copied into the HMIS, household by household (domain/hmis_block.h), for who may read
 * notes about them: their list holder and the agencies that serve them. */
#ifndef APP_HMIS_BLOCK_H
#define APP_HMIS_BLOCK_H

#include "app/household.h"

struct hmis_block_row {
	struct str called;
	struct str text;
};

struct hmis_blocks {
	struct str id, title, day;
	struct hmis_block_row *rows; /* in the order of the queue */
	size_t rows_n;
	int others; /* households for which there is nothing to copy, or not for this viewer */
};

/* ERR_CONFLICT before the conference is closed; ERR_MISSING as for the conference. */
must err_t app_hmis_blocks(struct call *c, struct str conference, struct hmis_blocks *out);

#endif
