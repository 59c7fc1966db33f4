/* The page of the twelve boxes, its forms, and the letter of observation to print. */
#ifndef WEB_PAGE_EVIDENCE_H
#define WEB_PAGE_EVIDENCE_H

#include "app/evidence.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

/* A box of the grid: a letter for the eye, words for the ear. */
struct evidence_box {
	bool inside; /* one of the 36 months */
	bool wanted;
	const char *kind; /* "third": part of its class */
	const char *mark; /* "T" */
	struct str words; /* "March 2026: Third-party, Alder Agency, record in the HMIS" */
};

struct evidence_row {
	int year;
	const struct evidence_box *boxes;
	size_t boxes_n;
};

/* A month that nothing evidences, or the person's own word alone. */
struct evidence_gap {
	const struct evidence_month *month;
	struct url letter;
};

struct evidence_page {
	const struct layout *layout;
	const struct evidence_view *view;
	struct str called;
	struct url household;
	struct url standing;
	struct url here;
	struct url withdraw;
	struct url task;
	struct url task_end;
	struct str csrf;
	struct str error;
	const struct evidence_row *rows;
	size_t rows_n;
	const struct evidence_gap *wanted; /* on the shortest way */
	size_t wanted_n;
	const struct evidence_gap *others;
	size_t others_n;
	struct str today;
	struct url disability;
	struct url disability_withdraw;
	const struct option_view *whats; /* what a disability paper can be */
	size_t whats_n;
	bool disability_again; /* that form comes back */
	struct str given_by, proof_dated, proof_kept;
	/* As it was typed. */
	struct str kind, first, last, agency, by_whom, dated, kept, month, owner, due;
};

struct evidence_letter_page {
	const struct layout *layout;
	struct str called;
	struct str hmis_id;
	struct str month;
	struct url back;
};

extern const struct form_spec evidence_form, evidence_withdraw_form, evidence_task_form, evidence_letter_form,
	disability_form;
must err_t page_evidence(struct request *rq, struct reply *out);
must err_t page_evidence_record(struct request *rq, struct reply *out);
must err_t page_evidence_withdraw(struct request *rq, struct reply *out);
must err_t page_evidence_task(struct request *rq, struct reply *out);
must err_t page_evidence_task_end(struct request *rq, struct reply *out);
must err_t page_disability_record(struct request *rq, struct reply *out);
must err_t page_disability_withdraw(struct request *rq, struct reply *out);
must err_t page_evidence_letter(struct request *rq, struct reply *out);

#endif
