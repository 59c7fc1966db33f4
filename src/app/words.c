#include "app/words.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DICTIONARIES "/usr/share/hunspell/"

/* What the field writes and no dictionary knows. */
static const char *const field[] = {"hmis",        "vash",      "ssvf",       "ssdi",      "hopwa",
				    "spdat",       "vispdat",   "tanf",       "hcv",       "lihtc",
				    "unsheltered", "rehousing", "caseworker", "voicemail", "intake",
				    "vouchers",    "medicaid",  "medicare",   "obamacare", "airbnb"};

static const char *const languages[] = {"en_US", "es_US"};
enum { LANGUAGES_N = sizeof languages / sizeof languages[0] };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* a dictionary serves one thread at a time */
static Hunhandle *dictionaries[LANGUAGES_N];

/* For the life of the program. */
static void load(void)
{
	for (size_t i = 0; i < LANGUAGES_N; i++) {
		char rules[64], words[64];
		snprintf(rules, sizeof rules, DICTIONARIES "%s.aff", languages[i]);
		snprintf(words, sizeof words, DICTIONARIES "%s.dic", languages[i]);
		if (access(rules, R_OK) == 0 && access(words, R_OK) == 0)
			dictionaries[i] = Hunspell_create(rules, words);
	}
}

static bool ordinary(void *ctx, struct str word)
{
	char text[64];
	bool known = false;
	(void)ctx;
	if (word.n == 0 || word.n >= sizeof text)
		return false;
	for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
		if (str_eq(word, str_from(field[i])))
			return true;
	memcpy(text, word.p, word.n);
	text[word.n] = '\0';
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < LANGUAGES_N && !known; i++)
		known = dictionaries[i] != NULL && Hunspell_spell(dictionaries[i], text) != 0;
	pthread_mutex_unlock(&lock);
	return known;
}

struct redact_words words_ordinary(void)
{
	pthread_once(&once, load);
	return (struct redact_words){.ordinary = ordinary};
}
