#include "app/device.h"

#include <stdbool.h>
#include <string.h>

/* The first that fits wins: most browsers name others too. */
static const struct {
	const char *mark;
	const char *say;
} browsers[] =
	{
		{"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
		{"Chrome/", "Chrome"},   {"Safari/", "Safari"},
},
  systems[] = {
	  {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
	  {"CrOS", "ChromeOS"}, {"Mac", "Mac"},   {"Linux", "Linux"},
};

static bool names(struct str agent, const char *mark)
{
	return agent.n > 0 && memmem(agent.p, agent.n, mark, strlen(mark)) != NULL;
}

struct str device_say(struct arena *a, struct str agent)
{
	const char *browser = "Another program";
	const char *system = "another system";
	for (size_t i = sizeof browsers / sizeof *browsers; i-- > 0;)
		if (names(agent, browsers[i].mark))
			browser = browsers[i].say;
	for (size_t i = sizeof systems / sizeof *systems; i-- > 0;)
		if (names(agent, systems[i].mark))
			system = systems[i].say;
	return str_fmt(a, "%s on %s", browser, system);
}
