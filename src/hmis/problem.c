#include "hmis/problem.h"

#include "base/arena.h"
#include "base/buf.h"

enum scope { CELL, ROW, WHOLE, PACKAGE };

static const struct problem {
	enum hmis_problem code;
	enum scope scope;
	const char *name;
	const char *wrong;
	const char *todo;
} problems[] = {
#define X(name, code, scope, wrong, todo) {name, scope, #name, wrong, todo},
	HMIS_PROBLEMS(X)
#undef X
};

static const struct problem *problem_find(enum hmis_problem p)
{
	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
		if (problems[i].code == p)
			return &problems[i];
	return NULL;
}

const char *hmis_problem_name(enum hmis_problem p)
{
	const struct problem *found = problem_find(p);
	return found == NULL ? "HMIS_NO_PROBLEM" : found->name;
}

/* What the flag meant for the row or file. */
static const char *outcome(const struct hmis_flag *f, const struct problem *p)
{
	switch (p->scope) {
	case CELL:
		if (f->set_aside)
			return "; the row was set aside";
		return f->text == NULL ? "" : "; the value was left out";
	case ROW:
		return f->set_aside ? "; the row was set aside" : "";
	case WHOLE:
		return f->set_aside ? "; the file was set aside" : "";
	case PACKAGE:
		break;
	}
	return "";
}

struct str hmis_flag_say(struct arena *a, const struct hmis_flag *f, struct str shown)
{
	const struct problem *p = problem_find(f->problem);
	if (p == NULL)
		return (struct str){0};
	struct buf b = buf_new(a, 4096);
	if (f->file != HMIS_FILE_COUNT) {
		buf_str(&b, hmis_files[f->file].name);
		if (f->line != 0)
			buf_fmt(&b, " line %llu", (unsigned long long)f->line);
		buf_lit(&b, ": ");
	}
	if (f->column != HMIS_NO_COLUMN) {
		buf_str(&b, hmis_files[f->file].columns[f->column].name);
		if (shown.n != 0) {
			buf_lit(&b, " “");
			buf_str(&b, shown);
			buf_lit(&b, "”");
		}
		buf_str(&b, p->scope == WHOLE ? S(": ") : S(" "));
	}
	buf_fmt(&b, "%s%s. %s", p->wrong, outcome(f, p), p->todo);
	return buf_text(&b);
}
