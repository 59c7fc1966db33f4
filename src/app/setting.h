/* Settings: what a CoC may decide about its list beside its policy (app/policy.h), in one table with
 * defaults.
 *
 * The database holds those that differ from their default. A value that does not fit, whoever wrote
 * it, counts as not set; nothing is decided by half a setting.
 *
 *     struct settings s;
 *     TRY(app_settings(db, a, &s));   (inside a transaction)
 *     if (s.rules.contact_overdue_days …)
 */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "app/app.h"
#include "domain/roster.h"

/* Key, where it goes in struct settings, default, least, most, what it means. Defaults of rules are
 * those of DEFINITIONS.md, as domain/roster.h has them. */
#define SETTINGS_INT(X)                                                                                                \
	X(window_coordinated, rules.window_coordinated, 90, 1, 3650,                                                   \
	  "days that a contact in coordinated entry keeps a household active")                                         \
	X(window_other, rules.window_other, 60, 1, 3650,                                                               \
	  "days that any other contact, or having left a shelter, does")                                               \
	X(window_night, rules.window_night, 15, 1, 3650, "days that a night in night-by-night shelter does")           \
	X(institution_days, rules.institution_days, 90, 0, 3650, "days in an institution that change nothing")         \
	X(placement_days, rules.placement_days, 90, 0, 3650,                                                           \
	  "days within which a lost placement gives the old list start back")                                          \
	X(transitional_opens, rules.transitional_opens, 1, 0, 1, "1: an entry to transitional housing opens a spell")  \
	X(contact_overdue_days, rules.contact_overdue_days, 90, 1, 3650, "days without contact that are flagged")      \
	X(missed_move_in_days, rules.missed_move_in_days, 180, 1, 3650,                                                \
	  "days in permanent housing without a move-in that are flagged")                                              \
	X(situation_old_days, rules.situation_old_days, 90, 1, 3650,                                                   \
	  "days without a living situation, in outreach or coordinated entry, that are flagged")                       \
	X(night_old_days, rules.night_old_days, 30, 1, 3650,                                                           \
	  "days without a night in night-by-night shelter that are flagged")                                           \
	X(long_stay_days, rules.long_stay_days, 365, 1, 3650, "days in one shelter that are flagged")                  \
	X(status_old_days, rules.status_old_days, 90, 1, 3650,                                                         \
	  "days without a change of status or a contact that are flagged")                                             \
	X(handover_days, handover_days, 30, 0, 365,                                                                    \
	  "days after an exit for which the agency still hands over, by name")                                         \
	X(correction_days, correction_days, 30, 1, 60,                                                                 \
	  "days within which a correction that somebody asked for is answered")                                        \
	X(referral_days, referral_days, 1, 1, 10,                                                                      \
	  "business days within which a referral that was asked for is issued")                                        \
	X(timely_days, timely_days, 3, 0, 30, "days within which a fact is entered in time")                           \
	X(keep_years, keep_years, 7, 1, 100,                                                                           \
	  "years that names of who is enrolled nowhere, texts of conferences and the record of disclosures are kept")  \
	X(keep_aside_days, keep_aside_days, 365, 1, 36500,                                                             \
	  "days that what an import set aside is kept, and a file of another list that nobody loaded")                 \
	X(households_per_agency, households_per_agency, 25, 1, 10000,                                                  \
	  "active households to each agency of a county, above which its coverage is marked as low")                   \
	X(mail_port, mail_port, 587, 1, 65535,                                                                         \
	  "port of the mail server: 465 begins with TLS, any other with STARTTLS")                                     \
	X(mail_plain, mail_plain, 0, 0, 1, "1: mail goes without TLS, to a mail server on 127.0.0.1 alone")            \
	X(demo, demo, 0, 0, 1, "1: a made-up CoC; the sign-in page says how to sign in")

/* Who sees everything, and who lets people in. */
#define SECOND_FACTOR_DEFAULT "administrator,list-holder,privacy-officer"

#define SETTINGS_TEXT(X)                                                                                               \
	X(time_zone, time_zone, "America/Chicago", "the CoC's time zone")                                              \
	X(second_factor, second_factor, SECOND_FACTOR_DEFAULT,                                                         \
	  "roles that must sign in with a second step, commas between; none: no role must")                            \
	X(mail_host, mail_host, "none", "the server that takes mail; none: no mail is sent")                           \
	X(mail_user, mail_user, "none", "who signs in there, with the password in mail.password; none: nobody")        \
	X(mail_from, mail_from, "none", "the address that mail comes from: byname@coc.example")                        \
	X(mail_authorities, mail_authorities, "none",                                                                  \
	  "a file of certificates (PEM) to trust for it; none: the system's")                                          \
	X(site_address, site_address, "none",                                                                          \
	  "where people sign in, for mail and single sign-on: https://byname.coc.example; none: not said")             \
	X(oidc_issuer, oidc_issuer, "none", "single sign-on: the provider's issuer address; none: there is none")      \
	X(oidc_client, oidc_client, "none", "single sign-on: byname's client id there")                                \
	X(oidc_secret, oidc_secret, "none",                                                                            \
	  "single sign-on: the client secret; sealed, read from a file, never shown")                                  \
	X(oidc_button, oidc_button, "your work account", "single sign-on: what the button signs in with")              \
	X(oidc_second_step, oidc_second_step, "none",                                                                  \
	  "single sign-on: the provider's acr that says a second step was taken there, if it has one")

struct settings {
	struct rules rules;
	int handover_days;
	int correction_days;
	int referral_days;
	int timely_days;
	int keep_years;
	int keep_aside_days;
	int households_per_agency;
	int mail_port;
	int mail_plain;
	int demo;
	struct str time_zone;
	struct str second_factor;
	struct str mail_host;
	struct str mail_user;
	struct str mail_from;
	struct str mail_authorities;
	struct str site_address;
	struct str oidc_issuer, oidc_client, oidc_button, oidc_second_step;
	struct str oidc_secret; /* sealed: setting_secret */
};

/* All settings, inside a transaction. */
must err_t app_settings(struct db *db, struct arena *a, struct settings *out);

/* Whether a value of `second_factor` names the role. */
bool setting_has_role(struct str roles, enum role role);

/* Whether a text that may be "none" is set. */
bool setting_given(struct str value);

/* The client secret, opened; empty where none is set. */
must err_t setting_secret(struct call *c, const struct settings *s, struct str *out);

/* The rules alone. */
must err_t app_rules(struct db *db, struct arena *a, struct rules *out);

/* A setting as somebody reads and writes it. */
struct setting_row {
	struct str key, value, otherwise; /* `otherwise`: the default */
	const char *say;
	bool secret; /* `value` is "set" where there is one */
};

/* Every setting, in the order of the table. Operators and whoever may set regions. */
must err_t app_setting_list(struct call *c, struct setting_row **out, size_t *n);

/* Sets one, and derives the list anew by it. ERR_MISSING: no such setting. ERR_INVALID: a value that
 * does not fit. ERR_CONFLICT, ERR_RETRY: it is set, but an
 * import stands in the way of the list; the sentence says so, and setting it again helps. A server that
 * runs takes over `time_zone` and `demo` when it is started again. */
must err_t app_setting_put(struct call *c, struct str key, struct str value);

#endif
