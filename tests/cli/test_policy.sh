#!/bin/sh
# The written order: shown, checked, set, and what the list makes of it.
. "$(dirname "$0")/lib.sh"

today=$(TZ=America/Chicago date +%F)
world w
instance d
"$byname" import --data d w >/dev/null
"$byname" region import --data d w/regions.csv >/dev/null
at --data d

# ranks [OPTION...]: everybody's place, without days that go on.
ranks() {
	"$byname" list --data d --format csv "$@" | cut -d, -f3,11
}

works '^policy "The order of the by-name list"$' 'the default' policy show --data d
cp out default.txt
works '^  1\. Chronic homelessness: ' 'in plain words' policy show --data d --standard
works '^for opening psh$' 'an opening without a policy follows the list' policy show --data d --for psh
refused 2 'is one of: list, psh' 'a kind that is none' policy show --data d --for moon
works '^  lot$' 'the default is a policy' policy check default.txt
check 'and prints as itself' cmp out default.txt

# What cannot be read changes nothing.
sed 's/^  lot$/  race first/' default.txt >race.txt
unchanged 2 'Line 11: "race" is protected by fair housing law' 'a protected trait' policy set --data d race.txt
refused 2 'Line 11: "race"' 'checked without a database' policy check race.txt
sed 's/^  lot$/  document readiness first\n  lot/' default.txt >papers.txt
unchanged 2 'Line 11: "document" never moves a place' 'document readiness' policy set --data d papers.txt
printf '\000\001' >bytes.txt
unchanged 2 'no plain text' 'bytes' policy set --data d bytes.txt
head -c 20000 /dev/zero | tr '\0' '#' >large.txt
unchanged 2 'larger than' 'a text that is too large' policy set --data d large.txt
unchanged 4 'cannot be read' 'no file' policy set --data d nowhere.txt
unchanged 2 'begins today or later' 'a day that is past' policy set --data d default.txt --from 2026-01-01

# The default as a text changes no place.
ranks >before
works '^Version 1 of the policy for list holds from ' 'the default is set' policy set --data d default.txt
ranks >after
check 'and nobody moves' cmp before after

# Two agencies raised somebody: first within the band, nobody else changes places.
behind=$(sqlite3 d/byname.db "SELECT household_no FROM listing WHERE to_import = 2147483647 AND status = 1 AND band = 1
	AND chronic <> 3 ORDER BY region_id, place DESC LIMIT 1")
key=$(sqlite3 d/byname.db "SELECT code FROM household WHERE household_no = $behind")
region=$(grep "^$key," after | wc -l)
check 'there is somebody in the middle band' test "$region" = 1
sqlite3 d/byname.db "INSERT INTO adjustment SELECT 'a', $behind, x'00', x'00', 1, 22000, 30000, u.id, g.id, 0, u.id, g.id,
	20000, NULL, NULL FROM app_user u, agency g LIMIT 1"
run setting --data d window_other 61
first=$(sqlite3 d/byname.db "SELECT l.household_no FROM listing l WHERE to_import = 2147483647 AND status = 1 AND band = 1
	AND chronic <> 3 AND region_id = (SELECT region_id FROM listing WHERE household_no = $behind AND to_import = 2147483647)
	ORDER BY place LIMIT 1")
check 'who is raised is first in the band' test "$first" = "$behind"
check 'nobody of a higher band is behind' test "$(sqlite3 d/byname.db "SELECT count(*) FROM listing WHERE to_import = 2147483647
	AND status = 1 AND band = 0 AND chronic <> 3 AND place > (SELECT place FROM listing WHERE household_no = $behind AND
	to_import = 2147483647)")" = 0
sqlite3 d/byname.db "UPDATE adjustment SET until_day = 20001"
run setting --data d window_other --default
ranks >after
check 'when it is over all stand as before' cmp before after

# Another order.
cat >oldest.txt <<-TEXT
	policy "Who came first"
	for list
	order
	  list start oldest first
	  lot
TEXT
works '^Version 2 ' 'another order' policy set --data d oldest.txt
known=
ordered() {
	"$byname" list --data d --format csv |
		awk -F, 'NR > 1 && $11 != "" { if (last != "" && $7 + 0 > last) bad = 1; last = $7 + 0; n++ } END { exit bad || n < 20 }'
}
check 'ranks the list' ordered
works '^policy "Who came first"$' 'it is in force' policy show --data d
works "^from $today\$" 'from today' policy show --data d
check 'in the journal' test "$(sqlite3 d/byname.db "SELECT count(*) FROM journal WHERE act = 'policy.set' AND noun_id = 'list'")" = 2

# A later day takes effect on that day, for those who look at it.
works '^Version 3 of the policy for list holds from 2199-01-01' 'a later day' policy set --data d default.txt --from 2199-01-01
works '^policy "Who came first"$' 'changes nothing today' policy show --data d
works '^policy "The order' 'and holds then' policy show --data d --as-of 2199-01-02
works '^policy "The order' 'as the default held before' policy show --data d --as-of 2026-01-01
check 'the list has today'"'"'s order' ordered

# Openings have their own.
printf 'policy "PSH"\nfor opening psh\nonly verified chronic\norder\nmonths in 36 most first\nlot\nhold 5 days\n' >psh.txt
works '^Version 1 of the policy for psh' 'a policy for openings' policy set --data d psh.txt
works '^hold 5 days$' 'is kept' policy show --data d --for psh
check 'and the list has its own' ordered
printf 'policy "Last come"\nfor opening voucher\norder\nlist start newest first\nlot\n' >voucher.txt
works '^Version 1 of the policy for voucher' 'another kind of opening' policy set --data d voucher.txt
works '"rank":1,' 'is listed in its order' list --data d --opening voucher --format json
newest() {
	"$byname" list --data d --opening voucher --format csv |
		awk -F, 'NR > 1 && $11 != "" { if (last != "" && $7 + 0 < last) bad = 1; last = $7 + 0; n++ } END { exit bad || n < 20 }'
}
check 'the newest first' newest
check 'of everybody on the list' test "$("$byname" list --data d --opening voucher --format csv | wc -l)" = \
	"$("$byname" list --data d --format csv | wc -l)"
check 'and of nobody it is not for' test "$("$byname" list --data d --opening psh --format csv | wc -l)" = 1
refused 2 'psh, rrh, th' 'a kind that is none' list --data d --opening moon
refused 2 'an export has none' 'openings of an export' list --export w --opening psh

# Straight from an export.
works '"rank":1,' 'an export under a policy' list --export w --as-of 2026-11-20 --policy oldest.txt --format json
refused 2 'Line 11' 'an export under none' list --export w --policy race.txt
refused 2 'goes together with --export' 'a policy without an export' list --data d --policy oldest.txt
plan
