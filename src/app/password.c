#include "app/password.h"

#include <semaphore.h>
#include <sodium.h>

#include "app/brake.h"
#include "base/id.h"

enum { HASHES_AT_ONCE = 2 };

/* Each hash takes 64 MiB, so only so many run at once; the others wait here. */
static sem_t hashing;

__attribute__((constructor)) static void hashing_init(void)
{
	sem_init(&hashing, 0, HASHES_AT_ONCE);
}

static void hashing_enter(void)
{
	while (sem_wait(&hashing) != 0)
		;
}

struct str password_once(struct arena *a)
{
	struct id id = id_new();
	return str_fmt(a, "%.5s-%.5s-%.5s-%.5s", id.s, id.s + 5, id.s + 10, id.s + 15);
}

err_t password_hash(struct arena *a, struct str password, struct str *out)
{
	char *text = arena_many(a, crypto_pwhash_STRBYTES, char);
	hashing_enter();
	int failed = crypto_pwhash_str(text, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
				       crypto_pwhash_MEMLIMIT_INTERACTIVE);
	sem_post(&hashing);
	if (failed != 0)
		return err_internal(a, "no memory to hash a password");
	*out = str_from(text);
	return NULL;
}

/* A hash that no password fits, so that an unknown name takes as long as a wrong password. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
			     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_fits(struct arena *a, struct str hash, struct str password)
{
	const char *text = hash.n > 0 ? str_c(a, hash) : nobody;
	password = str_sub(password, 0, 4 * PASSWORD_MAX);
	hashing_enter();
	int wrong = crypto_pwhash_str_verify(text, password.p, password.n);
	sem_post(&hashing);
	return wrong == 0;
}

err_t password_check(struct arena *a, struct str password, const struct str *own, size_t own_n)
{
	switch (password_judge(password, own, own_n)) {
	case PASSWORD_FINE:
		return NULL;
	case PASSWORD_SHORT:
		return err_new(a, ERR_INVALID,
			       "The password needs at least %d characters; three or four words do well.", PASSWORD_MIN);
	case PASSWORD_LONG:
		return err_new(a, ERR_INVALID, "The password may have at most %d characters.", PASSWORD_MAX);
	case PASSWORD_COMMON:
		return err_new(
			a, ERR_INVALID,
			"This password is among those that are guessed first. Three or four words that have nothing to "
			"do with each other do well.");
	case PASSWORD_OWN:
		return err_new(a, ERR_INVALID,
			       "This password is made of your name, sign-in name, agency or region, which are guessed "
			       "first. Three or four other words do well.");
	}
	return err_internal(a, "a password was not judged");
}

err_t password_confirm(struct call *c, struct str user_id, struct str hash, struct str password)
{
	struct brake brake = brake_on(c, "password", user_id, TRIES_LOGIN);
	TRY(brake_check(c, &brake, 1));
	if (password_fits(c->arena, hash, password))
		return NULL;
	TRY(brake_fail(c, &brake, 1));
	return err_new(c->arena, ERR_DENIED, "The old password is not right.");
}
