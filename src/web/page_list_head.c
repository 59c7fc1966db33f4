/* What stands above the list: lanes, conditions, saved views, the panel to add filters, the columns. */
#include "base/buf.h"
#include "web/page_list.h"

/* The query after something about it was changed: from its first page, and no saved view any more. */
static struct list_query changed(const struct list_view *view)
{
	struct list_query q = view->query;
	q.page = 1;
	q.chosen = (struct str){0};
	q.saved = S("none");
	return q;
}

static void build_lanes(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct pill_view *lanes = arena_many(a, LIST_LANES_N, struct pill_view);
	for (int l = 0; l < LIST_LANES_N; l++) {
		struct list_query q = changed(view);
		q.lane = (enum list_lane)l;
		q.where = view->lane_where;
		lanes[l] = (struct pill_view){
			.say = str_fmt(a, "%s %lld", list_lane_say(q.lane), (long long)view->lanes[l]),
			.href = list_address(a, &q),
			.on = q.lane == view->query.lane && !view->lane_free && view->query.find.n == 0,
		};
	}
	page->lanes = lanes;
	page->lanes_n = LIST_LANES_N;
	if (view->omitted > 0)
		page->omitted = (struct pill_view){
			.say = str_fmt(a, "Assessed, not listed %lld", (long long)view->omitted),
			.href = URL("/flags/assessed"),
		};
}

static struct pill_view *build_switches(struct arena *a, const struct list_view *view, const struct list_switch *from,
					size_t n)
{
	struct pill_view *pills = arena_many(a, n, struct pill_view);
	for (size_t i = 0; i < n; i++) {
		struct list_query q = changed(view);
		q.where = from[i].where;
		pills[i] = (struct pill_view){.say = from[i].say, .href = list_address(a, &q), .on = from[i].on};
	}
	return pills;
}

static void build_saved(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct saved_view *saved = arena_many(a, view->saved_n, struct saved_view);
	for (size_t i = 0; i < view->saved_n; i++) {
		struct list_query q = {
			.region = view->query.region,
			.everywhere = view->query.everywhere,
			.as_of = view->query.as_of,
			.opening = view->query.opening,
			.saved = view->saved[i].id,
		};
		saved[i] = (struct saved_view){
			.saved = &view->saved[i],
			.href = list_address(a, &q),
			.on = str_eq(view->query.saved, view->saved[i].id),
		};
		if (saved[i].on)
			page->using = &view->saved[i];
		page->begins = page->begins || view->saved[i].begins;
	}
	page->saved = saved;
	page->saved_n = view->saved_n;
	struct list_query plain = {
		.region = view->query.region,
		.everywhere = view->query.everywhere,
		.as_of = view->query.as_of,
		.opening = view->query.opening,
		.saved = S("none"),
	};
	page->plain = list_address(a, &plain);
}

static struct str sentence_case(struct arena *a, const char *word)
{
	struct str s = str_fmt(a, "%s", word);
	char *p = arena_many(a, s.n + 1, char);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] == '_' ? ' ' : s.p[i];
	if (s.n > 0 && p[0] >= 'a' && p[0] <= 'z')
		p[0] = (char)(p[0] - 'a' + 'A');
	return (struct str){p, s.n};
}

/* Words of the program are written small and joined; those of a CoC as it wrote them. */
static struct pick_view build_pick(struct arena *a, const struct list_view *view, const struct filter_row *row,
				   bool own)
{
	size_t n = view->names.counties_n;
	if (row->values != NULL)
		for (n = 0; row->values[n] != NULL;)
			n++;
	struct option_view *options = arena_many(a, n + 1, struct option_view);
	options[0].label = S("any");
	for (size_t i = 0; i < n; i++) {
		struct option_view *o = &options[i + 1];
		if (row->values != NULL) {
			o->label = own ? str_from(row->values[i]) : sentence_case(a, row->values[i]);
			o->value = str_fmt(a, "%s:\"%s\"", row->word, row->values[i]);
		} else {
			o->label = view->names.counties[i].name;
			o->value = str_fmt(a, "%s:\"%.*s\"", row->word, STR_ARG(o->label));
		}
	}
	return (struct pick_view){
		.id = str_fmt(a, "f-add-%s", row->word),
		.label = own ? str_from(row->say) : sentence_case(a, row->say),
		.options = options,
		.options_n = n + 1,
	};
}

static const struct option_view *keys_of(struct arena *a, const struct list_view *view, enum filter_kind kind,
					 size_t *n)
{
	struct option_view *options = arena_many(a, FILTER_KEYS_ALL, struct option_view);
	*n = 0;
	for (int k = 0; k < FILTER_KEYS_N; k++)
		if (filter_table[k].kind == kind)
			options[(*n)++] = (struct option_view){
				.value = str_from(filter_table[k].word),
				.label = sentence_case(a, filter_table[k].say),
			};
	for (size_t i = 0; i < view->names.own_n; i++)
		if (view->names.own[i].kind == kind)
			options[(*n)++] = (struct option_view){
				.value = str_from(view->names.own[i].word),
				.label = str_from(view->names.own[i].say),
			};
	return options;
}

static void build_picks(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct pick_view *picks = arena_many(a, FILTER_KEYS_ALL, struct pick_view);
	for (int k = 0; k < FILTER_KEYS_N; k++) {
		enum filter_kind kind = filter_table[k].kind;
		if (kind == FILTER_IS_CHOICE || kind == FILTER_IS_FLAGS || k == FILTER_COUNTY)
			picks[page->picks_n++] = build_pick(a, view, &filter_table[k], false);
	}
	for (size_t i = 0; i < view->names.own_n; i++)
		if (view->names.own[i].kind == FILTER_IS_CHOICE)
			picks[page->picks_n++] = build_pick(a, view, &view->names.own[i], true);
	page->picks = picks;
	page->numbers = keys_of(a, view, FILTER_IS_NUMBER, &page->numbers_n);
	page->days = keys_of(a, view, FILTER_IS_DAY, &page->days_n);
}

struct str list_own_style(enum column_kind kind)
{
	return kind == COLUMN_NUMBER ? S("number") : kind == COLUMN_DATE ? S("nowrap") : S("");
}

/* A column of the page, the program's or the CoC's own. */
struct head {
	struct str word;
	struct str say;
	struct str style;
	bool sorts;
	bool down; /* a first click sorts downwards */
	bool shows;
};

static int heads_n(const struct list_view *view)
{
	return LIST_COLUMNS_N + (int)view->own_n;
}

static struct head head_of(const struct list_view *view, int column)
{
	if (column >= LIST_COLUMNS_N) {
		const struct list_own *own = &view->own[column - LIST_COLUMNS_N];
		return (struct head){
			.word = own->word,
			.say = own->column.name,
			.style = list_own_style(own->column.kind),
			.sorts = own->key != FILTER_KEYS_N,
			.down = own->column.kind != COLUMN_CHOICE,
			.shows = own->shows,
		};
	}
	const struct list_column_row *row = &list_column_table[column];
	return (struct head){
		.word = str_from(row->word),
		.say = str_from(row->heading),
		.style = str_from(row->style),
		.sorts = row->key != FILTER_KEYS_N,
		.down = row->down,
		.shows = view->shows[column],
	};
}

static struct str sort_word(struct arena *a, const struct list_view *view, int column, bool down)
{
	return str_fmt(a, "%s%.*s", down ? "-" : "", STR_ARG(head_of(view, column).word));
}

/* "Order by", "then by", "then by": for who does not know, or cannot, shift-click. */
static void build_orders(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct pick_view *orders = arena_many(a, LIST_KEYS_MOST, struct pick_view);
	for (size_t i = 0; i < LIST_KEYS_MOST; i++) {
		struct option_view *options = arena_many(a, 2 * (size_t)heads_n(view) + 1, struct option_view);
		size_t n = 0;
		options[n++].label = i == 0 ? S("place") : S("nothing else");
		for (int c = 0; c < heads_n(view); c++) {
			struct head head = head_of(view, c);
			for (int down = 0; down <= 1 && head.sorts; down++)
				options[n++] = (struct option_view){
					.value = sort_word(a, view, c, down),
					.label = str_fmt(a, "%.*s %s", STR_ARG(head.say), down ? "▼" : "▲"),
					.chosen = i < view->keys_n && view->sorted[i] == c &&
						  view->keys[i].down == down && view->query.sort.n > 0,
				};
		}
		orders[i] = (struct pick_view){
			.id = str_fmt(a, "f-order-%zu", i + 1),
			.label = i == 0 ? S("Order by") : S("then by"),
			.options = options,
			.options_n = n,
		};
	}
	page->orders = orders;
	page->orders_n = LIST_KEYS_MOST;
	struct option_view *shown = arena_many(a, (size_t)heads_n(view), struct option_view);
	for (int c = 0; c < heads_n(view); c++) {
		struct head head = head_of(view, c);
		if (c != COL_FIRST)
			shown[page->shown_n++] = (struct option_view){head.word, head.say, head.shows};
	}
	page->shown = shown;
}

/* The order with this column behind the others; where it is among them, turned round. */
static struct str sort_then(struct arena *a, const struct list_view *view, int column)
{
	struct buf sort = buf_new(a, 300);
	bool there = false;
	for (size_t i = 0; i < view->keys_n; i++) {
		bool same = view->sorted[i] == column;
		there = there || same;
		buf_fmt(&sort, "%s%.*s", i > 0 ? "," : "",
			STR_ARG(sort_word(a, view, view->sorted[i], view->keys[i].down != same)));
	}
	if (!there && view->keys_n < LIST_KEYS_MOST)
		buf_fmt(&sort, ",%.*s", STR_ARG(sort_word(a, view, column, head_of(view, column).down)));
	return buf_text(&sort);
}

static void build_columns(struct arena *a, const struct list_view *view, struct list_page *page)
{
	/* Whoever chose columns sees them all, however narrow the window; it scrolls. */
	static const char *const plain[] = {"", "number", "nowrap", "number nowrap"};
	struct column_view *columns = arena_many(a, (size_t)heads_n(view), struct column_view);
	for (int c = 0; c < heads_n(view); c++) {
		struct head head = head_of(view, c);
		if (!head.shows)
			continue;
		struct column_view *column = &columns[page->columns_n++];
		struct str style = head.style;
		if (view->query.columns.n > 0)
			style = str_from(plain[str_starts(style, S("number")) + 2 * str_ends(style, S("nowrap"))]);
		if (c < LIST_COLUMNS_N)
			page->style[c] = style;
		*column = (struct column_view){.say = head.say, .style = style, .sorts = head.sorts};
		if (!column->sorts)
			continue;
		for (size_t i = 0; i < view->keys_n; i++)
			if (view->sorted[i] == c) {
				column->sorted = (int)i + 1;
				column->down = view->keys[i].down;
			}
		if (column->sorted > 1)
			column->degree = str_fmt(a, "%d", column->sorted);
		struct list_query q = changed(view);
		bool down = column->sorted == 1 ? !column->down : head.down;
		q.sort = c == COL_PLACE && !down ? S("") : sort_word(a, view, c, down);
		column->href = list_address(a, &q);
		q.sort = sort_then(a, view, c);
		column->then = list_address(a, &q);
	}
	page->columns = columns;
}

void list_build_head(struct arena *a, const struct list_view *view, struct list_page *page)
{
	struct tile_view *tiles = arena_many(a, view->tiles_n, struct tile_view);
	for (size_t i = 0; i < view->tiles_n; i++)
		tiles[i] = (struct tile_view){.value = view->tiles[i].value, .label = view->tiles[i].say};
	page->tiles = (struct tiles_view){.tiles = tiles, .tiles_n = view->tiles_n};
	struct list_query today = view->query;
	today.as_of = DAY_NONE;
	page->today = list_address(a, &today);
	build_lanes(a, view, page);
	page->chips = build_switches(a, view, view->chips, view->chips_n);
	page->chips_n = view->chips_n;
	page->conditions = build_switches(a, view, view->conditions, view->conditions_n);
	page->conditions_n = view->conditions_n;
	build_saved(a, view, page);
	build_picks(a, view, page);
	build_orders(a, view, page);
	build_columns(a, view, page);
}
