#!/bin/sh
# Zones of odd shapes: time and memory grow with the bytes of the file, and no faster.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
head='$TTL 300
@ IN SOA ns.hoster.example. h.hoster.example. 7 7200 900 1209600 3600
@ IN NS ns.hoster.example.'
slow=1
case $ZONEMEND in
*san* | *valgrind*) slow=10 ;;
esac

# zone FILE LINES AWK: a head, and what the program prints for each number.
zone() {
	{
		printf '%s\n' "$head"
		seq "$2" | awk "$3"
	} > "$1"
}

# within SECONDS KILOBYTES ARGUMENT...: processor time and addresses; those only without a sanitizer or valgrind.
within() {
	seconds=$1
	kilobytes=$2
	shift 2
	[ "$slow" -eq 1 ] || kilobytes=unlimited
	(
		ulimit -t "$((seconds * slow))" || exit 99
		ulimit -v "$kilobytes" || exit 99
		exec "$ZONEMEND" "$@"
	) > out 2> err
}

zone allowed $((60000 / slow)) '{ print "a" $1 " TXT \"v=spf1 +all\" ; zonemend: allow pass-all -- a test" }'
within 4 2000000 check -p recommended -o example.com allowed
check 'tens of thousands of records, each with what it is allowed: status 0' test "$?" -eq 0

# The threads' own stacks and arenas count as addresses.
zone unclosed $((1500000 / slow)) '{ print "a" $1 " TXT ( \"x\"" }'
within 10 500000 check -p recommended -j 2 -o example.com unclosed
check 'a parenthesis on every line and none closed: status 1' test "$?" -eq 1
check 'the limit is named, once' test "$(grep -c 'record of more than 1048576 words' out)" -eq 1
finish
