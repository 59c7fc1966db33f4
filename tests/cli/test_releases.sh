#!/bin/sh
# Files of releases: taken whole or not at all, row by row, and the same file twice is one file.
. "$(dirname "$0")/lib.sh"

today=$(TZ=America/Chicago date +%F)
day() {
	date -d "$today $1 days" +%F
}
world w
instance d
"$byname" import --data d w >/dev/null
"$byname" region import --data d w/regions.csv >/dev/null
at --data d
person() {
	sqlite3 d/byname.db "SELECT personal_id FROM client WHERE hashed = 0 ORDER BY client_no LIMIT 1 OFFSET $1"
}
agency=$(sqlite3 d/byname.db "SELECT name FROM agency ORDER BY name LIMIT 1")
other=$(sqlite3 d/byname.db "SELECT name FROM agency ORDER BY name LIMIT 1 OFFSET 1")

# releases: all that is on record, and digest: the same in a word.
releases() {
	sqlite3 d/byname.db "SELECT c.personal_id, r.refused, r.scope, r.purposes, r.laws, r.given, r.language,
		date(r.from_day * 86400, 'unixepoch'), coalesce(date(r.until_day * 86400, 'unixepoch'), '-'),
		coalesce(date(r.ended_day * 86400, 'unixepoch'), '-'), coalesce(f.name, '-'), (SELECT group_concat(g.name, ';')
		FROM release_agency a JOIN agency g ON g.id = a.agency_id WHERE a.release_id = r.id)
		FROM release r JOIN client c ON c.client_no = r.client_no LEFT JOIN consent_form f ON f.id = r.form_id
		ORDER BY 1, 8, 11"
}
kept() {
	releases | sha256sum
}
nothing=$(kept)

# Files that are none.
printf 'item,price\nbread,1\n' >shop.csv
unchanged 2 'Column 1 is none of a file of releases' 'a shopping list' import --data d --releases shop.csv
printf 'personal_id,signed,until\nX,%s,\n' "$today" >three.csv
unchanged 2 'it has no column scope' 'a file without scopes' import --data d --releases three.csv
printf 'personal_id,signed,untill,scope\nX,%s,,coc\n' "$today" >misspelt.csv
unchanged 2 'Column 3 is none' 'a misspelt column' import --data d --releases misspelt.csv
unchanged 2 'give PATH' 'two things at once' import --data d --releases shop.csv w
unchanged 2 'give PATH' 'a file and an import that waits' import --data d --releases shop.csv --apply
unchanged 2 'cannot be read' 'no file' import --data d --releases nowhere.csv
check 'no release came of them' test "$nothing" = "$(kept)"

head='personal_id,form,signed,until,scope,agencies,decision,withdrawn,laws,offer_again'
{
	echo "$head"
	echo "$(person 0),Example form,$(day -30),$(day 335),coc,,,,,"
	echo "$(person 1),Example form,$(day -30),$(day 335),named,$agency; $other,given,,part2,"
	echo "$(person 2),Example form,$(day -30),,,,refused,,,$(day 30)"
	echo "$(person 3),Example form,$(day -30),,region,,withdrawn,$(day -3),,"
} >good.csv
works '^4 rows: 4 releases new, 0 changed, 0 unchanged, 0 rows set aside$' 'a look at them' import --data d --dry-run --releases good.csv
check 'it says so' grep -q '^Nothing was changed' out
check 'and nothing was' test "$nothing" = "$(kept)"
works '^4 rows: 4 releases new, 0 changed, 0 unchanged, 0 rows set aside$' 'four releases' import --data d --releases good.csv
releases >first
check 'to all with a memorandum' grep -q "^$(person 0)|0|coc|7|0|written|en|$(day -30)|$(day 335)|-|Example form|$" first
check 'to two by name, and for a law' grep -Eq "^$(person 1)\|0\|named\|7\|4\|.*\|($agency;$other|$other;$agency)$" first
check 'a refusal' grep -q "^$(person 2)|1|named|7|0|written|en|$(day -30)|-|-|Example form|$" first
check 'one that was withdrawn' grep -q "^$(person 3)|0|region|.*|$(day -30)|-|$(day -3)|Example form|$" first
works '^4 rows: 0 releases new, 0 changed, 4 unchanged, 0 rows set aside$' 'the same file again' import --data d --releases good.csv
releases >again
check 'changes nothing' cmp first again
check 'and the journal knows of one' test "$(sqlite3 d/byname.db "SELECT count(*) FROM journal WHERE act = 'release.import'")" = 1
check 'which names nobody' test "$(sqlite3 d/byname.db "SELECT more FROM journal WHERE act = 'release.import'")" = 'added=4,changed=0,aside=0'

# A newer file: one ends sooner, one names one agency less, one is withdrawn, one is not withdrawn after all.
{
	echo "$head"
	echo "$(person 0),Example form,$(day -30),$(day 35),coc,,,,,"
	echo "$(person 1),Example form,$(day -30),$(day 335),named,$agency,withdrawn,$(day -1),part2,"
	echo "$(person 3),Example form,$(day -30),,coc,,given,,,"
} >newer.csv
works '^3 rows: 0 releases new, 2 changed, 0 unchanged, 1 rows set aside$' 'a newer file' import --data d --releases newer.csv
check 'a withdrawal is not taken back' grep -q '^line 4	It was withdrawn' out
releases >newer
check 'it ends sooner' grep -q "^$(person 0)|0|coc|.*|$(day 35)|-|Example form|$" newer
check 'it names one less, and is withdrawn' grep -q "^$(person 1)|0|named|.*|$(day -1)|Example form|$agency$" newer
check 'what the file does not have stays' test "$(wc -l <newer)" = 4

# What people recorded counts more than a file; a withdrawal counts in any case.
sqlite3 d/byname.db "INSERT INTO app_user (id, login, name, role, password, must_change, created_at)
	VALUES ('u', 'u', 'Example Person', 'provider', 'x', 0, 0)"
sqlite3 d/byname.db "UPDATE release SET recorded_by = 'u' WHERE client_no = (SELECT client_no FROM client
	WHERE personal_id = '$(person 0)')"
works ' 0 changed, 2 unchanged, 2 rows set aside$' 'over what was recorded by hand' import --data d --releases good.csv
check 'it says why' grep -q '^line 2	Somebody recorded it otherwise by hand' out
{
	echo "$head"
	echo "$(person 0),Example form,$(day -30),$(day 335),coc,,withdrawn,$today,,"
} >withdrawn.csv
works ' 1 changed, 0 unchanged, 0 rows set aside$' 'withdrawn in the HMIS' import --data d --releases withdrawn.csv
releases >now
check 'ends it, and no more' grep -q "^$(person 0)|0|coc|.*|$(day 35)|$today|" now

# Rows that cannot be used are set aside, the others taken.
{
	echo "$head"
	echo ",F,$today,,coc,,,,,"
	echo "nobody-of-that-id,F,$today,,coc,,,,,"
	echo "$(person 4),F,$(day 1),,coc,,,,,"
	echo "$(person 4),F,2026-02-31,,coc,,,,,"
	echo "$(person 4),F,$today,$(day -1),coc,,,,,"
	echo "$(person 4),F,$today,,everybody,,,,,"
	echo "$(person 4),F,$today,,named,,,,,"
	echo "$(person 4),F,$today,,coc,$agency,,,,"
	echo "$(person 4),F,$today,,named,Agency of Nowhere,,,,"
	echo "$(person 4),F,$today,,coc,,perhaps,,,"
	echo "$(person 4),F,$today,,coc,,withdrawn,,,"
	echo "$(person 4),F,$today,,coc,,given,$today,,"
	echo "$(person 4),F,$today,,coc,,withdrawn,$(day 1),,"
	echo "$(person 4),F,$today,,coc,,,,part3,"
	echo "$(person 4),F,$today,,coc,,,,,$(day 9)"
	echo "$(person 5),F,$today,,coc,,,,,"
	echo "$(person 5),F,$today,,region,,,,,"
	echo "$(person 5),G,$today,,,,refused,,,"
	echo "$(person 5),G,$(day -9),,,,refused,,,"
} >odd.csv
works '^19 rows: 2 releases new, 0 changed, 0 unchanged, 17 rows set aside$' 'seventeen rows that cannot be used' import --data d --releases odd.csv
said() {
	check "line $1: $2" grep -q "^line $1	$2" out
}
said 2 'The PersonalID is missing'
said 3 'No HMIS that was imported knows'
said 4 'The day of signing is missing, or is after today'
said 5 'A day is none'
said 6 'It would end before it was signed'
said 7 'The scope is coc, region or named'
said 8 'Agencies are named where'
said 9 'Agencies are named where'
said 10 'There is no agency of one of the names'
said 11 'The decision is given, refused or withdrawn'
said 12 'A release that was withdrawn has both'
said 13 'A release that was withdrawn has both'
said 14 'The day of withdrawal is'
said 15 'The laws are part2'
said 16 'A day to ask again belongs to a refusal'
said 18 'Line 17 is about the same release'
said 19 'Line 17 says otherwise of that day'
releases >now
check 'nothing of them was kept' test "$(grep -c "^$(person 4)" now)" = 0
check 'what could be used was' test "$(grep -c "^$(person 5)" now)" = 2
check 'no sentence tells what stood there' test "$(grep -c "$(person 4)" out)" = 0
works ' 0 releases new, 0 changed, 2 unchanged, 17 rows set aside$' 'the same again' import --data d --releases odd.csv
{
	echo "$head"
	echo "$(person 2),Example form,$(day -30),$(day 335),coc,,withdrawn,$(day -2),,"
} >both.csv
works ' 1 changed, 0 unchanged, 0 rows set aside$' 'a refusal that was a withdrawal' import --data d --releases both.csv
releases >now
check 'does not come into force' grep -q "^$(person 2)|0|coc|.*|$(day -2)|Example form|$" now

# Protecting a household: by its code, with a reason that is read and not typed as an argument.
code_word=$("$byname" list --data d --format csv | sed -n 2p | cut -d, -f3)
refused 2 'Say in a few words why' 'protected without a reason' protect --data d "$code_word" </dev/null
refused 4 'no such household' 'nobody protected' protect --data d 'Nowhere 1' <both.csv
works '^It is protected\.$' 'protected' protect --data d "$code_word" <<-TEXT
	Safety plan
TEXT
check 'the reason is sealed' test -z "$(grep -l 'Safety plan' d/byname.db d/byname.db-wal 2>/dev/null)"
refused 5 'protected already' 'protected again' protect --data d "$code_word" <both.csv
works '^It is protected no more\.$' 'taken back' unprotect --data d "$code_word"
refused 5 'not protected' 'taken back again' unprotect --data d "$code_word"
works 'journal holds' 'the journal holds' verify --data d

plan
