-- Who wrote what stands in a card's texts: said to whoever meets it, and kept with the words. Until now the
-- journal alone told.
ALTER TABLE card ADD COLUMN follow_up_by text REFERENCES app_user (id); -- NULL: nothing was written
ALTER TABLE card ADD COLUMN barrier_by text REFERENCES app_user (id);   -- NULL: nothing was written
ALTER TABLE card ADD COLUMN note_by text REFERENCES app_user (id);      -- NULL: nothing was written
UPDATE card SET
	follow_up_by = (SELECT u.id FROM journal j JOIN app_user u ON u.id = j.actor_id
		WHERE j.noun = 'conference' AND j.noun_id = card.conference_id AND j.act IN ('card.write', 'card.settle')
			AND j.more = 'card=' || card.id || ',field=follow_up' ORDER BY j.seq DESC LIMIT 1),
	barrier_by = (SELECT u.id FROM journal j JOIN app_user u ON u.id = j.actor_id
		WHERE j.noun = 'conference' AND j.noun_id = card.conference_id AND j.act IN ('card.write', 'card.settle')
			AND j.more = 'card=' || card.id || ',field=barrier' ORDER BY j.seq DESC LIMIT 1),
	note_by = (SELECT u.id FROM journal j JOIN app_user u ON u.id = j.actor_id
		WHERE j.noun = 'conference' AND j.noun_id = card.conference_id AND j.act IN ('card.write', 'card.settle')
			AND j.more = 'card=' || card.id || ',field=note' ORDER BY j.seq DESC LIMIT 1);
