#!/bin/sh
# eval: what it needs, what it ends with, and that it asks nobody unless it is told to.
. "$(dirname "$0")/../lib.sh"
cp -R "$ZM_TOP/fixtures/eval-pass/zones" "$scratch/zones"
cd "$scratch" || exit 1

# ends STATUS CLAIM ARGUMENT...: output in out and err.
ends() {
	want=$1
	claim=$2
	shift 2
	status=0
	"$ZONEMEND" eval "$@" > out 2> err < /dev/null || status=$?
	if [ "$status" -eq "$want" ]; then
		pass "$claim"
	else
		fail "$claim: status $status, not $want"
		sed 's/^/  | /' out err
	fi
}

ends 2 'no address' --sender a@example.com zones
check 'and says which option is needed' grep -q -e '--ip' err
ends 2 'no sender' --ip 192.0.2.25 zones
check 'and says which option is needed' grep -q -e '--sender' err
ends 2 'the null sender without a HELO name' --ip 192.0.2.25 --sender '<>' zones
check 'and says which option is needed' grep -q -e '--helo' err
ends 2 'an address that is none' --ip 192.0.2.256 --sender a@example.com zones
ends 2 'a result that is none' --ip 192.0.2.25 --sender a@example.com --expect passes zones
check 'and names the nearest' grep -q 'did you mean pass' err
ends 2 'a server that is none' --ip 192.0.2.25 --sender a@example.com --dns=nowhere zones
ends 2 'a format that is not for eval' --ip 192.0.2.25 --sender a@example.com --format jsonl zones
mkdir empty
ends 2 "a folder without zones" --ip 192.0.2.25 --sender a@example.com empty
ends 3 'a file that cannot be read' --ip 192.0.2.25 --sender a@example.com zones missing.zone
check 'then nothing is said of the result' test ! -s out

ends 0 'pass' --ip 192.0.2.25 --sender a@example.com zones
check 'is said first' sh -c 'head -n 1 out | grep -q "^pass: 192.0.2.25 may send"'
ends 0 'fail is no failure' --ip 198.51.100.7 --sender a@example.com zones
check 'and explains itself' grep -q 'explanation: 198.51.100.7 is none of the servers' out
ends 0 '--expect fail, and it is one' --ip 198.51.100.7 --sender a@example.com --expect fail zones
ends 1 '--expect pass, and it is none' --ip 198.51.100.7 --sender a@example.com --expect pass zones
ends 0 'brackets around the sender' --ip 192.0.2.25 --sender '<a@example.com>' --expect pass zones
ends 0 'an IPv4-mapped address is IPv4' --ip ::ffff:192.0.2.25 --sender a@example.com --expect pass zones
ends 0 'IPv6' --ip 2001:db8:1::5 --sender a@example.com --expect pass zones
ends 0 'one file: what is in the other is unknown' --ip 203.0.113.9 --sender a@example.com --expect unknown zones/example.com.zone
ends 0 'but what matches before is not' --ip 192.0.2.25 --sender a@example.com --expect pass zones/example.com.zone
printf '$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.256\n@ TXT "v=spf1 -all"\n' > broken.example.zone
ends 1 'a zone that no server would load' --ip 192.0.2.25 --sender a@broken.example broken.example.zone
check 'is answered all the same' grep -q '^fail' out
check 'and said to be none' grep -q 'no server would load' err
ends 0 'unless it was not asked' --ip 192.0.2.25 --sender a@example.com zones broken.example.zone
ends 0 '-q' -q --ip 192.0.2.25 --sender a@example.com zones
check 'leaves the counts out' sh -c '! grep -q lookups out'
ends 0 'JSON' --format json --ip 192.0.2.25 --sender a@example.com zones
check 'has the result' grep -q '"result": "pass"' out
status=0
"$ZONEMEND" eval --ip 192.0.2.25 --sender a@example.com --origin example.com --expect pass - < zones/example.com.zone > out 2> err || status=$?
check 'standard input' test "$status" -eq 0

# A sandbox without a network makes no difference.
if unshare -rn true 2>/dev/null; then
	status=0
	unshare -rn "$ZONEMEND" eval --ip 192.0.2.25 --sender a@example.com --expect pass zones > out 2> err || status=$?
	check 'no network is needed' test "$status" -eq 0
	status=0
	unshare -rn "$ZONEMEND" eval --ip 203.0.113.9 --sender a@example.com --dns 192.0.2.53 --expect temperror zones/example.com.zone > out 2> err || status=$?
	check '--dns of a server that is not there gives temperror' test "$status" -eq 0
else
	skip 'no sandbox here'
fi
finish
