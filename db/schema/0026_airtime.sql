-- Why a household was added to a cycle or comes to an add-on review: keys of domain/airtime.h, blanks between;
-- NULL: the order of the list, or it was added before there was a picker.
ALTER TABLE cycle_household ADD COLUMN joined_for text;

-- Tenancies at risk, which every page of the list counts.
CREATE INDEX household_entry_tenancy ON household_entry (household_no)
	WHERE item = 'tenancy' AND newest = 1 AND value IS NOT NULL;
