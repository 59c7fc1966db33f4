#include "domain/word.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool begins_so(struct str word, const char *beginning)
{
	size_t n = 0;
	for (; beginning[n] != '\0' && beginning[n] != ' '; n++)
		if (n >= word.n || lower(word.p[n]) != beginning[n])
			return false;
	return beginning[n] == '\0' || n == word.n;
}

int word_of(struct str text, const char *const *beginnings, size_t n)
{
	for (size_t at = 0; at < text.n;) {
		size_t end = at;
		while (end < text.n && is_letter(text.p[end]))
			end++;
		for (size_t i = 0; end > at && i < n; i++)
			if (begins_so(str_sub(text, at, end - at), beginnings[i]))
				return (int)i;
		at = end + 1;
	}
	return WORD_NONE;
}
