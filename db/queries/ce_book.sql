-- What a book of referrals is made of, beside enrollments. `now` is hmis_now.import_no.

-- name: ce_book_projects many
-- Every project, with who runs it and the region of its county. `guarded`: that its agency serves somebody comes under
-- a law of its own.
-- in:  now int
-- out: project_no int, project_id text, name text, type int?, victim bool, agency_id text?, agency text?, region_id text?
-- out: guarded bool
-- scan: a CoC has some thousand projects
SELECT p.project_no, p.project_id, p.name, p.type, p.victim, a.id AS agency_id, a.name AS agency,
	coalesce(ls.region_id, c.region_id) AS region_id,
	CASE WHEN a.law_hmis = 1 OR coalesce(a.law, 'hmis') <> 'hmis' THEN 1 ELSE 0 END AS guarded
FROM hmis_project p
LEFT JOIN hmis_organization o ON o.source_no = p.source_no AND o.organization_id = p.organization_id
	AND o.from_import <= :now AND o.to_import > :now
LEFT JOIN agency a ON a.id = o.agency_id
LEFT JOIN list_source ls ON ls.source_no = p.source_no
LEFT JOIN project_county pc ON pc.project_id = p.project_id
LEFT JOIN county c ON c.name = pc.county
WHERE p.from_import <= :now AND p.to_import > :now ORDER BY p.project_no;

-- name: ce_book_links many
-- Records that are of one person; the lowest number stands for all of them.
-- out: client_no int, one_no int
-- scan: a report holds them all
SELECT client_no, one_no FROM client_link ORDER BY client_no;

-- name: ce_book_homes many
-- Which household everybody belongs to.
-- in:  now int
-- out: client_no int, household_no int
-- scan: a report holds them all
SELECT client_no, household_no FROM household_member WHERE from_import <= :now AND to_import > :now
ORDER BY client_no;

-- name: ce_book_referrals many
-- Referrals of ours that were issued to households, as they stand; the head's record.
-- in:  now int
-- out: id text, household_no int, client_no int, agency_id text, kind text, requested_at instant, issued_day day
-- out: due_day day?, state text, state_day day, reason text?
-- scan: a CoC has some thousand referrals a year
SELECT f.id, f.household_no, m.client_no, f.agency_id, f.kind, f.requested_at, f.issued_day, f.due_day, f.state,
	f.state_day, f.reason
FROM referral f JOIN household_member m ON m.household_no = f.household_no AND m.head = 1 AND m.from_import <= :now
	AND m.to_import > :now
WHERE f.issued_day IS NOT NULL ORDER BY f.id;

-- name: ce_book_steps many
-- On which day these came to each state first.
-- out: referral_id text, what text, day day
-- scan: a CoC has some thousand referrals a year
SELECT referral_id, what, min(day) AS day FROM referral_event GROUP BY referral_id, what ORDER BY referral_id, what;
