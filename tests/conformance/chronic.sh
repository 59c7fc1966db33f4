#!/bin/sh
# The program of chronic.c: on a small made-up export whose answers were worked out by hand, on what it must
# refuse, and on the reference data where they are.
. "$(dirname "$0")/../cli/lib.sh"

shared=${BYNAME_SHARED:-$source_root/../shared}

mkdir export
cat >export/Enrollment.csv <<'CSV'
EnrollmentID,LivingSituation,LengthOfStay,PreviousStreetESSH,DateToStreetESSH,TimesHomelessPastThreeYears,MonthsHomelessPastThreeYears
E1,101,10,,2025-01-01,1,101
E2,116,10,,2026-01-01,2,102
E3,435,5,0,,,
CSV
cat >export/Services.csv <<'CSV'
EnrollmentID,RecordType,DateProvided,DateDeleted
E2,200,2026-01-10,
E2,200,2026-01-17,
E2,200,2026-01-25,
E2,200,2026-01-30,2026-02-01
E2,200,2026-02-10,
E2,141,2026-01-20,
CSV
# E1: self-reported from 1 January, in shelter to 31 March, so 90 nights and no more of status 3.
# E2: 9 nights before entry; 7 days apart joins, 8 do not; the night on the day of exit and later do not count.
cat >enrollments.csv <<'CSV'
PersonalID,EnrollmentID,LSAProjectType,EntryDate,MoveInDate,ExitDate
A,E1,0,2025-03-01,,2025-04-01
B,E2,1,2026-01-10,,2026-02-10
C,E3,13,2025-06-01,2025-06-20,
CSV
cat >persons.csv <<'CSV'
PersonalID,HoHAdult,LastActive,CHTime,CHTimeStatus
A,3,2025-04-01,0,-1
B,1,2026-01-26,0,-1
C,2,2026-09-30,0,-1
D,0,,-1,-1
CSV
cat >episodes.csv <<'CSV'
PersonalID,episodeStart,episodeEnd,episodeDays
A,2025-01-01,2025-03-31,90
B,2026-01-25,2026-01-25,1
B,2026-01-01,2026-01-17,17
CSV
works '^4 of 4 people agree, 2 of 2 episode lists agree$' 'a small export agrees' export enrollments.csv persons.csv episodes.csv

# differs PATTERN NAME ARGUMENT...: exit 1, and the difference is told.
differs() {
	pattern=$1
	name=$2
	shift 2
	call "$@"
	[ "$code" = 1 ] && grep -q "$pattern" out
	result $? "$name"
}
sed 's/^A,3,2025-04-01,0,-1/A,3,2025-04-01,365,1/' persons.csv >wrong.csv
differs '^A: CHTime 0, CHTimeStatus -1; expected 365, 1$' 'another answer is told' export enrollments.csv wrong.csv episodes.csv
sed 's/2025-03-31,90/2025-03-30,89/' episodes.csv >wrong.csv
differs '^A: episodes 2025-01-01 to 2025-03-31; expected 2025-01-01 to 2025-03-30$' 'another episode is told' \
	export enrollments.csv persons.csv wrong.csv
grep -v ^A, episodes.csv >wrong.csv
differs '1 of 2 episode lists' 'an episode too many is told' export enrollments.csv persons.csv wrong.csv
echo Z,2025-01-01,2025-01-02,2 | cat episodes.csv - >wrong.csv
differs '^Z has episodes but is not in persons.csv$' 'episodes of nobody are told' export enrollments.csv persons.csv wrong.csv

# refuses CODE PATTERN NAME ARGUMENT...: that exit, one sentence.
refuses() {
	want=$1
	pattern=$2
	name=$3
	shift 3
	call "$@"
	[ "$code" = "$want" ] && [ "$(wc -l <err)" = 1 ] && grep -q "$pattern" err && silent out
	result $? "$name"
}
refuses 2 '^usage: chronic EXPORT_DIR' 'too few arguments' export
refuses 4 '^none.csv cannot be read: No such file' 'a table that is not there' export none.csv persons.csv episodes.csv
refuses 4 '^export cannot be read: it is not a file' 'a folder for a table' export export persons.csv episodes.csv
refuses 4 '^none/Enrollment.csv cannot be read' 'an export that is not there' none enrollments.csv persons.csv episodes.csv
refuses 4 '^persons.csv has no column EnrollmentID' 'tables that are swapped' export persons.csv enrollments.csv episodes.csv
: >empty.csv
refuses 4 '^empty.csv is empty' 'an empty table' export empty.csv persons.csv episodes.csv
sed 's/2025-03-01/1 March/' enrollments.csv >wrong.csv
refuses 2 '^wrong.csv: "1 March" is not a date' 'a date that is none' export wrong.csv persons.csv episodes.csv
sed 's/A,E1/A,E9/' enrollments.csv >wrong.csv
refuses 4 'E9 of wrong.csv is not in the export' 'an enrollment of another export' export wrong.csv persons.csv episodes.csv

sample=$shared/data/lsa-sample
if [ -d "$sample/expected" ]; then
	works '^\([0-9][0-9][0-9][0-9]*\) of \1 people agree, \([0-9][0-9][0-9][0-9]*\) of \2 episode lists agree$' \
		'every person and every episode of the reference data' "$sample/export" \
		"$sample/expected/enrollments.csv" "$sample/expected/persons.csv" "$sample/expected/episodes.csv"
else
	skip "$sample is not there" 'every person and every episode of the reference data'
fi
plan
