/* The flags of one household, for its page and for the conference that will speak of it. */
#include "app/quality_inside.h"

static err_t fill_said(struct quality_work *w, const struct household_face *face, struct quality_items *out)
{
	struct q_flags_confirmed_at *said;
	size_t n;
	TRY(q_flags_confirmed_at(w->db, w->arena, face->no, &said, &n));
	for (size_t i = 0; i < out->list_n; i++) {
		struct quality_item *item = &out->list[i];
		for (size_t k = 0; k < n && item->silent; k++) {
			if (!str_eq(said[k].flag, str_from(item->flag->word)))
				continue;
			item->by = said[k].user_name;
			item->day = instant_day(said[k].at);
			TRY(quality_reason(w, face, said[k].no, said[k].reason, &item->reason));
		}
	}
	return NULL;
}

static bool is_mine(const struct call *c, const struct q_flag_mendings *rows, size_t n, const struct flag_row *flag)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].flag, str_from(flag->word)) && str_eq(rows[i].user_id, c->actor.id))
			return true;
	return false;
}

err_t quality_items_of(struct call *c, struct db *db, struct arena *a, const struct list_image *image,
		       const struct list_row *row, const struct household_face *face, struct quality_items *out)
{
	struct quality_work w = {.call = c, .db = db, .arena = a, .image = image};
	struct q_flag_mendings *mending;
	size_t mending_n;
	*out = (struct quality_items){.due = DAY_NONE};
	if (face->coarse || (row->flags | row->confirmed) == 0)
		return NULL;
	TRY(quality_load(&w));
	TRY(quality_mendings(&w, &row->no, 1, &mending, &mending_n));
	const struct q_flag_agencies *agency = quality_agency(&w, row);
	out->due = w.dues[row->region];
	out->may = access_may(c->actor.role, CAN_MEND) && quality_may_confirm(c, image, row, face->serves);
	if (out->may && agency != NULL)
		out->agency = agency->name;
	out->list = arena_many(a, FLAGS_N, struct quality_item);
	for (int silent = 0; silent <= 1; silent++)
		for (int f = 0; f < FLAGS_N; f++) {
			const struct flag_row *flag = &flag_table[f];
			if (((silent ? row->confirmed : row->flags) & (uint64_t)flag->flag) == 0)
				continue;
			out->list[out->list_n++] = (struct quality_item){
				.flag = flag,
				.silent = silent,
				.can_confirm = out->may && flag->facts != FACTS_NONE,
				.day = DAY_NONE,
				.mender = quality_mender(a, mending, mending_n, row->no, flag),
				.mine = is_mine(c, mending, mending_n, flag),
			};
		}
	return fill_said(&w, face, out);
}
