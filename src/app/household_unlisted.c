/* Households that left the list while people still worked for them. */
#include "app/household.h"
#include "app/household_access.h"
#include "base/limit.h"
#include "store/q_household.h"

enum { BATCH = LIMIT_LIST_PAGE };

static bool sees_codes(const struct call *c)
{
	struct access_decision may;
	app_household_decide_unlisted(c, &may);
	return may.field[FIELD_FACTS] != ACCESS_NOTHING;
}

static struct household_face coded(const struct q_households_unlisted *row)
{
	return (struct household_face){
		.no = row->household_no,
		.id = row->id,
		.code = row->code,
		.visible = true,
		.unlisted = true,
		.days_on_list = -1,
		.months_36 = -1,
		.last_contact = DAY_NONE,
		.age = -1,
	};
}

err_t app_household_unlisted(struct call *c, struct db *db, struct arena *a, struct household_face *faces, size_t n)
{
	int64_t nos[BATCH];
	struct q_households_unlisted *rows;
	size_t asked, rows_n;
	if (!sees_codes(c))
		return NULL;
	for (size_t at = 0; at < n;) {
		for (asked = 0; at < n && asked < BATCH; at++)
			if (!faces[at].visible)
				nos[asked++] = faces[at].no;
		if (asked == 0)
			return NULL;
		TRY(q_households_unlisted(db, a, nos, asked, &rows, &rows_n));
		for (size_t r = 0; r < rows_n; r++)
			for (size_t i = 0; i < n; i++)
				if (!faces[i].visible && faces[i].no == rows[r].household_no)
					faces[i] = coded(&rows[r]);
	}
	return NULL;
}
