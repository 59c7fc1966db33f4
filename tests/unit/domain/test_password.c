/* What is refused as a password, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/password.h"

static void passwords_are_judged_by_what_is_left_of_them(void **state)
{
	(void)state;
	static const struct {
		const char *password;
		enum password_fault fault;
	} cases[] = {
		{"", PASSWORD_SHORT},
		{"elevenchars", PASSWORD_SHORT},
		{"ääääääääääää", PASSWORD_COMMON}, /* twelve characters, and always the same */
		{"four plain words here", PASSWORD_FINE},
		{"made-up people only", PASSWORD_FINE},
		{"kettle lantern gravel", PASSWORD_FINE},
		{"xV9-mq2-Lw7-tz", PASSWORD_FINE},
		{"correcthorse!battery", PASSWORD_FINE},
		{"monkey dragon sunshine football", PASSWORD_FINE}, /* four words of the list are a phrase */
		{"monkey dragon sunshine", PASSWORD_COMMON},
		{"password1234", PASSWORD_COMMON},
		{"P4ssw0rd2026!!", PASSWORD_COMMON},
		{"Summer2026!!!", PASSWORD_COMMON},
		{"123456789012", PASSWORD_COMMON},
		{"qwertyuiop[]", PASSWORD_COMMON},
		{"abcdefghijkl", PASSWORD_COMMON},
		{"aaaaaaaaaaaaaaaa", PASSWORD_COMMON},
		{"lkjhgfdsapoiuytrewq", PASSWORD_COMMON},
		{"bluesky bluesky", PASSWORD_COMMON},
		{"xyzzkxyzzkxyzzk", PASSWORD_COMMON},
		{"welcome to 2026", PASSWORD_COMMON},
		{"lee.tran 2026!", PASSWORD_OWN},
		{"TRAN-Region-4-2026", PASSWORD_OWN},
		{"larkmere-house-1", PASSWORD_OWN},
		{"byname byname 1", PASSWORD_OWN},
		{"my larkmere kettle is cold", PASSWORD_FINE}, /* one's own word among others */
	};
	const struct str own[] = {S("lee.tran"), S("Lee Tran"), S("Larkmere House"), S("Region 4"), S("byname")};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum password_fault fault = password_judge(str_from(cases[i].password), own, sizeof own / sizeof *own);
		if (fault != cases[i].fault)
			print_error("\"%s\": %d\n", cases[i].password, (int)fault);
		assert_int_equal(fault, cases[i].fault);
	}
}

static void the_longest_is_as_long_as_it_says(void **state)
{
	(void)state;
	char text[PASSWORD_MAX + 2];
	uint32_t dice = 1;
	for (size_t i = 0; i < sizeof text; i++) {
		dice = dice * 1664525 + 1013904223;
		text[i] = "kvxrbwzgjq"[(dice >> 16) % 10];
	}
	assert_int_equal(password_judge((struct str){text, PASSWORD_MAX}, NULL, 0), PASSWORD_FINE);
	assert_int_equal(password_judge((struct str){text, PASSWORD_MAX + 1}, NULL, 0), PASSWORD_LONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passwords_are_judged_by_what_is_left_of_them),
		cmocka_unit_test(the_longest_is_as_long_as_it_says),
	};
	return cmocka_run_group_tests_name("password", tests, NULL, NULL);
}
