#include "app/opening_stock.h"

#include "domain/opening.h"
#include "hmis/spec.h"
#include "store/dossier.h"
#include "store/q_hmis.h"
#include "store/q_opening.h"

err_t opening_stock_load(struct call *c, struct db *db, struct arena *a, struct str agency_id, struct str program,
			 int *homes)
{
	struct q_opening_inventory *rows;
	struct q_hmis_now now;
	bool found;
	size_t n;
	size_t kept = 0;
	TRY(q_hmis_now(db, a, &now, &found));
	TRY(q_opening_inventory(db, a, agency_id, now.import_no, HMIS_Inventory, &rows, &n));
	struct opening_stock *stock = arena_many(a, n, struct opening_stock);
	for (size_t i = 0; i < n; i++) {
		struct dossier_fact fact;
		if (!str_eq_nocase(rows[i].name, str_trim(program)))
			continue;
		if (!dossier_unpack(rows[i].body, &fact))
			return err_internal(a, "a row of an inventory cannot be read");
		stock[kept++] = (struct opening_stock){
			.units = (int)dossier_int(&fact, DOSSIER_Inventory_UnitInventory, 0),
			.beds = (int)dossier_int(&fact, DOSSIER_Inventory_BedInventory, 0),
			.from = dossier_day(&fact, DOSSIER_Inventory_InventoryStartDate),
			.until = dossier_day(&fact, DOSSIER_Inventory_InventoryEndDate),
		};
	}
	*homes = opening_homes(stock, kept, c->today);
	return NULL;
}
