#!/bin/sh
# Whatever is wrong with what zonemend is given: its message and exit status, and that no file was touched.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
mkdir empty-folder zones
touch empty.zone
printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\003\000>\000' > binary.zone
good='$TTL 3600
@ IN SOA ns1 hostmaster 2026112300 7200 900 1209600 3600
@ IN NS ns1
@ IN TXT "v=spf1 mx -all"
ns1 IN A 192.0.2.1'
printf '%s\n' "$good" > example.com.zone
printf '%s\n' "$good" > nameless
printf '%s\nwww IN A (192.0.2.80\n' "$good" > broken.zone
printf 'version: 1\nspf:\n  requires: [mx]\n' > key.yaml
printf 'version: 1\nrules:\n  ptr-mechansim: off\n' > rule.yaml
printf 'version: 1\nspf: [unclosed\n' > broken.yaml
printf 'just words\n' > words.yaml
printf 'version: 1\nextends: [strickt]\n' > extends.yaml
printf 'version: 1\nextends: [./loop.yaml]\n' > loop.yaml
mkfifo fifo.zone
find . -type f -exec cksum {} + | sort > "$scratch.before"

# refuses STATUS PATTERN ARGUMENT...: this status, and a line of standard error (of standard output for
# findings) that matches.
refuses() {
	want=$1
	pattern=$2
	shift 2
	status=0
	"$ZONEMEND" "$@" > "$scratch/out.log" 2> "$scratch/err.log" < /dev/null || status=$?
	stream=err.log
	[ "$want" -ne 1 ] || stream=out.log
	if [ "$status" -eq "$want" ] && grep -q -e "$pattern" "$scratch/$stream"; then
		pass "status $want: zonemend $*: $(grep -m 1 -e "$pattern" "$scratch/$stream")"
	else
		fail "zonemend $*: status $status, not $want, or no line that says: $pattern"
		sed 's/^/  | /' "$scratch/out.log" "$scratch/err.log" | cat -v
	fi
	rm -f "$scratch/out.log" "$scratch/err.log"
}

# The world and the command line.
refuses 3 'missing.zone: .*No such file or directory' check missing.zone
refuses 3 'missing.zone: .*No such file or directory' fix missing.zone
refuses 3 'fifo.zone: is a FIFO, not a file' check fifo.zone
refuses 2 'empty-folder' check empty-folder
refuses 2 'empty-folder' fix empty-folder
refuses 2 'no-such-policy' check -p no-such-policy empty-folder
refuses 2 'no zone files in empty-folder' check -p no-such-policy empty-folder
refuses 2 'no-such-policy' zones -p no-such-policy example.com.zone
refuses 2 '\-\-polcy.*\-\-policy' check --polcy strict example.com.zone
refuses 2 'chekc.*check' chekc example.com.zone
refuses 2 'yaml.*text\|xml' check --format xml example.com.zone
refuses 2 'next tuesday' fix --now 'next tuesday' example.com.zone
refuses 2 '\-\-origin' check nameless
refuses 2 '\-\-origin' fix nameless
refuses 2 'no-such-rule' explain no-such-rule

# Zones that are none.
refuses 1 'soa-missing' check -p strict -o example.com empty.zone
refuses 1 'zone-syntax' check -p strict -o example.com binary.zone
refuses 1 'zone-syntax' fix -p strict -o example.com binary.zone
refuses 4 'refused broken.zone: the zone does not load: .*broken.zone:6' fix -p iclasspro -o example.com broken.zone

# Policies: file:line:column and the nearest known name.
refuses 2 'key.yaml:3:3: .*requires.*require' check -p key.yaml example.com.zone
refuses 2 'rule.yaml:3:3: .*ptr-mechansim.*ptr-mechanism' check -p rule.yaml example.com.zone
refuses 2 'broken.yaml:[0-9]*:[0-9]*: ' check -p broken.yaml example.com.zone
refuses 2 'words.yaml:1:1: ' check -p words.yaml example.com.zone
refuses 2 'extends.yaml:2:11: .*strickt.*strict' check -p extends.yaml example.com.zone
refuses 2 'loop.yaml:2:[0-9]*: ' check -p loop.yaml example.com.zone
refuses 2 'icalsspro.*iclasspro' check -p icalsspro example.com.zone
refuses 2 'key.yaml:3:3: ' policy check key.yaml
refuses 2 'key.yaml:3:3: ' fix -p key.yaml example.com.zone

find . -type f -exec cksum {} + | sort > "$scratch.after"
check 'no file was touched' cmp "$scratch.before" "$scratch.after"
rm -f "$scratch.before" "$scratch.after"
finish
