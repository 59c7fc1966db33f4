-- The forms that people sign, in versions.

-- name: consent_forms many
-- All forms, the newest version of each first.
-- out: id text, kind text, name text, version int, language text, agency_id text?, agency text?, from_day day
-- out: most_days int?, widest text, words text
-- scan: a CoC has some ten forms
SELECT f.id, f.kind, f.name, f.version, f.language, f.agency_id, g.name AS agency, f.from_day, f.most_days, f.widest, f.words
FROM consent_form f LEFT JOIN agency g ON g.id = f.agency_id
ORDER BY coalesce(g.name, ''), coalesce(g.id, ''), f.kind DESC, f.name, f.language, f.version DESC, f.id;

-- name: consent_form_signed one
-- The form of a release that was signed on a day, by its name: the newest version that was in force, in that language if there is one.
-- in:  name text, day day, language text
-- out: id text
SELECT id FROM consent_form WHERE kind = 'release' AND name = :name
ORDER BY CASE WHEN from_day <= :day THEN 0 ELSE 1 END, CASE WHEN language = :language THEN 0 ELSE 1 END,
	version DESC, id LIMIT 1;

-- name: consent_form_last one
-- The newest version of a form; 0 where there is none.
-- in:  kind text, name text, language text, agency_id text
-- out: version int
SELECT coalesce(max(version), 0) AS version FROM consent_form
WHERE kind = :kind AND name = :name AND language = :language AND coalesce(agency_id, '') = :agency_id;

-- name: consent_form_add exec
-- A form, or a newer version of one.
-- in: id text, kind text, name text, version int, language text, agency_id text?, from_day day, most_days int?
-- in: widest text, words text
INSERT INTO consent_form (id, kind, name, version, language, agency_id, from_day, most_days, widest, words)
VALUES (:id, :kind, :name, :version, :language, :agency_id, :from_day, :most_days, :widest, :words);
