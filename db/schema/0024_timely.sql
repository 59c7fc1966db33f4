-- How soon facts were entered, as the newest whole export of each source has it: counts, never a single fact.

CREATE TABLE timely (
	import_no {int} NOT NULL,  -- counts where it was applied
	project_no {int} NOT NULL,
	counts {bytes} NOT NULL,   -- facts by kind and delay (domain/timely.h), packed
	PRIMARY KEY (import_no, project_no)
) {strict};
