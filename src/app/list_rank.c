#include "app/list_rank.h"

#include "domain/order.h"

void list_rank(const struct list_image *image, const struct list_region *region, const struct policy *p,
	       struct arena *a, struct list_ranked **out, size_t *n)
{
	const struct list_row *rows = &image->rows[region->first];
	struct order_key *keys = arena_many(a, region->active, struct order_key);
	int *was = arena_many(a, region->active, int);
	size_t count = 0;
	for (size_t i = 0; i < region->active; i++) {
		struct priority_facts f = list_row_facts(&rows[i]);
		if (!policy_admits(p, &f, rows[i].veteran))
			continue;
		priority_judge(&p->order, image->as_of, &f);
		was[i] = (int)count + 1;
		keys[count++] = (struct order_key){priority_order(&p->order, &f), (uint32_t)i};
	}
	keys = order_sort(keys, arena_many(a, count, struct order_key), count);
	struct list_ranked *ranked = arena_many(a, count, struct list_ranked);
	for (size_t i = 0; i < count; i++)
		ranked[i] = (struct list_ranked){&rows[keys[i].row], keys[i].order, (int)i + 1, was[keys[i].row]};
	*out = ranked;
	*n = count;
}
