#!/bin/sh
# What `byname report` prints, beside the same questions asked of the export's own files, on both databases.
. "$(dirname "$0")/lib.sh"

world made
instance data
today=$(TZ=America/Chicago date +%Y-%m-%d)
before() {
	TZ=America/Chicago date -d "$today -$1 days" +%Y-%m-%d
}

# asked EXPORT SQL: the files of an export as tables of text.
asked() {
	{
		echo .mode csv
		for file in Project Organization Enrollment Event; do
			echo ".import $1/$file.csv $file"
		done
		echo "CREATE INDEX event_person ON Event (PersonalID);"
		echo "$2;"
	} | sqlite3 :memory:
}

# doors EXPORT FROM TO: entries by the side door, in the definition's words.
doors() {
	asked "$1" "SELECT count(*) FROM Enrollment e JOIN Project p ON p.ProjectID = e.ProjectID
		JOIN Organization o ON o.OrganizationID = p.OrganizationID
		WHERE p.ProjectType IN ('3', '13') AND o.VictimServiceProvider <> '1' AND e.RelationshipToHoH = '1'
		AND e.DateDeleted = '' AND e.EntryDate BETWEEN '$2' AND '$3' AND NOT EXISTS (
			SELECT 1 FROM Event v WHERE v.PersonalID = e.PersonalID AND v.DateDeleted = ''
			AND v.EventDate <= e.EntryDate AND julianday(e.EntryDate) - julianday(v.EventDate) <= 90
			AND ((p.ProjectType = '3' AND v.Event = '14') OR (p.ProjectType = '13' AND v.Event IN ('12', '13')))
			AND (v.LocationCrisisOrPHHousing IN ('', p.ProjectName, p.ProjectID) OR NOT EXISTS (
				SELECT 1 FROM Project q WHERE v.LocationCrisisOrPHHousing IN (q.ProjectName, q.ProjectID)))
			AND (v.ReferralResult IN ('', '1') OR v.ResultDate > e.EntryDate))"
}

rows() {
	"$byname" report "$@" | tail -n +2 | wc -l
}

# sum COLUMN OPTIONS: of the last line.
sum() {
	sum_column=$1
	shift
	"$byname" report "$@" | tail -n 1 | cut -d, -f"$sum_column"
}

works '^side-door  *Entries into rapid' 'without a name it says what there is' report --data data
works '"name":"unmet"' 'also as JSON' report --data data --format json
works '^code,listed,region,agency,project,kind,entry,found,asked,due,answer,answered,closed$' \
	'a new instance has an empty side door' report side-door --data data
works '^\[\]$' 'also as JSON' report side-door --data data --format json
works '^agency,kind,days_0_7,days_8_30,days_31_90,days_over_90,outstanding,entered_since,oldest_days$' \
	'and nothing outstanding' report counts --data data
works 'regions' 'regions' region import --data data made/regions.csv
works 'Applied' 'import' import --data data made

check 'the side door of 90 days is that of the files' \
	[ "$(rows side-door --data data)" = "$(doors made "$(before 89)" "$today")" ]
check 'and that of three years' \
	[ "$(rows side-door --data data --from "$(before 1000)")" = "$(doors made "$(before 1000)" "$today")" ]
check 'of a year that is over' [ "$(rows side-door --data data --from "$(before 800)" --to "$(before 436)")" = \
	"$(doors made "$(before 800)" "$(before 436)")" ]
check 'there are some' [ "$(rows side-door --data data --from "$(before 1000)")" -gt 5 ]
"$byname" report side-door --data data --from "$(before 1000)" >doors.csv
check 'each has a code' awk -F, 'NR > 1 && $1 !~ /^[A-Z][a-z]+ [0-9]+$/ { exit 1 }' doors.csv
check 'agencies add up to them' [ "$(sum 4 side-door-agencies --data data --from "$(before 1000)")" = \
	"$(($(wc -l <doors.csv) - 1))" ]
check 'a region has no more than all' [ "$(rows side-door --data data --from "$(before 1000)" --region 4)" -lt \
	"$(wc -l <doors.csv)" ]

open="SELECT count(*) FROM Event v JOIN Enrollment e ON e.EnrollmentID = v.EnrollmentID
	JOIN Project p ON p.ProjectID = e.ProjectID JOIN Organization o ON o.OrganizationID = p.OrganizationID
	WHERE v.DateDeleted = '' AND e.DateDeleted = '' AND o.VictimServiceProvider <> '1'
	AND v.Event IN ('11', '12', '13', '14', '15', '17', '18')"
check 'what is outstanding is what the files say' [ "$(sum 7 counts --data data)" = \
	"$(asked made "$open AND v.EventDate <= '$today' AND (v.ReferralResult = '' OR v.ResultDate > '$today')")" ]
day=$(before 200)
check 'also as of another day' [ "$(sum 7 counts --data data --as-of "$day")" = \
	"$(asked made "$open AND v.EventDate <= '$day' AND (v.ReferralResult = '' OR v.ResultDate > '$day')")" ]
check 'referrals made are' [ "$(sum 8 referrals --data data)" = \
	"$(asked made "$open AND v.EventDate BETWEEN '$(before 89)' AND '$today'")" ]
check 'and how they ended' [ "$(sum 4 referrals --data data)" = \
	"$(asked made "$open AND v.EventDate BETWEEN '$(before 89)' AND '$today' AND v.ReferralResult = '1'
		AND v.ResultDate <= '$today'")" ]
check 'declines are' [ "$(sum 4 declines --data data)" = \
	"$(asked made "$open AND v.ReferralResult IN ('2', '3') AND v.ResultDate BETWEEN '$(before 89)' AND '$today'")" ]
check 'a row adds up' sh -c "'$byname' report counts --data data |
	awk -F, 'NR > 1 && \$3 + \$4 + \$5 + \$6 != \$7 { exit 1 }'"
check 'everybody active has or has not a home that fits' [ "$(sum 6 unmet --data data)" = \
	"$("$byname" list --data data --format csv | awk -F, '$5 == "active"' | wc -l)" ]
works '^referral_to_result,.*,[1-9][0-9]*,[0-9]*,[0-9]*$' 'stages have a middle and a tail' report stages --data data
works '"stage":"entry_to_move_in"' 'stages as JSON' report stages --data data --format json

# What an agency answered.
answered() {
	sqlite3 data/byname.db "DELETE FROM side_door;
		INSERT OR IGNORE INTO app_user (id, login, name, role, password, must_change, created_at)
		VALUES ('u', 'lee', 'Lee Tran', 'list-holder', 'x', 0, 0);
		INSERT INTO side_door (id, client_no, enrollment_no, agency_id, asked_at, asked_by, due_day, answer, answered_at,
			answered_by) SELECT client_no || '.' || enrollment_no, client_no, enrollment_no,
			(SELECT min(id) FROM agency), 0, 'u', 20000, '$1', 0, 'u' FROM enrollment"
}
answered vawa
check 'an emergency transfer is left out' [ "$(rows side-door --data data --from "$(before 1000)")" = 0 ]
check 'also of the rates' [ "$(sum 4 side-door-agencies --data data --from "$(before 1000)")" = 0 ]
answered own
works ',We filled the place from our own waiting list,' 'any other answer stands beside the entry' \
	report side-door --data data --from "$(before 1000)"
check 'which stays' [ "$(($(wc -l <out) - 1))" = "$(($(wc -l <doors.csv) - 1))" ]
sqlite3 data/byname.db 'DELETE FROM side_door'

"$byname" report side-door --data data --format xlsx >doors.xlsx
check 'a workbook is one' sh -c 'unzip -l doors.xlsx | grep -q xl/worksheets/sheet1.xml'
check 'with the codes in it' sh -c "unzip -p doors.xlsx xl/sharedStrings.xml | grep -q \"\$(sed -n 2p doors.csv | cut -d, -f1)\""

refused 2 'no report "doors"' 'a report that does not exist' report doors --data data
refused 2 'turn them round' 'days the wrong way round' report side-door --data data --from "$today" --to "$(before 3)"
refused 2 'today or on a day before' 'days to come' report side-door --data data --to 2190-01-01
refused 2 'as of one day' 'a stretch where there is a day' report counts --data data --from "$today"
refused 2 'Give --as-of, or' 'both' report counts --data data --from "$today" --as-of "$today"
refused 2 'ten years' 'too long a time' report side-door --data data --from 1990-01-01
refused 4 'no region "Atlantis"' 'a region that does not exist' report counts --data data --region Atlantis
refused 2 'not one of: csv, json, xlsx' 'another format' report counts --data data --format pdf

demo=${BYNAME_SHARED:-$source_root/../shared}/data/eva-demo
if [ -d "$demo" ]; then
	instance eva
	works 'Applied' 'a public made-up export' import --data eva "$demo"
	check 'the side door is that of its files' [ "$(rows side-door --data eva --from 2019-01-01 --to 2022-12-31)" = \
		"$(doors "$demo" 2019-01-01 2022-12-31)" ]
else
	skip 'there is no shared data' 'a public made-up export'
fi

if postgres; then
	"$byname" init --db "$url" --key pg.key >/dev/null
	"$byname" region import --db "$url" --key pg.key made/regions.csv >/dev/null
	works 'Applied' 'import on PostgreSQL' import --db "$url" --key pg.key made
	for report in counts side-door-agencies referrals stages declines unmet vacancy; do
		"$byname" report $report --data data >sqlite.csv
		"$byname" report $report --db "$url" --key pg.key >postgres.csv
		check "the same $report there" cmp sqlite.csv postgres.csv
	done
else
	skip "$(cat pg.err)" 'PostgreSQL'
fi
plan
