#include "domain/incident.h"

#include <string.h>

static const struct incident_step demand_steps[] = {
	{"kind",
	 "Find out what it is: a subpoena, a warrant, a court order or only a letter; who signed it, for which court, "
	 "for which day."},
	{"hold",
	 "Tell everybody whom it reached to hand over nothing and to say nothing, and keep what it asks for from "
	 "being disposed of."},
	{"counsel",
	 "Ask the CoC's counsel. A warrant that somebody holds at the door is read and copied, not argued with."},
	{"closed",
	 "See what the law keeps closed: substance use records need a court order of their own (42 CFR Part 2); "
	 "survivors' records with a victim service provider, and HIV facts, have laws of theirs."},
	{"tell",
	 "Tell the people whom it is about, unless a court forbids it; a survivor first, and with a safety plan."},
	{"least", "Answer in writing and through counsel, with the least that satisfies it, or have it quashed."},
	{"record", "Write down what was given, to whom and when."},
};

static const struct incident_step breach_steps[] = {
	{"stop", "Stop it: end sessions, close accounts, take shared files back, change what was let out."},
	{"keep", "Keep the traces: the journal and the record of who was shown to whom; change nothing on the device."},
	{"whom", "Find out whom it concerns, and what of them was seen. The record of disclosures says who was shown."},
	{"safety",
	 "Ask for each of them whether it puts them in danger. A survivor hears today, by the safe way, and is "
	 "offered a safety plan."},
	{"officers",
	 "Tell the CoC's and the agencies' officers, and those whom contracts and memoranda name, in their time. A "
	 "victim service provider tells its grant office within 24 hours."},
	{"people",
	 "Tell everybody concerned, in plain words: what happened, what it may mean, what is done, whom to call. State "
	 "law says by when."},
	{"mend", "Mend the cause, and look for others like it."},
	{"report", "Write down what happened and what was learned."},
};

static const struct {
	const char *word;
	const char *say;
	int days;
	const struct incident_step *steps;
	size_t n;
} kinds[] = {
	[INCIDENT_DEMAND] = {"demand", "Somebody asks for records by law", 3, demand_steps,
			     sizeof demand_steps / sizeof *demand_steps},
	[INCIDENT_BREACH] = {"breach", "Something got out, or may have", 1, breach_steps,
			     sizeof breach_steps / sizeof *breach_steps},
};

const char *incident_kind_word(enum incident_kind k)
{
	return kinds[k].word;
}

const char *incident_kind_say(enum incident_kind k)
{
	return kinds[k].say;
}

bool incident_kind_from_word(const char *word, enum incident_kind *out)
{
	for (int k = 0; k < INCIDENT_KINDS_N; k++)
		if (strcmp(kinds[k].word, word) == 0) {
			*out = (enum incident_kind)k;
			return true;
		}
	return false;
}

const struct incident_step *incident_steps(enum incident_kind k, size_t *n)
{
	*n = kinds[k].n;
	return kinds[k].steps;
}

const struct incident_step *incident_step_of(enum incident_kind k, const char *word)
{
	for (size_t i = 0; i < kinds[k].n; i++)
		if (strcmp(kinds[k].steps[i].word, word) == 0)
			return &kinds[k].steps[i];
	return NULL;
}

int incident_days(enum incident_kind k)
{
	return kinds[k].days;
}
