#!/bin/sh
# Commands beside a server and beside each other.
. "$(dirname "$0")/lib.sh"

# serving WHERE...: starts a server on a free port, whose address is $address.
serving() {
	rm -f listening
	mkfifo listening
	"$byname" serve --listen 127.0.0.1:0 "$@" >listening 2>server.log &
	server=$!
	started="$started $server"
	read -r line <listening
	address=${line#byname is at http://}
}

world w
instance d
"$byname" import --data d w >/dev/null
serving --data d
check 'a server runs' curl -fsS -o /dev/null "http://$address/sign-in"
at --data d
unchanged 2 'already in use; stop what listens there or choose another port' 'a port in use' \
	serve --data d --listen "$address"
unchanged 2 'is not an address' 'an address that is none' serve --data d --listen nonsense
unchanged 2 'Cannot listen on 192.0.2.1:8080' 'an address of another machine' serve --data d --listen 192.0.2.1:8080
unchanged 2 'give both' 'a certificate without its key' serve --data d --tls-cert x
unchanged 2 'cannot be used together' 'a certificate that is none' \
	serve --data d --listen 127.0.0.1:0 --tls-cert w/Export.csv --tls-key w/Export.csv
works 'Applied' 'an import beside it' import --data d w
works 'regions' 'regions beside it' region import --data d w/regions.csv
works 'One-time' 'an account beside it' user add --data d --name 'Made Up' --role specialist beside

# Writers write while copies are taken; each copy is one moment and whole.
write() {
	i=0
	while [ ! -e stop ]; do
		i=$((i + 1))
		"$byname" user add --data d --name 'Made Up' --role specialist "user$i" >>written 2>>write.err || return
	done
}
write &
writer=$!
for i in 1 2 3; do
	works '^Written and checked: ' "backup $i while others write" backup --data d "b$i.db"
done
: >stop
wait "$writer"
check 'the writers were not in the way of each other' test ! -s write.err
check 'they wrote' test "$(grep -c 'One-time' written)" -gt 1
for i in 1 3; do
	works '^Restored: ' "restore $i" restore --data "r$i" "b$i.db"
	cp d/byname.key "r$i"
	works 'journal holds' 'it holds' verify --data "r$i"
done
check 'the list is in it' test "$("$byname" list --data r1 --format csv | sha256sum)" = "$("$byname" list --data d --format csv | sha256sum)"

# Two imports at once: one waits for nobody, the other says so.
"$byname" demo --people 3000 --seed 9 --today 2026-11-20 large >/dev/null
"$byname" import --data d large >first.out 2>first.err &
first=$!
until [ -n "$(sqlite3 d/byname.db "SELECT 1 FROM hmis_import WHERE state = 'staging'")" ]; do
	kill -0 "$first" 2>/dev/null || break
	sleep 0.02
done
refused 6 'Another import is running' 'a second import while one runs' import --data d w
wait "$first"
check 'the first goes through' grep -q '^Applied' first.out

kill "$server"
wait "$server"
code=$?
check 'the server ends when it is told to' test "$code" = 0
: >err
grep -v ' info ' server.log >err
check 'it had nothing to complain of' test ! -s err
plan
