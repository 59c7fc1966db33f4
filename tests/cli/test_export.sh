#!/bin/sh
# What `byname export hmis` writes, who is never in it, and what it refuses; on both databases.
. "$(dirname "$0")/lib.sh"

spec=${BYNAME_SHARED:-$source_root/../shared}/data/hmis-spec

world w

# valid FOLDER YEAR: it is what the specification says. The kind of a disability is never held.
valid() {
	node "$source_root/tests/cli/hmis_valid.mjs" "$1" "$2" "$spec" Disabilities.DisabilityType
}

# same_list A B: two instances have the same people on the list; ids, codes and what breaks a tie are drawn by each.
same_list() {
	"$byname" list --data "$1" --format csv | cut -d, -f1,4-10,12 | sort >list.1
	"$byname" list --data "$2" --format csv | cut -d, -f1,4-10,12 | sort >list.2
	[ "$(wc -l <list.1)" -gt 100 ] && cmp list.1 list.2
}

same_standing() {
	"$byname" standing --data "$1" --as-of 2026-11-20 >standing.1
	"$byname" standing --data "$2" --as-of 2026-11-20 >standing.2
	[ "$(wc -l <standing.1)" -gt 250 ] && cmp standing.1 standing.2
}

# absent ID FOLDER: the person is in none of the files.
absent() {
	! grep -r -q -F "$1" "$2"
}

instance d
refused 4 'No export of an HMIS' 'nothing was imported' export hmis --data d --version 2026 --out o
check 'and no folder is left' test ! -e o
works 'regions' 'regions' region import --data d w/regions.csv
works 'Applied' 'an import' import --data d w

for year in 2024 2026; do
	works "^o$year: [0-9]* rows about 300 people" "an export of $year" export hmis --data d --version $year --out o$year
	if [ -d "$spec" ]; then
		check "$year: it is what the specification says" valid o$year $year
	else
		skip "no specification in $spec" "$year: it is what the specification says"
	fi
	rm -rf e
	instance e
	works 'regions' "$year: regions elsewhere" region import --data e w/regions.csv
	works 'Applied' "$year: it is an export for another instance" import --data e o$year
	check "$year: with nothing set aside" grep -q ' 0 rows set aside, 0 values left out' out
	check "$year: and the same list" same_list d e
	check "$year: and the same standing" same_standing d e
done
check 'only its owner reads the folder' test "$(stat -c %a o2026)" = 700
check 'and its files' test "$(stat -c %a o2026/* | sort -u)" = 600
works 'hmis.export' 'the journal says who made it' journal --data d --act hmis.export

# The household of the list's first line, and another's.
first=$("$byname" list --data d --format csv | sed -n 2p)
second=$("$byname" list --data d --format csv | sed -n 3p)
one=${first%%,*}
other=${second%%,*}
check 'both are in the export' grep -q -F "$one" o2026/Enrollment.csv
check 'both, by their ids' grep -q -F "$other" o2026/Client.csv
echo 'in danger' | "$byname" protect --data d "$(echo "$first" | cut -d, -f2)" >/dev/null
works 'Left out: [1-9][0-9]* who are protected' 'a household is protected' export hmis --data d --version 2026 --out o3
check 'it is in no file' absent "$one" o3
check 'the other one still is' grep -q -F "$other" o3/Client.csv
cat >releases.csv <<END
personal_id,form,signed,until,scope,decision
$other,Example form,2026-10-01,,coc,refused
END
works 'release' 'somebody declines' import --data d --releases releases.csv
works 'Left out' 'one more export' export hmis --data d --version 2024 --out o4
check 'who declined is in no file' absent "$other" o4
sed -i 's/2026-10-01,,coc,refused/2026-10-02,2027-10-01,coc,given/' releases.csv
works 'release' 'and signs later' import --data d --releases releases.csv
works 'Left out' 'another export' export hmis --data d --version 2024 --out o5
check 'who signed since is in it again' grep -q -F "$other" o5/Client.csv
check 'who is protected is not' absent "$one" o5

refused 5 'something in o5' 'nothing is written over' export hmis --data d --version 2026 --out o5
check 'it is as it was' grep -q -F "$other" o5/Client.csv
mkdir empty
works 'rows about' 'an empty folder will do' export hmis --data d --version 2026 --out empty
refused 2 'cannot be made' 'a folder of no folder' export hmis --data d --version 2026 --out none/of/these
refused 2 'is not one of: 2024, 2026' 'another year' export hmis --data d --version 2022 --out o6
refused 2 '--out is missing' 'no folder' export hmis --data d --version 2026
refused 2 '--version is missing' 'no year' export hmis --data d --out o6
refused 4 'no HMIS "Other"' 'an HMIS that is not here' export hmis --data d --version 2026 --out o6 --source Other
check 'no folder is left of these' test ! -e o6

if postgres; then
	"$byname" init --db "$url" --key pg.key >init.out
	"$byname" region import --db "$url" --key pg.key w/regions.csv >/dev/null
	works 'Applied' 'PostgreSQL: an import' import --db "$url" --key pg.key w
	works 'rows about 300 people' 'PostgreSQL: an export' export hmis --db "$url" --key pg.key --version 2026 --out p
	for file in o2026/*.csv; do
		# All but the id and the moment of the export.
		sed 's/,[^,]*$//' "$file" | sort >sqlite.rows
		sed 's/,[^,]*$//' "p/${file#o2026/}" | sort >postgres.rows
		[ "$file" = o2026/Export.csv ] || check "PostgreSQL: the same ${file#o2026/}" cmp sqlite.rows postgres.rows
	done
else
	skip "$(cat pg.err)" 'PostgreSQL: an export'
fi
plan
