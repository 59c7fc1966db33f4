#!/bin/sh
# Files for agencies: what stands in them when somebody else's program opens them with the pass-phrase, compared with
# whom the database lets that agency see; and everything that is refused. Every person of this world has a first name,
# a last name, an HMIS id, an SSN and a birth date that occur nowhere else.
. "$(dirname "$0")/lib.sh"

there() {
	command -v "$1" >/dev/null
}

fails() {
	! "$@"
}

sql() {
	sqlite3 data/byname.db "$@"
}

# --- a world, its people and what they signed ---

"$byname" demo --people 1500 --seed 7 --today "$(TZ=America/Chicago date +%F)" made >/dev/null || exit 1
sed -i -E '2,$ s/^("P([^"]*)"),("([^"]|"")*")?,("([^"]|"")*")?,("([^"]|"")*")?,/\1,"Qf\2z",,"Ql\2z",/' made/Client.csv
instance data
works 'Applied' 'import' import --data data made
works 'regions' 'regions' region import --data data made/regions.csv
check 'no second step' "$byname" setting --data data second_factor none

# account LOGIN ROLE AGENCY [OPTION...]: with the password of its credential file.
account() {
	login=$1
	role=$2
	shift 2
	"$byname" user add --data data "$login" --name "Invented $login" --role "$role" --agency "$@" >out || return 1
	sed -n 's/.*: //p' out | tail -n 1 >"$login.key"
	chmod 600 "$login.key"
	"$byname" agreement sign --data data "$login" >/dev/null
	sql "UPDATE app_user SET must_change = 0 WHERE login = '$login'"
}

region=$(sql "SELECT l.region_id FROM listing l, hmis_now n WHERE l.from_import <= n.import_no AND
	l.to_import > n.import_no AND l.status = 1 AND l.region_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
number=$(sql "SELECT number FROM region WHERE id = '$region'")
# An agency that serves some of the region, and two more.
served="SELECT g.id FROM listing l, hmis_now n, household_agency s, agency g WHERE s.household_no = l.household_no
	AND g.id = s.agency_id AND l.region_id = '$region' AND l.status = 1 AND l.to_import > n.import_no
	AND s.to_import > n.import_no GROUP BY 1 ORDER BY count(*) DESC, g.id LIMIT 1 OFFSET 1"
agency=$(sql "$served")
whom=$(sql "SELECT name FROM agency WHERE id = '$agency'")
holders=$(sql "SELECT name FROM agency WHERE id <> '$agency' ORDER BY id LIMIT 1")
closed=$(sql "SELECT name FROM agency WHERE id <> '$agency' ORDER BY id LIMIT 1 OFFSET 1")
sql "INSERT INTO agency (id, name, kind, is_lead, is_victim_service_provider)
	VALUES ('lead', 'Invented CoC Lead', 'lead', 1, 0)"
works recorded 'memorandum' mou add --data data "$whom"
works recorded 'memorandum of the list holder' mou add --data data "$holders"
works recorded 'memorandum that has ended' mou add --data data "$closed" --from 2020-01-01 --until 2020-12-31
works recorded 'memorandum of a lead' mou add --data data lead
check 'a list holder' account lee list-holder "$holders" --region "$number"
check 'a list holder of another region' account max list-holder "$holders" --region "$((number % 10 + 1))"
check 'a provider' account pat provider "$whom"

# Of every three one signed for everybody, one for the agency of the list holder alone, one not. Every second
# household sits in the open cycle, whose conference the agency was in. One of these is protected.
now=1700000000000
sql "
	CREATE TEMP TABLE listed AS SELECT l.household_no AS no, l.head_client_no AS head FROM listing l, hmis_now n
		WHERE l.region_id = '$region' AND l.to_import > n.import_no;
	INSERT INTO release (id, client_no, refused, scope, purposes, laws, given, language, from_day, recorded_at)
		SELECT 'r' || head, head, 0, CASE head % 3 WHEN 0 THEN 'coc' ELSE 'named' END, 255, 1, 'written', 'en', 18000,
		$now FROM listed WHERE head % 3 < 2;
	INSERT INTO release_agency (release_id, agency_id) SELECT 'r' || head, (SELECT agency_id FROM app_user WHERE
		login = 'lee') FROM listed WHERE head % 3 = 1;
	INSERT INTO cycle (id, region_id, number, size, goal, started_at, started_by) SELECT 'cy', '$region', 1, 1, 0,
		$now, id FROM app_user WHERE login = 'lee';
	INSERT INTO cycle_household (id, cycle_id, household_no, joined_as, joined_at, joined_by) SELECT 's' || no, 'cy', no,
		'start', $now, u.id FROM listed, app_user u WHERE u.login = 'lee' AND no % 2 = 0;
	INSERT INTO conference (id, region_id, cycle_id, focus, day, starts_at, minutes, household_seconds, facilitator_id,
		scribe_id, state, part, planned_at, planned_by) SELECT 'co', '$region', 'cy', 'highest', 19000, $now, 60, 120,
		id, id, 'closed', 0, $now, id FROM app_user WHERE login = 'lee';
	INSERT INTO attendance (id, conference_id, user_id, agency_id, role, in_at, admitted_at, out_at) SELECT 'at', 'co', id,
		'$agency', 'provider', $now, $now, $now FROM app_user WHERE login = 'pat';
	INSERT INTO protection (household_no, no, day, reason, at) SELECT no, 1, 19000, x'00', $now FROM listed
		WHERE head % 3 = 0 AND no % 2 = 0 AND no IN (SELECT household_no FROM listing WHERE status = 1) AND no NOT IN (SELECT household_no FROM household_agency WHERE
		agency_id = '$agency') ORDER BY no LIMIT 1;"

# ids CONDITION: the HMIS ids of the active heads for whom it holds.
ids() {
	sql "SELECT substr(c.personal_id, 2) FROM listing l, hmis_now n, client c WHERE c.client_no = l.head_client_no
		AND c.to_import > n.import_no AND l.to_import > n.import_no AND l.region_id = '$region' AND l.status = 1 AND $1" |
		sort -u
}
protected='l.household_no IN (SELECT household_no FROM protection)'
serves="l.household_no IN (SELECT household_no FROM household_agency s, hmis_now m WHERE s.agency_id = '$agency' AND
	s.to_import > m.import_no)"
# Both may read the name: the list holder by a release for the own agency, the agency as well, or because it serves.
ids "l.head_client_no % 3 < 2 AND NOT $protected AND ($serves OR (l.head_client_no % 3 = 0 AND l.household_no % 2 = 0))" >may
ids "NOT $protected" >all
ids "$protected" >hidden
comm -23 all may >mayn
check 'some are named by being served' [ -n "$(ids "l.head_client_no % 3 = 1 AND $serves")" ]
check 'some by a release' [ -n "$(ids "l.head_client_no % 3 = 0 AND l.household_no % 2 = 0 AND NOT $serves AND NOT $protected")" ]
check 'many are not' [ "$(wc -l <mayn)" -gt 5 ]
check 'one is protected' [ "$(wc -l <hidden)" = 1 ]
# Everybody of the export who is not a head that may be named, members of named households too.
sed -E -n '2,$ s/^"P([^"]*)".*/\1/p' made/Client.csv | sort -u >people
comm -23 people may >others
sed -E -n '2,$ s/^"[^"]*","[^"]*",,"[^"]*",[^,]*,[^,]*,"([0-9]{9})".*/\1/p' made/Client.csv | sort -u >numbers
check 'canaries in every field' [ "$(wc -l <others)" -gt 200 ] && [ "$(wc -l <numbers)" -gt 200 ]

# holds_right FILE: names and ids of those who may be named, and of nobody else; no SSN, no birth date.
holds_right() {
	for id in $(cat may); do
		for canary in "Qf${id}z" "Ql${id}z" "P$id"; do
			grep -q "$canary" "$1" || { echo "missing $canary"; return 1; }
		done
	done
	sed -E 's/.*/Qf&z\nQl&z\nP&/' others >canaries
	grep -F -f canaries "$1" && return 1
	grep -F -f numbers "$1" && return 1
	grep -E '(^|[^0-9])19[0-9]{2}-[0-9]{2}-[0-9]{2}|[A-Z][a-z]{2} 19[0-9]{2}|/19[0-9]{2}' "$1" && return 1
	return 0
}

share() {
	rm -f "f.$1"
	run share --data data --as lee --credential-file lee.key --agency "$whom" --format "$1" --out "f.$1"
	tr -d '\n' <err >phrase
	[ "$code" = 0 ] && [ "$(wc -l <err)" = 1 ] && grep -q -x -E '([0-9a-z]{5}-){3}[0-9a-z]{5}' err &&
		! grep -q -F -f phrase out
}

# --- the three formats ---

for format in xlsx pdf zip; do
	check "$format: made, and the pass-phrase alone on standard error" share $format
	cp phrase "phrase.$format"
	check "$format: its owner alone may read it" [ "$(stat -c %a f.$format)" = 600 ]
	check "$format: shows no canary closed" fails grep -a -q -E 'Q[fl]0' f.$format
done
rows=$(($(wc -l <all) + $(wc -l <hidden)))
check 'it says how many' grep -q "$rows households .* $(wc -l <may) of them by name" out

if there 7z; then
	check 'zip: 7-Zip opens it' 7z x -y -ozip "-p$(cat phrase.zip)" f.zip
	check 'zip: rows and fields by the right of the agency' holds_right zip/list.csv
	check 'zip: everybody has a place' [ "$(grep -c -E '^[0-9]+,' zip/list.csv)" = "$rows" ]
	check 'zip: a code stands beside no HMIS id' fails grep -q -E ',[A-Z][a-z]+ [0-9]{4,},P[0-9]' zip/list.csv
	check 'zip: whose copy it is, and what it shows' grep -q "$whom" zip/about.txt
	check 'zip: the filter' grep -q 'status: active' zip/about.txt
	protected_row=$(sql "SELECT h.code FROM household h JOIN protection p ON p.household_no = h.household_no")
	check 'zip: of a protected household only bands' grep -q -E "^[0-9]+,,,$protected_row,,household,active,,[0-9]+,[0-9]+,,,,,,," zip/list.csv
	run share --data data --as lee --credential-file lee.key --agency "$whom" --format zip --out chosen.zip --where 'months>=0'
	check 'zip: a choice' 7z x -y -ochosen "-p$(cat err)" chosen.zip
	check 'zip: a choice leaves the protected one out' fails grep -q "$protected_row" chosen/list.csv
else
	skip '7-Zip is not here' 'zip'
fi
if there pdftotext && there qpdf; then
	check 'pdf: qpdf opens it' qpdf --password-file=phrase.pdf --decrypt f.pdf open.pdf
	# As stored, so that no line is broken within a word.
	pdftotext -raw open.pdf - | tr -d '\n' >pdf.txt
	check 'pdf: rows and fields by the right of the agency' holds_right pdf.txt
	rm -f open.pdf
else
	skip 'poppler or qpdf is not here' 'pdf'
fi
if there soffice && /usr/bin/python3 -c 'import uno' 2>import.err; then
	HOME=$work timeout 120 /usr/bin/python3 "$source_root/tests/conformance/papers_office.py" "$work" f.xlsx \
		"$(cat phrase.xlsx)" xlsx.csv >office.log 2>&1
	check 'xlsx: LibreOffice opens it' test -s xlsx.csv
	check 'xlsx: rows and fields by the right of the agency' holds_right xlsx.csv
else
	skip 'LibreOffice is not here' 'xlsx'
fi

# --- what is on record ---

check 'each making is in the journal' [ "$(sql "SELECT count(*) FROM journal WHERE act = 'share.make'")" -ge 3 ]
check 'each has its row' [ "$(sql 'SELECT count(*) FROM share WHERE content IS NULL')" -ge 3 ]
check 'each person named is a disclosure' [ "$(sql "SELECT length(households) - length(replace(households, ' ', '')) + 1
	FROM disclosure WHERE route = '/share' LIMIT 1")" = "$(wc -l <may)" ]
works 'rows' 'the journal holds' verify --data data
check 'no pass-phrase is kept' fails grep -a -q -F -f phrase.pdf data/byname.db data/byname.db-wal
sql 'SELECT * FROM disclosure; SELECT * FROM journal; SELECT * FROM share' >kept
check 'nor a name' fails grep -q 'Q[fl]0' kept

# --- what is refused ---

# no PATTERN CODE NAME [OPTION...]: with all that is needed but for what follows.
no() {
	sentence=$1
	wanted=$2
	title=$3
	shift 3
	refused "$wanted" "$sentence" "$title" share --data data --format zip --out none.zip "$@"
	check "$title: no file" [ ! -e none.zip ]
}
lee="--as lee --credential-file lee.key"
# shellcheck disable=SC2086 # words
{
	no 'no memorandum of understanding in force' 3 'no memorandum' $lee --agency "$closed"
	no 'lead agency' 3 'a lead agency' $lee --agency lead
	no 'no agency' 4 'an agency that there is not' $lee --agency 'Nowhere House'
	no 'another region' 3 'another list' $lee --agency "$whom" --region "$((number % 10 + 1))"
	no 'by facts, not by names' 2 'a name as filter' $lee --agency "$whom" --where smith
	no 'stands in it' 2 'a filter by what is not told' $lee --agency "$whom" --where 'missing:photo_id'
	no '1 to 30' 2 'too long' $lee --agency "$whom" --days 31
	no 'made by list holders' 3 'a provider' --as pat --credential-file pat.key --agency "$whom"
	no 'list holders' 3 'not the agency for itself' --as pat --credential-file pat.key --agency "$holders"
	no 'name or the password' 3 'a wrong password' --as lee --credential-file pat.key --agency "$whom"
	no 'name or the password' 3 'nobody' --as nobody --credential-file pat.key --agency "$whom"
	no 'no such file\|there is no\|cannot' 4 'no credential file' --as lee --credential-file none.key --agency "$whom"
}
cp lee.key open.key
chmod 644 open.key
no 'others than its owner' 3 'a credential that others read' --as lee --credential-file open.key --agency "$whom"
# shellcheck disable=SC2086
refused 5 'is there already' 'a file that is there' share --data data $lee --agency "$whom" --format zip --out f.zip
# shellcheck disable=SC2086
refused 2 'is not one of' 'another format' share --data data $lee --agency "$whom" --format docx --out none.docx
# shellcheck disable=SC2086
refused 2 '--agency is missing' 'no agency said' share --data data $lee --format zip --out none.zip
no 'no terminal' 2 'nobody to ask' --as lee --agency "$whom" </dev/null

"$byname" setting --data data second_factor list-holder
# shellcheck disable=SC2086
no 'second step: set it up' 3 'a second step that is not set up' $lee --agency "$whom"
"$byname" setting --data data second_factor none
"$byname" agreement end --data data lee >/dev/null
# shellcheck disable=SC2086
no 'agreement' 3 'no signature' $lee --agency "$whom"
"$byname" agreement sign --data data lee >/dev/null
sql "UPDATE release SET ended_day = 18001"
share zip
if there 7z; then
	check 'after every withdrawal it opens' 7z x -y -owithdrawn "-p$(cat phrase)" f.zip
	: >may
	cp people others
	check 'and names nobody' holds_right withdrawn/list.csv
	check 'but has everybody' [ "$(grep -c -E '^[0-9]+,' withdrawn/list.csv)" = "$rows" ]
fi
check 'no session is left' [ "$(sql 'SELECT count(*) FROM session')" = 0 ]
plan
