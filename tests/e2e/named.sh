#!/bin/sh
# With a named on this machine's loopback, where one is installed: the journals are of its own making, and the
# steps that fix prints are run and do what they are for.
. "$(dirname "$0")/../lib.sh"
PATH=$PATH:/usr/sbin:/sbin
cd "$scratch" || exit 1
named=
trap 'stop_named; rm -rf "$scratch"' EXIT
for program in named rndc; do
	if ! command -v "$program" > /dev/null 2>&1; then
		skip "$program is not installed"
		pass 'nothing was asked'
		finish
	fi
done

stop_named() {
	if [ -n "$named" ]; then
		kill "$named" 2>/dev/null
		wait "$named" 2>/dev/null
	fi
	named=
}

# wait_for PATTERN: until the log has such a line, ten seconds at most.
wait_for() {
	tries=0
	until grep -q -e "$1" log; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || return 1
		sleep 0.1
	done
}

start_named() {
	: > log
	named -g -c named.conf -p "$port" > log 2>&1 &
	named=$!
	wait_for 'all zones loaded'
}

# The steps that fix has just printed.
run_steps() {
	sed -n 's/^  reload: rndc //p' out > steps
	while read -r step; do
		# Unquoted: words, as a person would type them.
		rndc -c rndc.conf $step > rndc.log 2>&1 || fail "rndc $step: $(cat rndc.log)"
	done < steps
	check "$1 steps were printed" test "$(wc -l < steps)" -eq "$1"
}

fix='fix -p iclasspro --now 2026-11-23T12:00:00Z --named-conf named.conf'
port=$((20000 + $$ % 20000))
key='key "test" { algorithm hmac-sha256; secret "bm90IGEgcmVhbCBzZWNyZXQ="; };'
cat > rndc.conf <<END
$key
options { default-key "test"; default-server 127.0.0.1; default-port $((port + 20000)); };
END
cat > named.conf <<END
$key
options {
	directory "$scratch"; listen-on { 127.0.0.1; }; listen-on-v6 { none; };
	pid-file none; session-keyfile none; recursion no; dnssec-validation no;
};
controls { inet 127.0.0.1 port $((port + 20000)) allow { 127.0.0.1; } keys { "test"; }; };
view "inside" {
	match-clients { 127.0.0.1; };
	zone "school.example" { type primary; file "inside"; };
	zone "both.example" { type primary; file "both"; };
	zone "dynamic.example" { type primary; file "dynamic"; allow-update { key "test"; }; };
};
view "outside" {
	match-clients { any; };
	zone "school.example" { type primary; file "outside"; ixfr-from-differences yes; };
	zone "both.example" { in-view "inside"; };
};
END
for file in inside outside both dynamic; do
	cat > "$file" <<'END'
$TTL 1h
@ IN SOA ns1.hoster.example. hostmaster.hoster.example. 2024010101 7200 900 1209600 3600
@ IN NS ns1.hoster.example.
@ IN MX 10 mail
@ IN TXT "v=spf1 mx -all"
mail IN A 192.0.2.25
END
done
if ! start_named; then
	skip "named does not start here: $(tail -n 1 log)"
	pass 'nothing was asked'
	finish
fi

# Static zones in two views, and one that takes updates.
ends 4 'fix' $fix
check 'three files are fixed' test "$(grep -c '^fixed ' out)" -eq 3
check 'that of the dynamic zone is not' grep -q 'refused .*/dynamic: the zone takes updates' err
run_steps 4
for zone in school.example/IN/inside school.example/IN/outside both.example/IN/inside; do
	check "$zone has the new serial" wait_for "zone $zone: loaded serial 2026112300"
done

# The journal that named has written of its own accord.
check 'named keeps a journal' test -s outside.jnl
ends 4 'zones, its end is the serial of the file' fix -p iclasspro --named-conf named.conf
check 'nothing is said against that file' sh -c '! grep -q outside err'
cp outside new
sed 's/2026112300/2024010101/; s/ include:iclassprov2.com ~all/ -all/' new > outside
ends 4 'an older file lacks what the journal holds' $fix
check 'says so' grep -q 'refused .*/outside: .*outside.jnl goes on to serial 2026112300' err
cp new outside

# Frozen, mended, thawed.
rndc -c rndc.conf freeze dynamic.example IN inside > rndc.log 2>&1 || fail 'rndc freeze'
ends 0 'a frozen zone' $fix --frozen
check 'is fixed' grep -q '^fixed .*dynamic: 1 record' out
check 'and is to be thawed' grep -q 'rndc thaw dynamic.example IN inside' out
run_steps 1
check 'dynamic.example has the new serial' wait_for 'zone dynamic.example/IN/inside: loaded serial 2026112300'
ends 0 'afterwards there is nothing to do' $fix --frozen
check 'nothing at all' sh -c '! grep -q "^fixed" out'
finish
