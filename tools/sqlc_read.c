#include "sqlc.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/buf.h"

enum { TEXT_MAX = 1 << 20, ARRAY_MAX = 500, NAME_MAX_LEN = 60 };

struct reader {
	struct arena *a;
	const struct sqlc_file *file;
	struct str rest; /* what has not been read */
	size_t line;     /* of the line read last */
};

static const struct word {
	const char *word;
	const char *advice;
} refused[] = {
	{"LIKE", "folds case on one engine only; search through an index of folded words"},
	{"ILIKE", "is unknown to SQLite"},
	{"GLOB", "is unknown to PostgreSQL"},
	{"REGEXP", "is unknown to PostgreSQL"},
	{"LATERAL", "is unknown to SQLite"},
	{"GREATEST", "is unknown to SQLite; use CASE"},
	{"LEAST", "is unknown to SQLite; use CASE"},
	{"GROUP_CONCAT", "is unknown to PostgreSQL"},
	{"STRING_AGG", "is unknown to SQLite"},
	{"IFNULL", "is unknown to PostgreSQL; use coalesce"},
	{"EXTRACT", "is unknown to SQLite; days are integers"},
	{"NOW", "reads a clock; pass the time as a parameter"},
	{"CURRENT_DATE", "reads a clock; pass the day as a parameter"},
	{"CURRENT_TIMESTAMP", "reads a clock; pass the time as a parameter"},
	{"REPLACE", "is unknown to PostgreSQL; use ON CONFLICT … DO UPDATE"},
	{"ROWID", "is unknown to PostgreSQL"},
};

static const struct token {
	const char *token;
	const char *text[SQLC_ENGINES];
} tokens[] = {
	{"now_lock", {"", "FOR UPDATE"}}, {"true", {"true", "true"}}, {"bytes", {"BLOB", "bytea"}},
	{"int", {"INTEGER", "bigint"}},   {"strict", {"STRICT", ""}}, {"share_lock", {"", "FOR SHARE"}},
};

static const struct {
	const char *name;
	enum sqlc_kind kind;
} kinds[] = {
	{"exec", SQLC_EXEC}, {"count", SQLC_COUNT}, {"one", SQLC_ONE},
	{"many", SQLC_MANY}, {"each", SQLC_EACH},   {"bulk", SQLC_BULK},
};

static const struct {
	const char *name;
	enum sqlc_type type;
} types[] = {
	{"text", SQLC_TEXT},       {"int", SQLC_INT},     {"bool", SQLC_BOOL},     {"day", SQLC_DAY},
	{"instant", SQLC_INSTANT}, {"bytes", SQLC_BYTES}, {"sealed", SQLC_SEALED},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define REFUSE(r, at, fmt, ...)                                                                                        \
	err_new((r)->a, ERR_INVALID, "%.*s:%zu: " fmt, STR_ARG((r)->file->path), (size_t)(at)__VA_OPT__(, ) __VA_ARGS__)

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* A name that is one in C and in SQL alike. */
static bool is_name(struct str s)
{
	if (s.n == 0 || s.n > NAME_MAX_LEN || !islower((unsigned char)s.p[0]))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_word(s.p[i]) || isupper((unsigned char)s.p[i]))
			return false;
	return true;
}

/* Names that the generated C needs for itself, or that C does. */
static bool is_taken(struct str name)
{
	static const char *const taken[] = {
		"a",      "bulk",   "case",   "changed",  "char",   "const",   "cursor",   "db",       "default",
		"do",     "double", "else",   "enum",     "for",    "found",   "goto",     "if",       "in",
		"int",    "long",   "return", "row",      "rows",   "rows_n",  "short",    "signed",   "static",
		"struct", "switch", "union",  "v",        "void",   "while",   "auto",     "break",    "continue",
		"extern", "float",  "inline", "register", "sizeof", "typedef", "unsigned", "volatile", "bool",
		"must",   "first",  "all",    "n",        "any",
	};
	for (size_t i = 0; i < COUNT(taken); i++)
		if (str_eq(name, str_from(taken[i])))
			return true;
	return false;
}

static bool next_line(struct reader *r, struct str *line)
{
	if (r->rest.n == 0)
		return false;
	str_cut(r->rest, '\n', line, &r->rest);
	r->line++;
	return true;
}

/* The first blank-separated word of s; the trimmed remainder goes to *rest. */
static struct str first_word(struct str s, struct str *rest)
{
	struct str t = str_trim(s);
	size_t n = 0;
	while (n < t.n && !isspace((unsigned char)t.p[n]))
		n++;
	*rest = str_trim(str_sub(t, n, t.n - n));
	return str_sub(t, 0, n);
}

static struct sqlc_field *find_field(struct sqlc_field *fields, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(fields[i].name, name))
			return &fields[i];
	return NULL;
}

/* "id text, region text?" behind `in:` or `out:`. */
static err_t read_fields(struct reader *r, struct str list, struct sqlc_field *fields, size_t *n)
{
	bool more = true;
	while (more) {
		struct str item;
		struct str type;
		more = str_cut(list, ',', &item, &list);
		struct str name = first_word(item, &type);
		if (!is_name(name))
			return REFUSE(r, r->line, "'%.*s' is no field: write \"name type\", the name in lower case",
				      STR_ARG(str_trim(item)));
		if (is_taken(name))
			return REFUSE(r, r->line, "'%.*s' means something else in the generated C: choose another name",
				      STR_ARG(name));
		struct sqlc_field f = {.name = name, .nullable = str_ends(type, S("?"))};
		if (f.nullable)
			type.n--;
		size_t t = 0;
		while (t < COUNT(types) && !str_eq(type, str_from(types[t].name)))
			t++;
		if (t == COUNT(types))
			return REFUSE(r, r->line,
				      "'%.*s' has the type '%.*s'; there are text, int, bool, day, instant and bytes, "
				      "with a '?' for "
				      "NULL; the size of an array stands in the statement, IN (:%.*s[50])",
				      STR_ARG(name), STR_ARG(str_sub(type, 0, 40)), STR_ARG(name));
		f.type = types[t].type;
		if (f.type == SQLC_BOOL && f.nullable)
			return REFUSE(r, r->line, "'%.*s': a bool has no third value; use int? instead", STR_ARG(name));
		if (find_field(fields, *n, name) != NULL)
			return REFUSE(r, r->line, "'%.*s' is declared twice", STR_ARG(name));
		if (*n == SQLC_FIELDS)
			return REFUSE(r, r->line, "more than %d fields", SQLC_FIELDS);
		fields[(*n)++] = f;
	}
	return NULL;
}

static err_t read_name(struct reader *r, struct str text, struct sqlc_statement *st)
{
	struct str kind;
	st->name = first_word(text, &kind);
	st->line = r->line;
	if (!is_name(st->name))
		return REFUSE(r, r->line, "'%.*s' is no name for a statement: lower case, digits and _",
			      STR_ARG(st->name));
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_eq(kind, str_from(kinds[i].name))) {
			st->kind = kinds[i].kind;
			return NULL;
		}
	}
	return REFUSE(r, r->line, "'%.*s': say what comes back: exec, count, one, many, each or bulk",
		      STR_ARG(st->name));
}

const struct sqlc_role sqlc_roles[] = {
	{"people", "ROLES_OF_LIST"},
	{"lead", "ROLE_BIT(ROLE_LEAD)"},
	{"privacy", "ROLE_BIT(ROLE_PRIVACY)"},
	{"administrator", "ROLE_BIT(ROLE_ADMINISTRATOR)"},
};
const size_t sqlc_roles_n = COUNT(sqlc_roles);

/* "people privacy", or "all: why" where what looks like a person's is none. */
static err_t read_roles(struct reader *r, struct str text, struct sqlc_statement *st)
{
	st->said = true;
	if (str_starts(text, S("all:")) && str_trim(str_sub(text, 4, text.n)).n > 0)
		return NULL;
	for (struct str word = first_word(text, &text); word.n > 0; word = first_word(text, &text)) {
		size_t i = 0;
		while (i < sqlc_roles_n && !str_eq(word, str_from(sqlc_roles[i].word)))
			i++;
		if (i == sqlc_roles_n)
			return REFUSE(
				r, r->line,
				"'%.*s' is nobody: 'for:' wants people, lead, privacy, administrator, or \"all: why\"",
				STR_ARG(word));
		st->roles |= 1U << i;
	}
	return st->roles != 0 ? NULL : REFUSE(r, r->line, "'for:' wants whom the statement serves");
}

/* What gives a person away, or takes in what was written about one, is for those who work with people. */
static void derive_roles(struct sqlc_statement *st)
{
	bool people = false;
	for (size_t i = 0; i < st->out_n; i++) {
		const struct sqlc_field *f = &st->out[i];
		bool tells = f->type == SQLC_TEXT && (str_eq(f->name, S("personal_id")) || str_eq(f->name, S("code")));
		people = people || tells || f->type == SQLC_SEALED;
	}
	for (size_t i = 0; i < st->in_n; i++)
		people = people || st->in[i].type == SQLC_SEALED;
	if (people && !st->said)
		st->roles = 1; /* the first of sqlc_roles */
}

/* One comment line of a statement's head. */
static err_t read_comment(struct reader *r, struct str line, struct sqlc_statement *st, struct buf *doc)
{
	struct str text = str_trim(str_sub(line, 2, line.n));
	struct str rest;
	struct str word = first_word(text, &rest);
	if (str_eq(word, S("in:")))
		return read_fields(r, rest, st->in, &st->in_n);
	if (str_eq(word, S("out:")))
		return read_fields(r, rest, st->out, &st->out_n);
	if (str_eq(word, S("scan:"))) {
		if (rest.n == 0)
			return REFUSE(r, r->line, "'scan:' wants the reason why a whole table may be read");
		st->scan = rest;
		return NULL;
	}
	if (str_eq(word, S("for:")))
		return read_roles(r, rest, st);
	for (size_t i = 0; i + 1 < text.n; i++)
		if ((text.p[i] == '/' && text.p[i + 1] == '*') || (text.p[i] == '*' && text.p[i + 1] == '/'))
			return REFUSE(r, r->line, "a sentence becomes a comment in C and may not begin or end one");
	buf_str(doc, text);
	buf_char(doc, '\n');
	return NULL;
}

/* The position behind a quoted string or comment that begins at i; i itself where none does. */
static size_t skip_quoted(struct str s, size_t i)
{
	if (s.p[i] == '\'' || s.p[i] == '"') {
		char quote = s.p[i++];
		while (i < s.n && s.p[i] != quote)
			i++;
		return i < s.n ? i + 1 : i;
	}
	if (s.p[i] == '-' && i + 1 < s.n && s.p[i + 1] == '-')
		while (i < s.n && s.p[i] != '\n')
			i++;
	return i;
}

/* Adds what stands for {token}; false when there is no such token. */
static bool add_token(struct str token, struct buf out[SQLC_ENGINES])
{
	for (size_t t = 0; t < COUNT(tokens); t++) {
		if (!str_eq(token, str_from(tokens[t].token)))
			continue;
		for (int e = 0; e < SQLC_ENGINES; e++)
			buf_str(&out[e], str_from(tokens[t].text[e]));
		return true;
	}
	return false;
}

static void add_both(struct buf out[SQLC_ENGINES], struct str s)
{
	for (int e = 0; e < SQLC_ENGINES; e++)
		buf_str(&out[e], s);
}

err_t sqlc_dialects(struct arena *a, struct str path, size_t line, struct str text, struct str out[SQLC_ENGINES])
{
	struct buf both[SQLC_ENGINES] = {buf_new(a, TEXT_MAX), buf_new(a, TEXT_MAX)};
	for (size_t i = 0; i < text.n;) {
		size_t end = skip_quoted(text, i);
		if (end > i) {
			if (text.p[i] != '-')
				add_both(both, str_sub(text, i, end - i));
			i = end;
		} else if (text.p[i] == '{') {
			struct str token;
			struct str rest;
			bool closed = str_cut(str_sub(text, i + 1, text.n), '}', &token, &rest);
			if (!closed || !add_token(token, both))
				return err_new(
					a, ERR_INVALID,
					"%.*s:%zu: '{%.*s' is no token: {now_lock}, {true}, {int}, {bytes}, {strict}",
					STR_ARG(path), line, STR_ARG(str_sub(token, 0, 20)));
			i += token.n + 2;
		} else {
			if (text.p[i] == '\n')
				line++;
			add_both(both, str_sub(text, i, 1));
			i++;
		}
	}
	for (int e = 0; e < SQLC_ENGINES; e++)
		out[e] = buf_text(&both[e]);
	return NULL;
}

/* Numbers the parameter that begins behind the ':' at s[0]; *used is how much of s it took. */
static err_t number_parameter(struct reader *r, size_t line, struct sqlc_statement *st, struct str s, bool after_not_in,
			      struct buf *out, size_t *used)
{
	size_t n = 0;
	while (n < s.n && is_word(s.p[n]))
		n++;
	struct str name = str_sub(s, 0, n);
	struct sqlc_field *f = find_field(st->in, st->in_n, name);
	if (f == NULL)
		return REFUSE(r, line, "':%.*s' is not declared behind 'in:'", STR_ARG(str_sub(name, 0, 40)));
	size_t many = 0;
	if (n < s.n && s.p[n] == '[') {
		struct str digits;
		struct str rest;
		int64_t v = 0;
		if (!str_cut(str_sub(s, n + 1, s.n), ']', &digits, &rest) || !str_to_i64(digits, &v) || v < 1 ||
		    v > ARRAY_MAX)
			return REFUSE(r, line, "':%.*s[…]' wants a number from 1 to %d", STR_ARG(name), ARRAY_MAX);
		if (f->type != SQLC_TEXT && f->type != SQLC_INT)
			return REFUSE(r, line, "':%.*s[…]' can only be of text or int", STR_ARG(name));
		if (f->nullable || after_not_in)
			return REFUSE(r, line, "':%.*s[…]' is filled up with NULL, which NOT IN and '?' do not bear",
				      STR_ARG(name));
		many = (size_t)v;
		n += digits.n + 2;
	}
	if (f->number != 0 && f->many != many)
		return REFUSE(r, line, "':%.*s' is used both as one value and as an array", STR_ARG(name));
	if (f->number == 0) {
		f->number = st->numbers + 1;
		f->many = many;
		st->numbers += many > 0 ? many : 1;
	}
	for (size_t i = 0; i < (many > 0 ? many : 1); i++)
		buf_fmt(out, "%s$%zu", i > 0 ? ", " : "", f->number + i);
	*used = n;
	return NULL;
}

static err_t check_word(struct reader *r, size_t line, struct str word)
{
	for (size_t i = 0; i < COUNT(refused); i++)
		if (str_eq_nocase(word, str_from(refused[i].word)))
			return REFUSE(r, line, "%s %s", refused[i].word, refused[i].advice);
	return NULL;
}

/* What the walk over a statement's words has seen. */
struct seen {
	struct str last; /* the word before */
	bool not_in;     /* the words before are NOT IN */
	bool insert_select;
	bool where;
	size_t conflict; /* the line of ON CONFLICT, or 0 */
};

static void see_word(struct sqlc_statement *st, struct seen *seen, size_t line, struct str w)
{
	static const char *const writers[] = {"INSERT", "UPDATE", "DELETE"};
	for (size_t i = 0; i < COUNT(writers); i++)
		st->writes |= str_eq_nocase(w, str_from(writers[i]));
	seen->not_in = str_eq_nocase(w, S("IN")) && str_eq_nocase(seen->last, S("NOT"));
	seen->where |= str_eq_nocase(w, S("WHERE")) && seen->conflict == 0;
	seen->insert_select |= str_eq_nocase(w, S("SELECT")) && st->writes;
	if (str_eq_nocase(w, S("CONFLICT")))
		seen->conflict = line;
	seen->last = w;
}

/* Numbers the parameters of `sql` and checks its words. */
static err_t number_sql(struct reader *r, struct sqlc_statement *st, size_t line, struct str sql, struct str *out)
{
	struct buf b = buf_new(r->a, TEXT_MAX);
	struct seen seen = {0};
	for (size_t i = 0; i < sql.n;) {
		char c = sql.p[i];
		size_t used = skip_quoted(sql, i) - i;
		if (used > 0) {
			buf_str(&b, c == '-' ? (struct str){0} : str_sub(sql, i, used));
		} else if (is_word(c)) {
			while (i + used < sql.n && is_word(sql.p[i + used]))
				used++;
			struct str word = str_sub(sql, i, used);
			TRY(check_word(r, line, word));
			see_word(st, &seen, line, word);
			buf_str(&b, word);
		} else if (c == ':' && i + 1 < sql.n && sql.p[i + 1] == ':') {
			return REFUSE(r, line, "'::' is unknown to SQLite; use CAST");
		} else if (c == ':') {
			TRY(number_parameter(r, line, st, str_sub(sql, i + 1, sql.n), seen.not_in, &b, &used));
			used++;
		} else if (c == '/' && i + 1 < sql.n && sql.p[i + 1] == '*') {
			return REFUSE(r, line, "comments are written --");
		} else if (c == '$' || c == '?') {
			return REFUSE(r, line, "'%c': parameters are written :name", c);
		} else {
			if (str_starts(str_sub(sql, i, sql.n), S("{now_lock}")))
				st->writes = true;
			line += c == '\n';
			buf_char(&b, c);
			used = 1;
		}
		i += used;
	}
	if (seen.conflict != 0 && seen.insert_select && !seen.where)
		return REFUSE(r, seen.conflict, "INSERT … SELECT … ON CONFLICT wants a WHERE before it (WHERE {true})");
	*out = buf_text(&b);
	return NULL;
}

/* A bulk statement is INSERT INTO table (columns) VALUES (:parameters) and nothing more; COPY
 * wants the table and its columns. */
static err_t read_bulk(struct reader *r, struct sqlc_statement *st, struct str sql)
{
	struct str head;
	struct str columns;
	struct str values;
	struct str tail;
	bool shaped = str_cut(sql, '(', &head, &values) && str_cut(values, ')', &columns, &values) &&
		      str_cut(values, '(', &tail, &values) && str_eq_nocase(str_trim(tail), S("VALUES")) &&
		      str_cut(values, ')', &values, &tail) && str_trim(tail).n == 0;
	struct str table;
	shaped = shaped && str_eq_nocase(first_word(head, &table), S("INSERT")) &&
		 str_eq_nocase(first_word(table, &table), S("INTO")) && is_name(table);
	struct buf names = buf_new(r->a, TEXT_MAX);
	size_t n = 0;
	for (bool more = shaped; more; n++) {
		struct str name;
		struct str value;
		more = str_cut(columns, ',', &name, &columns);
		bool more_values = str_cut(values, ',', &value, &values);
		value = str_trim(value);
		shaped = n < st->in_n && more == more_values && str_starts(value, S(":")) &&
			 str_eq(str_sub(value, 1, value.n), st->in[n].name) && is_name(str_trim(name));
		more = more && shaped;
		buf_str(&names, n > 0 ? S(", ") : (struct str){0});
		buf_str(&names, str_trim(name));
	}
	if (!shaped || n != st->in_n)
		return REFUSE(r, st->line,
			      "'%.*s': bulk is INSERT INTO table (…) VALUES (:…), the parameters in the order of 'in:'",
			      STR_ARG(st->name));
	st->copy = str_fmt(r->a, "%.*s (%.*s)", STR_ARG(table), STR_ARG(buf_text(&names)));
	return NULL;
}

static err_t check_fields(struct reader *r, const struct sqlc_statement *st)
{
	for (size_t i = 0; i < st->in_n; i++)
		if (st->in[i].number == 0)
			return REFUSE(r, st->line, "'%.*s' declares '%.*s' but does not use it", STR_ARG(st->name),
				      STR_ARG(st->in[i].name));
	if (st->kind == SQLC_EACH && st->writes)
		return REFUSE(r, st->line, "'%.*s': each is for reading alone; use many", STR_ARG(st->name));
	bool rows = st->kind == SQLC_ONE || st->kind == SQLC_MANY || st->kind == SQLC_EACH;
	if (rows && st->out_n == 0)
		return REFUSE(r, st->line, "'%.*s' gives rows back but has no 'out:'", STR_ARG(st->name));
	if (!rows && st->out_n > 0)
		return REFUSE(r, st->line, "'%.*s' has an 'out:' but gives no rows back", STR_ARG(st->name));
	return NULL;
}

/* The lines up to the ';' that ends the statement. */
static err_t read_sql(struct reader *r, struct str first, struct sqlc_statement *st)
{
	struct buf b = buf_new(r->a, TEXT_MAX);
	size_t line = r->line;
	struct str text = first;
	bool ended = false;
	do {
		size_t i = 0;
		while (i < text.n && text.p[i] != ';') {
			size_t end = skip_quoted(text, i);
			i = end > i ? end : i + 1;
		}
		ended = i < text.n;
		if (ended && str_trim(str_sub(text, i + 1, text.n)).n > 0)
			return REFUSE(r, r->line, "something stands behind the ';'");
		buf_str(&b, str_sub(text, 0, i));
		if (!ended)
			buf_char(&b, '\n');
	} while (!ended && next_line(r, &text));
	if (!ended)
		return REFUSE(r, st->line, "'%.*s' has no ';' at its end", STR_ARG(st->name));
	struct str numbered;
	TRY(number_sql(r, st, line, buf_text(&b), &numbered));
	TRY(sqlc_dialects(r->a, r->file->path, line, numbered, st->text));
	for (int e = 0; e < SQLC_ENGINES; e++)
		st->text[e] = str_trim(st->text[e]);
	TRY(check_fields(r, st));
	return st->kind == SQLC_BULK ? read_bulk(r, st, buf_text(&b)) : NULL;
}

/* One statement: its head of comments, from the `name:` line that was just read, and its SQL. */
static err_t read_statement(struct reader *r, struct str name, struct sqlc_statement **out)
{
	struct sqlc_statement *st = arena_one(r->a, struct sqlc_statement);
	struct buf doc = buf_new(r->a, TEXT_MAX);
	TRY(read_name(r, name, st));
	struct str line;
	while (next_line(r, &line)) {
		if (str_starts(line, S("-- name:")))
			break;
		if (str_starts(line, S("--"))) {
			TRY(read_comment(r, line, st, &doc));
		} else if (str_trim(line).n > 0) {
			st->doc = buf_text(&doc);
			if (st->doc.n == 0)
				return REFUSE(r, st->line, "'%.*s' has no sentence that says what it is for",
					      STR_ARG(st->name));
			derive_roles(st);
			TRY(read_sql(r, line, st));
			*out = st;
			return NULL;
		}
	}
	return REFUSE(r, st->line, "'%.*s' has no SQL", STR_ARG(st->name));
}

err_t sqlc_read(struct arena *a, struct sqlc_file *file)
{
	struct reader r = {.a = a, .file = file, .rest = file->text};
	struct sqlc_statement *first = NULL;
	struct sqlc_statement **last = &first;
	struct str line;
	while (next_line(&r, &line)) {
		if (str_starts(line, S("-- name:"))) {
			struct sqlc_statement *st = NULL;
			TRY(read_statement(&r, str_sub(line, 8, line.n), &st));
			for (const struct sqlc_statement *s = first; s != NULL; s = s->next)
				if (str_eq(s->name, st->name))
					return REFUSE(&r, st->line, "'%.*s' is already the name of line %zu",
						      STR_ARG(st->name), s->line);
			*last = st;
			last = &st->next;
		} else if (str_trim(line).n > 0 && !str_starts(line, S("--"))) {
			return REFUSE(&r, r.line, "a statement begins with a line '-- name: NAME KIND'");
		}
	}
	file->statements = first;
	return NULL;
}
