# What the tests of the command line share; each begins with
#
#     . "$(dirname "$0")/lib.sh"
#
# and is run as `test.sh PROGRAM`. A test works in a folder of its own, which goes with it, and speaks
# TAP. Every command is judged by what a script sees: exit code, standard output, standard error.
#
#     works 'the journal holds' 'a fresh journal' verify --data d     exit 0, output matches, no word on stderr
#     refused 5 'already' 'a second init' init --data d               exit 5, one sentence, no output
set -u
LC_ALL=C
export LC_ALL
unset BYNAME_DATA CREDENTIALS_DIRECTORY
byname=$(realpath "$1")
source_root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/byname-cli-XXXXXX")
cd "$work" || exit 1
started=
where=
known=
count=0
failures=0

finish() {
	for pid in $started; do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# result STATUS NAME: one line of TAP, 0 is good; what was seen follows a failure.
result() {
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		failures=$((failures + 1))
		echo "not ok $count - $2"
		echo "# exit ${code:-?}"
		head -c 2000 out err 2>/dev/null | sed 's/^/# /'
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - $2 # SKIP $1"
}

plan() {
	echo "1..$count"
	[ "$failures" = 0 ]
}

# check NAME COMMAND...: the command succeeds.
check() {
	check_name=$1
	shift
	"$@" >check.out 2>&1
	result $? "$check_name"
}

call() {
	"$byname" "$@" >out 2>err
	code=$?
}

# What may change the instance makes its known state unknown.
run() {
	known=
	call "$@"
}

silent() {
	[ ! -s "$1" ]
}

one_sentence() {
	[ "$(wc -l <err)" = 1 ] && grep -q '^byname: ..*' err
}

works() {
	pattern=$1
	name=$2
	shift 2
	run "$@"
	[ "$code" = 0 ] && grep -q -e "$pattern" out && silent err
	result $? "$name"
}

refused() {
	wanted=$1
	pattern=$2
	name=$3
	shift 3
	call "$@"
	[ "$code" = "$wanted" ] && silent out && one_sentence && grep -q -e "$pattern" err
	result $? "$name"
}

# state WHERE...: a digest of all that the commands show of an instance.
state() {
	{
		"$byname" list --format json "$@" && "$byname" verify "$@" && "$byname" user list "$@" &&
			"$byname" setting "$@" && "$byname" flags "$@"
	} 2>&1 | sha256sum
}

# at WHERE...: the instance that `unchanged` looks at.
at() {
	where=$*
	known=
}

# unchanged CODE PATTERN NAME COMMAND...: refused, and the instance is as it was.
unchanged() {
	# shellcheck disable=SC2086 # two words are two words
	[ -n "$known" ] || known=$(state $where)
	refused "$@"
	# shellcheck disable=SC2086
	now=$(state $where)
	[ "$known" = "$now" ]
	result $? "$3: nothing changed"
	known=$now
}

# world FOLDER [OPTION...]: a made-up export; instance FOLDER: a new instance.
world() {
	folder=$1
	shift
	"$byname" demo --people 300 --seed 7 --today 2026-11-20 "$@" "$folder" >/dev/null || exit 1
}

instance() {
	"$byname" init --data "$1" >init.out || exit 1
}

# postgres: starts a throw-away PostgreSQL, whose address is $url; fails where there is none. It ends
# when descriptor 9 is closed.
postgres() {
	mkfifo pg.in pg.out
	"$source_root/tests/sql/pg_fixture.sh" <pg.in >pg.out 2>pg.err &
	exec 9>pg.in
	read -r url <pg.out
	[ -n "$url" ]
}
