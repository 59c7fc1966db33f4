-- The confidentiality agreement in the CoC's own words, in versions as the forms are.
ALTER TABLE consent_form ADD COLUMN kind text NOT NULL DEFAULT 'release'; -- release, agreement: app/consent_form.h
ALTER TABLE agreement ADD COLUMN form_id text REFERENCES consent_form (id); -- whose words were signed; NULL: byname's own, or a paper
