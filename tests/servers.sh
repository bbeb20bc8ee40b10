# For the tests with a live name server, which source it: one server on this machine's loopback, as whoever runs the
# test, with its files in the scratch folder. Whatever happens, it is gone when the script ends.
#
#	. "$(dirname "$0")/../servers.sh"
#	needs nsd nsd-control
#	start_server 'nsd started' nsd -d -c nsd.conf
#	ends 0 'fix' fix ...
#	run_steps 1 nsd-control -c nsd.conf
#	answers TXT school.example "$mended"
. "$(dirname "$0")/../lib.sh"
PATH=$PATH:/usr/sbin:/sbin
cd "$scratch" || exit 1
server=
trap 'stop_server; rm -rf "$scratch"' EXIT
port=$((20000 + $$ % 20000))

# Nothing can be tested: said, and no failure.
nothing() {
	skip "$*"
	pass 'nothing was asked'
	finish
}

needs() {
	for program in "$@"; do
		command -v "$program" > /dev/null 2>&1 || nothing "$program is not installed (make servers)"
	done
	for asker in dig kdig drill; do
		if command -v "$asker" > /dev/null 2>&1; then
			return
		fi
	done
	nothing 'none of dig, kdig and drill is installed (make servers)'
}

stop_server() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null
		tries=0
		while kill -0 "$server" 2>/dev/null && [ "$tries" -lt 100 ]; do
			tries=$((tries + 1))
			sleep 0.1
		done
		kill -9 "$server" 2>/dev/null
		wait "$server" 2>/dev/null
	fi
	server=
}

# until_true COMMAND...: tried again for twenty seconds at most.
until_true() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || return 1
		sleep 0.1
	done
}

logged() {
	grep -q -e "$1" log
}

is_up_or_gone() {
	logged "$1" || ! kill -0 "$server" 2>/dev/null
}

# start_server PATTERN COMMAND...: in the background, until its log has such a line; else nothing is tested.
start_server() {
	ready=$1
	shift
	"$@" > log 2>&1 < /dev/null &
	server=$!
	until_true is_up_or_gone "$ready"
	logged "$ready" || nothing "$1 does not start here: $(tail -n 1 log)"
}

ask() {
	case $asker in
	drill) drill -D -p "$port" "$2" "@127.0.0.1" "$1" ;;
	*) "$asker" @127.0.0.1 -p "$port" +dnssec +noall +answer +tries=1 +timeout=2 "$2" "$1" ;;
	esac > answer 2>&1
}

has_answer() {
	ask "$1" "$2" && grep -q -e "$3" answer
}

# answers TYPE NAME PATTERN: that is what the server says, if not at once then soon.
answers() {
	if until_true has_answer "$@"; then
		pass "the $1 record of $2 has $3"
	else
		fail "the $1 record of $2 lacks $3"
		tail -n 20 answer log | sed 's/^/  | /'
	fi
}

# run_steps COUNT TOOL FLAG...: the steps that fix has just printed, each with these flags after the tool's name, so
# that it speaks to this server.
run_steps() {
	count=$1
	tool=$2
	shift 2
	sed -n 's/^  reload: //p' out > steps
	check "$count steps were printed" test "$(wc -l < steps)" -eq "$count"
	while read -r name step; do
		check "a step for $tool: $name $step" test "$name" = "$tool"
		# Unquoted: words, as a person would type them.
		"$tool" "$@" $step > step.log 2>&1 || fail "$name $step: $(cat step.log)"
	done < steps
}

# A zone on standard output; its serial is $1.
zone() {
	cat <<-END
		\$TTL 1h
		@ IN SOA ns1.hoster.example. hostmaster.hoster.example. $1 7200 900 1209600 3600
		@ IN NS ns1.hoster.example.
		@ IN MX 10 mail
		@ IN TXT "v=spf1 mx -all"
		mail IN A 192.0.2.25
	END
}

fix='fix -p iclasspro --now 2026-11-23T12:00:00Z'
# What becomes of the zone's TXT record, as servers print it.
mended='"v=spf1 mx include:iclassprov2.com ~all"'
