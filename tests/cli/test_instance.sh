#!/bin/sh
# An instance: made, filled with accounts, regions and settings, copied and brought back.
. "$(dirname "$0")/lib.sh"

mode() {
	[ "$(stat -c %a "$1")" = "$2" ]
}

# as_nobody COMMAND...: as somebody who may not write here.
as_nobody() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# init
works '^One-time password, shown only now: [0-9a-z]\{5\}-' 'init makes an instance' init --data d
cp out init.out
check 'it names the administrator' grep -q '^Administrator: admin$' init.out
check 'the folder is the owner'"'"'s alone' mode d 700
check 'the key too' mode d/byname.key 600
check 'the database too' mode d/byname.db 600
password=$(sed -n 's/^One-time password.*: //p' init.out)
check 'the password is kept nowhere' test -z "$(grep -rl "$password" d)"
at --data d
sum=$(cat d/byname.db d/byname.key | sha256sum)
unchanged 5 'instance already; nothing was changed' 'a second init' init --data d
check 'not a byte' test "$sum" = "$(cat d/byname.db d/byname.key | sha256sum)"
mv d/byname.key away.key
refused 5 'instance already' 'init beside a lost key' init --data d
check 'makes no other key' test ! -e d/byname.key
mv away.key d/byname.key
works 'journal holds: 1 rows' 'the journal begins with the administrator' verify --data d
works 'up to date' 'migrate has nothing to do' migrate --data d

works 'One-time password' 'init with a key elsewhere' init --data k --key k.key
check 'no key beside the database' test ! -e k/byname.key
refused 4 'no key file k/byname.key' 'without --key it is missed' verify --data k
works 'journal holds' 'with --key it is found' verify --data k --key k.key
mkdir -m 700 credentials
cp k.key credentials/byname.key
chmod 440 credentials/byname.key
CREDENTIALS_DIRECTORY=$work/credentials "$byname" verify --data k >out 2>err
code=$?
[ "$code" = 0 ]
result $? 'a key from the credentials folder'

mkdir -m 755 closed
chmod 555 closed
chmod 755 .
as_nobody "$byname" init --data closed/d >out 2>err
code=$?
[ "$code" = 2 ] && silent out && one_sentence && grep -q 'folder closed/d cannot be made: Permission denied' err
result $? 'a folder that cannot be written'
check 'nothing is in it' test -z "$(ls closed)"
: >file
refused 2 'file' 'a file in place of the folder' init --data file/d

# keys
spoil_key() {
	cp d/byname.key kept.key
	"$@"
	chmod "${key_mode:-600}" d/byname.key 2>/dev/null
}
mend_key() {
	rm -f d/byname.key
	cp kept.key d/byname.key
	chmod 600 d/byname.key
}
before=$(state --data d)
spoil_key rm d/byname.key
refused 4 'no key file d/byname.key' 'a key that is missing' verify --data d
mend_key
key_mode=644
spoil_key true
refused 3 'Others may read the key file d/byname.key: run `chmod 600' 'a key that all may read' verify --data d
mend_key
key_mode=640
spoil_key true
refused 3 'Others may read the key file' 'a key that the group may read' verify --data d
mend_key
key_mode=600
spoil_key cp k.key d/byname.key
refused 2 'key does not fit this database' 'a key of another instance' verify --data d
mend_key
for garbage in '' 'not a key' "$(head -c 500 /dev/zero | tr '\0' a)"; do
	spoil_key eval 'printf %s "$garbage" >d/byname.key'
	refused 2 'holds no key: 32 bytes or 64 hex' 'a key file that holds no key' verify --data d
	mend_key
done
spoil_key eval 'rm d/byname.key; mkdir d/byname.key'
refused 2 'is no file' 'a folder in place of the key' verify --data d
rmdir d/byname.key
mend_key
check 'after all that the instance is as it was' test "$before" = "$(state --data d)"

# another key
first=$(cat d/byname.key)
works '^Key 2 is in the file and seals nothing yet' 'a key is prepared' key rotate --data d --prepare
unchanged 5 'Key 2 waits in the file' 'a second one beside it' key rotate --data d --prepare
check 'the file has both' test "$(cat d/byname.key | wc -l)$(head -1 d/byname.key)" = "21 $first"
check 'nobody else may read it' test "$(stat -c %a d/byname.key)" = 600
works 'sealed with key 2 now. Key 1 stays' 'key rotate' key rotate --data d
works 'sealed with key 3 now. Key 2 stays' 'and once more' key rotate --data d
works 'The journal holds' 'the key fits' verify --data d
spoil_key eval 'sed -n 1,2p kept.key >d/byname.key'
refused 2 'key does not fit this database' 'a key file from before' verify --data d
mend_key
spoil_key eval 'sed -n 2,3p kept.key >d/byname.key'
refused 2 'holds no key' 'a key file without its first key' verify --data d
mend_key
cp -r d old
works 'key 4' 'a rotation that is the last but one' key rotate --data d
mv d/byname.key both.key
cp both.key old/byname.key
works 'The journal holds' 'what is older opens with the newer file' verify --data old
mv both.key d/byname.key
rm -r old
works 'key.end' 'it is in the journal' journal --data d --act key.end

# accounts
printf 'region,county,project_id\nRegion 4,Larkmere County,\n"Region ""Nine"" 9",Larkwick County,\n' >regions.csv
works '^2 regions, 2 counties (0 without a region), 0 projects\.$' 'region import' region import --data d regions.csv
works '^One-time password, shown only now: ' 'user add' user add --data d --name 'Made Up' --role list-holder --region 4 Holder
works '^One-time password' 'user add by the name of a region' \
	user add --data d --name 'Made Up Two' --role list-holder --region 'Region "Nine" 9' nine
unchanged 5 'holder is taken' 'a name that is taken' user add --data d --name X --role specialist HOLDER
unchanged 2 'letters, digits and' 'a name with a blank' user add --data d --name X --role specialist 'a b'
unchanged 2 '1 to 64' 'a name that is too long' user add --data d --name X --role specialist "$(printf %065d 1)"
unchanged 2 'name of the person is missing' 'no name of the person' user add --data d --role specialist x
unchanged 2 'is one of: list-holder, specialist, provider, lead, administrator' 'no role' user add --data d --name X x
unchanged 2 'is one of' 'a role that is none' user add --data d --name X --role king x
unchanged 2 'list holder needs a region' 'a list holder without a region' user add --data d --name X --role list-holder x
unchanged 2 'needs an agency' 'a provider without an agency' user add --data d --name X --role provider x
unchanged 4 'no agency "Nobody"' 'an agency that is none' user add --data d --name X --role provider --agency Nobody x
unchanged 4 'no region "77"' 'a region that is none' user add --data d --name X --role list-holder --region 77 x
works "^holder	Made Up	List holder		Region 4	open$" 'user list' user list --data d
works '^One-time password for holder' 'user reset' user reset --data d holder
unchanged 4 'no account nobody' 'a reset of nobody' user reset --data d nobody
works 'cannot sign in' 'user disable' user disable --data d holder
works "^holder	.*	disabled$" 'it shows' user list --data d
unchanged 4 'no account nobody' 'nobody is disabled' user disable --data d nobody

# regions
region_file() {
	printf "$1" >broken.csv
}
region_file 'region,county\nRegion 1,A County\n'
unchanged 2 'must name the columns region, county and project_id' 'a column is missing' region import --data d broken.csv
region_file 'region,county,project_id\nRegion 1,A County,\nRegion 2,A County,\n'
unchanged 2 'A County is put into two regions' 'a county in two regions' region import --data d broken.csv
region_file 'region,county,project_id\nRegion 1,A County,P1\nRegion 1,B County,P1\n'
unchanged 2 'Project P1 is put into two counties' 'a project in two counties' region import --data d broken.csv
region_file 'region,county,project_id\nRegion 1,,P1\n'
unchanged 2 'Line 2: the county is missing' 'a county is missing' region import --data d broken.csv
region_file 'region,county,project_id\nRegion 1,A County,\n"Region 1,B County,\n'
unchanged 2 'Line 3 ' 'a quotation mark that is not closed' region import --data d broken.csv
region_file 'region,county,project_id\nRegion 1,A\001County,\n'
unchanged 2 'Line 2' 'a control character' region import --data d broken.csv
region_file 'region,county,project_id\n'
unchanged 2 'has no rows' 'no rows' region import --data d broken.csv
region_file ''
unchanged 2 'has no rows' 'a file of no bytes' region import --data d broken.csv
unchanged 4 'nowhere.csv cannot be read' 'a file that is not there' region import --data d nowhere.csv
unchanged 2 'is not a file' 'a folder' region import --data d .
printf '\357\273\277project_id,note,county,region\r\n,"two\r\nlines","Quoted, County","Region 4"\r\nP-77,,Free County,\r\n' >good.csv
works '^1 regions, 2 counties (1 without a region), 1 projects\.$' \
	'a mark at the beginning, other columns, quotes and line ends' region import --data d good.csv
works '^1 regions' 'the same again' region import --data d good.csv

# settings
works '^window_other	60	60	days that any other' 'settings' setting --data d
works '^60$' 'one setting' setting --data d window_other
unchanged 4 'no setting "colour"' 'a setting that is none' setting --data d colour
unchanged 4 'no setting "colour"' 'nor can it be set' setting --data d colour red
unchanged 2 'whole number from 1 to 3650' 'a value out of bounds' setting --data d window_other 0
unchanged 2 'whole number from 1 to 3650' 'a value that is no number' setting --data d window_other 60x
unchanged 2 'no time zone "../../etc/passwd"' 'a time zone that is none' setting --data d time_zone ../../etc/passwd
unchanged 2 'goes together with a KEY alone' 'a value and the default' setting --data d window_other 5 --default
run setting --data d institution_days 0
[ "$code" = 0 ] && silent out && silent err
result $? 'a setting is set'
works '^0$' 'and kept' setting --data d institution_days
run setting --data d time_zone America/Denver
works '^time_zone	America/Denver	America/Chicago	' 'a text' setting --data d
run setting --data d institution_days --default
works '^90$' 'back to the default' setting --data d institution_days
check 'in the journal' test "$(sqlite3 d/byname.db "SELECT count(*) FROM journal WHERE act = 'setting.put' AND actor_kind = 'operator'")" = 3

# backup, restore
works '^Written and checked: [0-9]* rows, ' 'backup' backup --data d b.db
check 'is the owner'"'"'s alone' mode b.db 600
check 'the key is not in it' test -z "$(grep -l "$(cat d/byname.key)" b.db)"
sum=$(sha256sum <b.db)
unchanged 5 'There is a file b.db already' 'a backup over a backup' backup --data d b.db
check 'the old one is whole' test "$sum" = "$(sha256sum <b.db)"
unchanged 2 'nowhere/b.db cannot be written' 'a backup to nowhere' backup --data d nowhere/b.db
works '^Restored: ' 'restore' restore --data r b.db
check 'the folder is the owner'"'"'s alone' mode r 700
refused 4 'no key file' 'without the key it is closed' verify --data r
cp d/byname.key r/
check 'with it everything is there' test "$(state --data d)" = "$(state --data r)"
check 'it logs ahead as the first did' test "$(sqlite3 r/byname.db 'PRAGMA journal_mode')" = wal
at --data r
unchanged 5 'database is not empty' 'a restore over an instance' restore --data r b.db
refused 4 'nowhere.db cannot be read' 'a backup that is not there' restore --data n nowhere.db
refused 2 'no backup of byname' 'a backup that is none' restore --data n regions.csv
head -c 20000 b.db >cut.db
refused 2 'no backup of byname\|damaged' 'a backup that is cut off' restore --data n cut.db
cp b.db changed.db
sqlite3 changed.db "DROP TRIGGER IF EXISTS journal_kept_update; UPDATE journal SET actor_id = 'somebody' WHERE seq = 2"
refused 2 'journal breaks at row 2' 'a backup that was changed' restore --data n changed.db
cp b.db newer.db
sqlite3 newer.db "INSERT INTO schema_version VALUES (7000, 'later', 0)"
refused 2 'newer byname (schema 7000' 'a backup from a newer program' restore --data n newer.db
check 'nothing was made by all this' test ! -e n

# verify, migrate, damage
cp -r r t
sqlite3 t/byname.db "DROP TRIGGER IF EXISTS journal_kept_update; UPDATE journal SET act = 'user.reset' WHERE seq = 3"
refused 5 'journal breaks at row 3' 'a row that was changed' verify --data t
refused 2 'journal breaks at row 3' 'is not copied' backup --data t t.db
check 'no half backup is left' test -z "$(ls t.db* 2>/dev/null)"
rm -r t
cp -r r t
sqlite3 t/byname.db 'DROP TRIGGER IF EXISTS journal_kept_delete; DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)'
refused 5 'journal breaks' 'the last row taken away' verify --data t
rm -r t
cp -r r t
sqlite3 t/byname.db 'DROP TRIGGER IF EXISTS journal_kept_delete; DELETE FROM journal WHERE seq = 2'
refused 5 'journal breaks at row [23]' 'a row taken away' verify --data t
rm -r t
cp -r r t
sqlite3 t/byname.db "INSERT INTO schema_version VALUES (7000, 'later', 0)"
sum=$(sha256sum <t/byname.db)
for command in verify migrate 'user list' 'backup t.db' 'region import regions.csv' list; do
	# shellcheck disable=SC2086
	refused 5 'newer byname (schema 7000' "a newer schema: $command" $command --data t
done
refused 5 'instance already\|newer byname' 'a newer schema: init' init --data t
check 'not a byte is changed' test "$sum" = "$(sha256sum <t/byname.db)"
rm -r t
cp -r r t
sqlite3 t/byname.db 'DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)'
refused 5 'older byname .* run `byname migrate`' 'an older schema' verify --data t
rm -r t
mkdir -m 700 t
: >t/byname.db
refused 4 'is empty: run `byname init`' 'an empty database' verify --data t
refused 4 'is empty: run `byname init`' 'migrate of an empty database' migrate --data t
head -c 5000 /dev/urandom >t/byname.db
call verify --data t
[ "$code" = 1 ] && silent out && grep -q 'damaged or is no database: restore a backup' err
result $? 'a database that is none'
plan
