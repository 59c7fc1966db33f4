-- How consent is asked for: forms that are stricter, what was talked about, signatures on screen.

-- What a form allows: an agency's own is stricter than the continuum's.
ALTER TABLE consent_form ADD COLUMN most_days {int};                    -- longest time a release holds; NULL: no limit
ALTER TABLE consent_form ADD COLUMN widest text NOT NULL DEFAULT 'coc'; -- widest scope: domain/release.h

-- What was talked about before somebody signed.
ALTER TABLE release ADD COLUMN points {int} NOT NULL DEFAULT 0;         -- bits of the five points: domain/release.h
ALTER TABLE release ADD COLUMN note {bytes};                            -- sealed: who witnessed, who interpreted

-- A signature drawn on screen.
CREATE TABLE release_signature (
	release_id text PRIMARY KEY REFERENCES release (id),
	drawn {bytes} NOT NULL            -- sealed: its strokes
) {strict};
