#!/bin/sh
# Exports come in whole or not at all: good ones, bad ones, a full disk, a killed process.
. "$(dirname "$0")/lib.sh"

world w
world later --months-later 1
"$byname" demo --people 300 --seed 7 --today 2026-11-20 again >/dev/null
check 'the same seed gives the same bytes' diff -r w again
unchanged_demo=$(cat w/*.csv | sha256sum)
refused 5 'already' 'a world over a world' demo --people 300 --seed 8 --today 2026-11-20 w
check 'nothing was changed' test "$unchanged_demo" = "$(cat w/*.csv | sha256sum)"
rm -r again

# zip_of FOLDER FILE
zip_of() {
	(cd "$1" && zip -q -r "$work/$2" .)
}

# The list without what each instance draws by itself.
facts() {
	"$byname" list --data "$1" --format csv | cut -d, -f1,4-10,12 | sort
}

instance d
at --data d
unchanged 2 'give PATH' 'an import of nothing' import --data d
unchanged 2 'give PATH' 'two at once' import --data d --apply w
unchanged 4 'No import waits' 'nothing waits' import --data d --apply
works 'Nothing was changed: this was a dry run' '--dry-run' import --data d --dry-run w
check 'it counts' grep -q '^  300 clients new$' out
check 'it changes nothing' test "$("$byname" list --data d --format csv | wc -l)" = 1
works '^Applied\.$' 'a folder' import --data d w
check 'it says what came' grep -q '^  300 clients new$' out
facts d >folder
check 'the list has households' test "$(wc -l <folder)" -gt 100
zip_of w w.zip
instance z
works '^Applied\.$' 'a zip' import --data z w.zip
facts z >zip
check 'gives the same list' cmp folder zip
rm -r z
works '' 'regions' region import --data d w/regions.csv
"$byname" list --data d --format json >before
works '^  300 clients unchanged$' 'the same again' import --data d w
check 'of enrollments too' grep -q '^  [0-9]* enrollments unchanged$' out
check 'nothing else is counted' test -z "$(grep -E ' (new|changed|deleted)$' out)"
"$byname" list --data d --format json >after
check 'the list is the same, ranks and codes too' cmp before after
run flags --data d
[ "$code" = 0 ] && silent out && silent err
result $? 'nothing was set aside'
unchanged 4 'no import 77' 'flags of no import' flags --data d --import 77
unchanged 2 'whole number' 'flags of a word' flags --data d --import last

# Rows that cannot be used are told, and the rest is loaded.
cp -r w odd
sed -i '2s/^"[^"]*"/"123456789012345678901234567890123"/
3s/\(PR-[0-9]*",\)[0-9-]*/\12026-02-31/' odd/Enrollment.csv
{ head -c 100000000 /dev/zero | tr '\0' x; echo; } >>odd/Services.csv
sed -i '1s/^/\xef\xbb\xbf/; s/\r$//' odd/Event.csv
rm odd/HealthAndDV.csv odd/Affiliation.csv
instance o
works '^  [0-9]* rows set aside' 'an export with three rows that cannot be used' import --data o odd
works "^Enrollment.csv	2	row set aside		id_long	.* longer than 32 bytes" 'flags: an id of 33 characters' flags --data o
check 'flags: a 31st of February' grep -q "^Enrollment.csv	3	row set aside	E[0-9A]*	day_bad	.*EntryDate is not a date" out
check 'flags: a line of 100 MB' grep -q "^Services.csv	[0-9]*	row set aside		row_long	.*longer than 1048576 bytes" out
check 'flags: a file that is missing' grep -q "^HealthAndDV.csv	" out
check 'a mark and other line ends are no trouble' test "$(grep -c '^Event.csv.*_' out)" = 1
check 'the rest is there' test "$("$byname" list --data o --format csv | wc -l)" -gt 100
rm -r o odd

# Packages that cannot be an export change nothing.
bad() {
	rm -rf "$1"
	mkdir "$1"
	cp w/*.csv "$1"
}
unchanged 4 'nothing to import at nowhere' 'nothing there' import --data d nowhere
unchanged 2 'neither a folder nor a zip' 'a CSV' import --data d w/Client.csv
bad b
rm b/Export.csv
unchanged 2 'no Export.csv in b' 'no Export.csv' import --data d b
zip_of b none.zip
unchanged 2 'no Export.csv in none.zip' 'no Export.csv in a zip' import --data d none.zip
: >b/Export.csv
unchanged 2 'Export.csv' 'an Export.csv of no bytes' import --data d b
head -1 w/Export.csv >b/Export.csv
unchanged 2 'Export.csv has no row' 'an Export.csv without a row' import --data d b
cp w/Client.csv b/Export.csv
unchanged 2 'Export.csv is not an HMIS file' 'clients in Export.csv' import --data d b
bad b
cp w/Enrollment.csv b/Client.csv
unchanged 2 'Client.csv is not an HMIS file' 'enrollments in Client.csv' import --data d b
bad b
printf 'item,price\nbread,1\n' >b/Project.csv
unchanged 2 'Project.csv is not an HMIS file' 'a shopping list in Project.csv' import --data d b
: >empty.zip
unchanged 2 'neither a folder nor a zip' 'a zip of no bytes' import --data d empty.zip
for part in 100 30000 $(($(wc -c <w.zip) - 100)); do
	head -c "$part" w.zip >cut.zip
	unchanged 2 'cut off or damaged' "a zip cut off after $part bytes" import --data d cut.zip
done
bad b
head -c 60000000 /dev/zero | tr '\0' x >b/Services.csv
zip_of b bomb.zip
unchanged 2 'more than 200 times its packed size' 'a zip that would grow without end' import --data d bomb.zip
rm -r b
mkdir b
cp w/Export.csv b
(cd b && seq -f 'file%g' 1001 | xargs touch)
zip_of b many.zip
unchanged 2 'more than 1000 files' 'a zip of 1001 files' import --data d many.zip
mkdir xx
cp later/*.csv xx
zip -q trick.zip xx/*.csv
sed -i 's#xx/#../#g' trick.zip
rm -r xx
works 'Nothing was changed' 'names that point out of the zip are only names' import --data d --dry-run trick.zip
check 'no file was written' test ! -e ../Client.csv -a ! -e Client.csv
rm -rf b ./*.zip

# A disk that is full, and a process that is killed: the list is the old one or the new one.
"$byname" demo --people 300 --seed 8 --today 2026-11-21 other >/dev/null
facts d >old
cp -r d k
"$byname" import --data k other >/dev/null
facts k >new
for blocks in 600 1800 2300 2400 2500 2600; do
	rm -rf k
	cp -r d k
	(ulimit -f "$blocks" && exec "$byname" import --data k other) >out 2>err
	code=$?
	facts k >now
	if [ "$code" = 0 ]; then
		cmp -s now new
	else
		[ "$code" = 1 ] && silent out && head -1 err | grep -q '^byname: The d.* disk is full' && cmp -s now old
	fi
	result $? "a disk that is full after $blocks blocks: the exit code says which list it is"
	works 'journal holds' 'the journal holds' verify --data k
done
works '^Applied\.$' 'with room the import goes through' import --data k other
facts k >now
check 'and gives the new list' cmp now new
rm -rf other

rm -rf k
cp -r d k
"$byname" import --data k later >/dev/null
facts k >new
hits=0
for pause in 0.05 0.15 0.25 0.4; do
	rm -rf k
	cp -r d k
	"$byname" import --data k later >out 2>err &
	victim=$!
	sleep "$pause"
	kill -9 "$victim" 2>/dev/null && hits=$((hits + 1))
	wait "$victim" 2>/dev/null
	facts k >now
	cmp -s now old || cmp -s now new
	result $? "killed after $pause s: the list is the old one or the new one"
	works 'journal holds' 'the journal holds' verify --data k
	"$byname" import --data k --abandon >out 2>err
	works '^Applied\.$' 'the next import goes through' import --data k later
	facts k >now
	check 'and gives the new list' cmp now new
done
check 'at least one was killed at work' test "$hits" -gt 0

plan
