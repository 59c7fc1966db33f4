/* Agencies with their memoranda of understanding, and what people signed: the administrator's register, and the page on
 * which everybody signs their own confidentiality agreement. */
#ifndef WEB_PAGE_AGENCY_H
#define WEB_PAGE_AGENCY_H

#include "app/mou.h"
#include "web/layout.h"
#include "web/reply.h"
#include "web/request.h"

struct agency_view {
	const struct register_agency *agency;
	enum tone tone; /* of the chip that says how long its memorandum holds */
	struct str law; /* that it serves somebody comes under it; empty: under none of its own */
	struct mou_line {
		const struct mou_row *mou;
		struct html_words from, until;
	} * memoranda;
	size_t memoranda_n;
};

struct signer_view {
	const struct register_person *person;
	enum tone tone;
};

struct agencies_page {
	const struct layout *layout;
	struct str csrf, error, done;
	const struct str *renew;
	size_t renew_n;
	const struct agency_view *agencies;
	size_t agencies_n;
	const struct signer_view *people;
	size_t people_n;
	/* What was typed, or what a form begins with. */
	const struct option_view *of_agency, *of_person, *laws;
	size_t of_agency_n, of_person_n, laws_n;
	struct str from, until, regions, signed_by, document, signed_on;
};

struct agreement_page {
	const struct layout *layout;
	struct str csrf, error;
	const struct agreement_own *own;
	const struct option_view *texts; /* to choose from, where there are several */
	size_t texts_n;
	struct html_words until; /* of the one that holds */
	bool holds;
};

extern const struct form_spec mou_form, mou_end_form, signature_form, agreement_form, agency_law_form;
must err_t page_agencies(struct request *rq, struct reply *out);
must err_t page_mou_add(struct request *rq, struct reply *out);
must err_t page_mou_end(struct request *rq, struct reply *out);
must err_t page_signature(struct request *rq, struct reply *out);
must err_t page_agency_law(struct request *rq, struct reply *out);
must err_t page_agreement(struct request *rq, struct reply *out);
must err_t page_agreement_sign(struct request *rq, struct reply *out);

#define AGENCY_ROUTES                                                                                                  \
	{METHOD_GET, "/agencies", CAN_USERS, 0, NULL, page_agencies},                                                  \
		{METHOD_POST, "/agencies/memorandum", CAN_USERS, 0, &mou_form, page_mou_add},                          \
		{METHOD_POST, "/agencies/memorandum/end", CAN_USERS, 0, &mou_end_form, page_mou_end},                  \
		{METHOD_POST, "/agencies/signature", CAN_USERS, 0, &signature_form, page_signature},                   \
		{METHOD_POST, "/agencies/law", CAN_USERS, 0, &agency_law_form, page_agency_law},                       \
		{METHOD_GET, "/account/agreement", CAN_ACCOUNT, 0, NULL, page_agreement},                              \
	{                                                                                                              \
		METHOD_POST, "/account/agreement", CAN_ACCOUNT, 0, &agreement_form, page_agreement_sign                \
	}

#endif
