#include "web/page_share.h"

#include <sys/mman.h>
#include <unistd.h>

#include "web/site.h"
#include "web/t_share.h"
#include "web/t_share_made.h"
#include "web/t_share_read.h"

static const char *const formats[] = {
#define X(name, word, media, say) word,
	PAPER_FORMATS(X)
#undef X
		NULL,
};

static const char *const acts[] = {"ask", "read", "make", NULL};
enum act { ACT_ASK, ACT_READ, ACT_MAKE };
enum { MARKED_MOST = 2000, DIGEST_MOST = 64 };

static const struct form_field fields[] = {
	{.name = "agency", .label = "Agency", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "format", .label = "Kind of file", .kind = FIELD_CHOICE, .required = true, .choices = formats},
	{.name = "where", .label = "Which households", .kind = FIELD_TEXT, .max = 500},
	{.name = "days", .label = "Days", .kind = FIELD_INT, .required = true, .least = 1, .most = SHARE_DAYS_MOST},
	{.name = "notes", .label = "With what is next", .kind = FIELD_CHECK},
	{.name = "act", .label = "Step", .kind = FIELD_CHOICE, .choices = acts},
	{.name = "marked", .label = "Leave out as well", .kind = FIELD_LINES, .max = MARKED_MOST},
	{.name = "read", .label = "What was read", .kind = FIELD_TEXT, .max = DIGEST_MOST},
};
const struct form_spec share_form = FORM(fields);

static struct chip_view chip_of(const struct share_row *row)
{
	if (instant_known(row->ended))
		return (struct chip_view){S("withdrawn"), TONE_IDLE};
	if (row->expired)
		return (struct chip_view){S("expired"), TONE_IDLE};
	if (row->takings_n > 0)
		return (struct chip_view){S("they have it"), TONE_INFO};
	return (struct chip_view){S("waits to be fetched"), TONE_WARN};
}

static void build_lines(struct arena *a, const struct share_view *view, struct share_page *page)
{
	struct share_line *lines = arena_many(a, view->rows_n, struct share_line);
	for (size_t i = 0; i < view->rows_n; i++) {
		const struct share_row *row = &view->rows[i];
		struct share_taken_view *takings = arena_many(a, row->takings_n, struct share_taken_view);
		for (size_t k = 0; k < row->takings_n; k++)
			takings[k] = (struct share_taken_view){row->takings[k].by,
							       say_day_short(instant_day(row->takings[k].at)),
							       say_clock(row->takings[k].at)};
		lines[i] = (struct share_line){
			.row = row,
			.key = str_fmt(a, "%zu", i),
			.chip = chip_of(row),
			.made_day = say_day_short(instant_day(row->made)),
			.made_clock = say_clock(row->made),
			.expires = say_day_short(row->expires),
			.file = url_path(a, "/share/{}/fetch", row->id),
			.end = url_path(a, "/share/{}/end", row->id),
			.can_end = view->makes && !row->expired && !instant_known(row->ended),
			.takings = takings,
			.takings_n = row->takings_n,
		};
	}
	page->lines = lines;
	page->lines_n = view->rows_n;
}

static void build_form(struct request *rq, bool again, struct share_page *page)
{
	struct arena *a = rq->arena;
	const struct share_view *view = page->view;
	struct option_view *agencies = arena_many(a, view->agencies_n, struct option_view);
	struct option_view *kinds = arena_many(a, PAPER_FORMATS_N, struct option_view);
	for (size_t i = 0; i < view->agencies_n; i++)
		agencies[i] =
			(struct option_view){view->agencies[i].id, view->agencies[i].name,
					     again && str_eq(form_text(&rq->form, "agency"), view->agencies[i].id)};
	for (int f = 0; f < PAPER_FORMATS_N; f++)
		kinds[f] = (struct option_view){str_from(paper_format_word((enum paper_format)f)),
						str_from(paper_format_say((enum paper_format)f)),
						again && form_choice(&rq->form, "format") == f};
	page->agencies = agencies;
	page->agencies_n = view->agencies_n;
	page->formats = kinds;
	page->formats_n = PAPER_FORMATS_N;
	page->days =
		again && form_value(&rq->form, "days")->number > 0 ? form_value(&rq->form, "days")->number : SHARE_DAYS;
	page->notes = again && form_checked(&rq->form, "notes");
	page->where = again ? form_text(&rq->form, "where") : (struct str){0};
}

static err_t show(struct request *rq, int status, bool again, struct str error, struct str done, struct reply *out)
{
	struct share_view view;
	TRY(app_share_list(site_call(rq), &view));
	struct share_page page = {
		.layout = site_layout(rq, S("Files for agencies"), ""),
		.csrf = rq->csrf,
		.error = error,
		.done = done,
		.view = &view,
		.most = SHARE_DAYS_MOST,
	};
	build_form(rq, again, &page);
	build_lines(rq->arena, &view, &page);
	t_share(reply_html(out, status), &page);
	return NULL;
}

err_t page_share(struct request *rq, struct reply *out)
{
	return show(rq, 200, false, (struct str){0}, (struct str){0}, out);
}

/* A file takes more memory than a request has. What goes wrong is told in the request's. */
static err_t in_room(struct request *rq, const void *what, err_t (*fn)(struct call *, const void *, void *), void *out)
{
	struct call inner = *site_call(rq);
	inner.arena = arena_new("file for an agency", SHARE_MEMORY);
	err_t e = fn(&inner, what, out);
	site_call(rq)->shown = inner.shown;
	if (e != NULL)
		e = err_with_detail(rq->arena, err_new(rq->arena, e->class, "%.*s", STR_ARG(e->say)),
				    err_describe(rq->arena, e));
	arena_free(&inner.arena);
	return e;
}

struct making {
	struct share_ask ask;
	struct arena *arena; /* for what is shown of it */
};

static err_t make(struct call *inner, const void *what, void *out)
{
	const struct making *w = what;
	struct share_made *made = out;
	TRY(app_share_make(inner, &w->ask, made));
	struct str *texts[] = {&made->id, &made->agency, &made->name, &made->media, &made->stamp};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = str_dup(w->arena, *texts[i]);
	return NULL;
}

struct reading {
	struct request *rq;
	const struct share_ask *ask;
	struct str error;
	struct reply *out;
};

/* Rendered while the room is there: the notes need not be copied. */
static err_t read_notes(struct call *inner, const void *what, void *out)
{
	const struct reading *w = what;
	const struct form *f = &w->rq->form;
	struct share_reading reading;
	(void)out;
	TRY(app_share_read(inner, w->ask, &reading));
	struct share_read_page page = {
		.layout = site_layout(w->rq, S("Read the notes"), "page--narrow"),
		.csrf = w->rq->csrf,
		.error = w->error,
		.reading = &reading,
		.agency = w->ask->agency,
		.format = str_from(paper_format_word(w->ask->format)),
		.where = w->ask->where,
		.marked = form_text(f, "marked"),
		.days = w->ask->days,
	};
	t_share_read(reply_html(w->out, w->error.n > 0 ? 409 : 200), &page);
	return NULL;
}

static err_t show_notes(struct request *rq, const struct share_ask *ask, struct str error, struct reply *out)
{
	const struct reading w = {rq, ask, error, out};
	err_t e = in_room(rq, &w, read_notes, NULL);
	if (e == NULL || e->class == ERR_INTERNAL || e->class == ERR_RETRY)
		return e;
	return show(rq, err_http_status(e->class), true, e->say, (struct str){0}, out);
}

err_t page_share_make(struct request *rq, struct reply *out)
{
	const struct form *f = &rq->form;
	if (!form_ok(f))
		return show(rq, 422, true, S("Choose an agency and a kind of file, and for how many days."),
			    (struct str){0}, out);
	struct making w = {.arena = rq->arena,
			   .ask = {.agency = form_text(f, "agency"),
				   .where = form_text(f, "where"),
				   .format = (enum paper_format)form_choice(f, "format"),
				   .days = (int)form_value(f, "days")->number,
				   .keep = true,
				   .notes = form_checked(f, "notes"),
				   .marked = form_text(f, "marked"),
				   .read = form_text(f, "read")}};
	if (w.ask.notes && form_choice(f, "act") != ACT_MAKE)
		return show_notes(rq, &w.ask, (struct str){0}, out);
	struct share_made made;
	err_t e = in_room(rq, &w, make, &made);
	if (e != NULL && e->class == ERR_CONFLICT)
		return show_notes(rq, &w.ask, e->say, out);
	if (e != NULL && (e->class == ERR_INTERNAL || e->class == ERR_RETRY))
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), true, e->say, (struct str){0}, out);
	struct share_made_page page = {
		.layout = site_layout(rq, S("The pass-phrase"), "page--narrow"),
		.csrf = rq->csrf,
		.made = &made,
		.phrase = str_from(made.phrase.text),
		.expires = say_day(made.expires),
		.file = url_path(rq->arena, "/share/{}/fetch", made.id),
	};
	t_share_made(reply_html(out, 200), &page);
	return NULL;
}

struct handing {
	struct request *rq;
	struct str id;
};

/* Handed to the server as a memory file, which is gone when it has been sent. */
static err_t hand_out(struct call *inner, const void *what, void *out)
{
	const struct handing *w = what;
	struct share_made made;
	TRY(app_share_take(inner, w->id, &made));
	int fd = memfd_create("share", MFD_CLOEXEC);
	size_t done = 0;
	while (fd >= 0 && done < made.content.n) {
		ssize_t n = write(fd, made.content.p + done, made.content.n - done);
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (fd < 0 || done < made.content.n) {
		if (fd >= 0)
			close(fd);
		return err_internal(inner->arena, "no memory file for %zu bytes", made.content.n);
	}
	reply_file_fd(out, str_c(w->rq->arena, made.media), str_dup(w->rq->arena, made.name), fd,
		      (int64_t)made.content.n);
	return NULL;
}

err_t page_share_file(struct request *rq, struct reply *out)
{
	const struct handing w = {rq, request_param(rq, "id")};
	err_t e = in_room(rq, &w, hand_out, out);
	if (e != NULL && e->class != ERR_CONFLICT && e->class != ERR_DENIED)
		return e;
	return e == NULL ? NULL : show(rq, err_http_status(e->class), false, e->say, (struct str){0}, out);
}

err_t page_share_end(struct request *rq, struct reply *out)
{
	err_t e = app_share_end(site_call(rq), request_param(rq, "id"));
	if (e != NULL && e->class != ERR_CONFLICT)
		return e;
	if (e != NULL)
		return show(rq, err_http_status(e->class), false, e->say, (struct str){0}, out);
	return show(rq, 200, false, (struct str){0},
		    S("It is withdrawn: nobody can fetch it any more. Ask those who have it to destroy it."), out);
}
