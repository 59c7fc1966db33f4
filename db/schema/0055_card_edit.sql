-- A text is sent again where the answer was lost. What a device saved last in a field, so that words which come twice
-- are written once; and the words of two devices of one person that met others wait beside each other.
CREATE TABLE card_edit (
	card_id text NOT NULL REFERENCES card (id),
	field text NOT NULL,                             -- follow_up, barrier or note
	by_id text NOT NULL REFERENCES app_user (id),
	device text NOT NULL,                            -- an id that the page drew
	no {int} NOT NULL,                               -- counted by the device, upwards
	version {int} NOT NULL,                          -- of the field after it; 0: it met others and waits beside
	PRIMARY KEY (card_id, field, by_id, device)
) {strict};

ALTER TABLE card_conflict ADD COLUMN device text NOT NULL DEFAULT ''; -- as above; empty: sent by the form's button
ALTER TABLE card_conflict ADD COLUMN over {int} NOT NULL DEFAULT 0;    -- version of the field that they were typed over
DROP INDEX card_conflict_open;
CREATE UNIQUE INDEX card_conflict_open ON card_conflict (card_id, field, by_id, device, over) WHERE settled_at IS NULL;
