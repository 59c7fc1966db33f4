#include "domain/password.h"

#include <stdbool.h>
#include <string.h>

enum { ROOM = 4 * PASSWORD_MAX, WORD_LEAST = 3, RUN_LEAST = 3, WORD_COUNTS = 2 };

/* What is guessed first, in lower case: words of lists of passwords that leaked, one blank between two. */
static const char common[] =
	"password passwort passwd passcode contrasena clave qwerty qwertz azerty asdf zxcv qazwsx wsxedc edcrfv "
	"letmein "
	"welcome bienvenido iloveyou loveyou teamo trustno admin administrator root user guest login signin test "
	"testing "
	"demo temp temporary default changeme change secret topsecret private access security secure system computer "
	"internet server network office windows microsoft google facebook linkedin instagram twitter youtube netflix "
	"amazon apple iphone android samsung "
	"monkey dragon tiger lion eagle falcon panther bulldog kitty puppy butterfly unicorn dolphin chicken "
	"princess prince queen king angel baby babygirl babyboy lover sweetie honey sugar cookie chocolate banana "
	"cherry "
	"orange purple yellow silver golden diamond pepper ginger cheese pumpkin cupcake "
	"football baseball basketball soccer hockey softball golf tennis volleyball wrestling yankees cowboys lakers "
	"steelers packers eagles redsox chelsea arsenal liverpool barcelona realmadrid "
	"superman batman spiderman pokemon pikachu starwars skywalker gandalf hobbit matrix ninja samurai pirate "
	"wizard "
	"master hunter killer shadow phoenix thunder lightning warrior soldier ranger maverick "
	"sunshine rainbow flower summer winter spring autumn fall snowman beach ocean river mountain forest "
	"january february march april june july august september october november december monday tuesday wednesday "
	"thursday friday saturday sunday christmas halloween easter birthday holiday "
	"michael jennifer jessica ashley michelle nicole daniel andrew joshua matthew robert thomas jordan charlie "
	"george william david maria carlos alexander amanda samantha elizabeth brandon justin anthony hannah andrea "
	"family mother father sister brother friend friends forever jesus christ faith bless blessed heaven "
	"america american texas florida california newyork chicago dallas houston london paris canada mexico "
	"mustang corvette harley porsche ferrari mercedes toyota honda chevy "
	"hello goodbye whatever nothing something anything blahblah please thanks lucky happy smile freedom money "
	"homeless housing shelter hmis caseworker outreach coordinated entry continuum";

/* Rows of the keyboard; both ways, three keys in a row are a run. */
static const char *const rows[] = {"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"};

struct judged {
	char text[ROOM];  /* lower case */
	char plain[ROOM]; /* and letters for the digits that stand for them */
	bool out[ROOM];   /* counts for nothing */
	size_t n;
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static char plain(char c)
{
	static const char from[] = "013457@$!";
	static const char to[] = "oieastasi";
	const char *at = c == '\0' ? NULL : strchr(from, c);
	return at == NULL ? c : to[at - from];
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ((unsigned char)c & 0x80) != 0;
}

static void read(struct judged *j, struct str s)
{
	j->n = s.n < ROOM ? s.n : ROOM;
	for (size_t i = 0; i < j->n; i++) {
		j->text[i] = lower(s.p[i]);
		j->plain[i] = plain(j->text[i]);
		j->out[i] = !is_letter(j->text[i]);
	}
}

/* Marks each place of the word; false: it is nowhere. Found in what stands there or in what is meant. */
static bool take_word(struct judged *j, const char *word, size_t n)
{
	bool found = false;
	for (size_t i = 0; i + n <= j->n; i++) {
		if (memcmp(j->text + i, word, n) != 0 && memcmp(j->plain + i, word, n) != 0)
			continue;
		memset(j->out + i, true, n);
		found = true;
	}
	return found;
}

static size_t take_common(struct judged *j)
{
	size_t found = 0;
	for (const char *p = common; *p != '\0';) {
		size_t n = strcspn(p, " ");
		found += take_word(j, p, n);
		p += n + (p[n] == ' ');
	}
	return found;
}

static bool take_own(struct judged *j, struct str own)
{
	char word[ROOM];
	size_t n = 0;
	bool found = false;
	for (size_t i = 0; i <= own.n; i++) {
		char c = i < own.n ? lower(own.p[i]) : ' ';
		if (is_letter(c) && n < ROOM) {
			word[n++] = c;
			continue;
		}
		if (n >= WORD_LEAST)
			found |= take_word(j, word, n);
		n = 0;
	}
	return found;
}

/* +1 or -1 where b follows a in a row, 2 where they are the same, 0 else. */
static int step(char a, char b)
{
	if (a == b)
		return 2;
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		const char *p = strchr(rows[r], a);
		const char *q = strchr(rows[r], b);
		if (p != NULL && q != NULL && (q - p == 1 || p - q == 1))
			return (int)(q - p);
	}
	return 0;
}

static void take_runs(struct judged *j)
{
	for (size_t i = 0; i < j->n;) {
		size_t end = i + 1;
		int way = end < j->n && j->text[i] != '\0' && j->text[end] != '\0' ? step(j->text[i], j->text[end]) : 0;
		while (way != 0 && end < j->n && j->text[end] != '\0' && step(j->text[end - 1], j->text[end]) == way)
			end++;
		if (end - i >= RUN_LEAST)
			memset(j->out + i, true, end - i);
		i = end - i >= RUN_LEAST ? end : i + 1;
	}
}

static void take_years(struct judged *j)
{
	for (size_t i = 0; i + 4 <= j->n; i++) {
		const char *p = j->text + i;
		bool century = memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0;
		if (century && p[2] >= '0' && p[2] <= '9' && p[3] >= '0' && p[3] <= '9')
			memset(j->out + i, true, 4);
	}
}

/* The same again and again, as "bluesky bluesky". */
static bool repeats(const struct judged *j)
{
	for (size_t period = 1; period <= j->n / 2 + 1 && period < j->n; period++)
		if (memcmp(j->text, j->text + period, j->n - period) == 0)
			return true;
	return false;
}

enum password_fault password_judge(struct str password, const struct str *own, size_t own_n)
{
	size_t length = str_utf8_len(password);
	if (length < PASSWORD_MIN)
		return PASSWORD_SHORT;
	if (length > PASSWORD_MAX)
		return PASSWORD_LONG;
	struct judged j;
	read(&j, password);
	bool named = false;
	for (size_t i = 0; i < own_n; i++)
		named |= take_own(&j, own[i]);
	size_t words = take_common(&j);
	take_runs(&j);
	take_years(&j);
	size_t left = words > 1 ? WORD_COUNTS * (words - 1) : 0;
	for (size_t i = 0; i < j.n; i++)
		left += !j.out[i];
	if (left >= PASSWORD_LEFT && !repeats(&j))
		return PASSWORD_FINE;
	return named ? PASSWORD_OWN : PASSWORD_COMMON;
}
