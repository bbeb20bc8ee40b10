#!/bin/sh
# named: zones in views, one that takes updates, one that it signs. Its journals are of its own making, and the steps
# that fix prints, when it has mended a zone and when it refuses to, do what they are for.
. "$(dirname "$0")/../servers.sh"
needs named rndc

control=$((port + 20000))
key='key "test" { algorithm hmac-sha256; secret "bm90IGEgcmVhbCBzZWNyZXQ="; };'
cat > rndc.conf <<END
$key
options { default-key "test"; default-server 127.0.0.1; default-port $control; };
END
cat > named.conf <<END
$key
options {
	directory "$scratch"; listen-on port $port { 127.0.0.1; }; listen-on-v6 { none; };
	pid-file none; session-keyfile none; recursion no; dnssec-validation no;
};
controls { inet 127.0.0.1 port $control allow { 127.0.0.1; } keys { "test"; }; };
view "inside" {
	match-clients { 127.0.0.1; };
	zone "school.example" { type primary; file "inside"; };
	zone "both.example" { type primary; file "both"; };
	zone "dynamic.example" { type primary; file "dynamic"; allow-update { key "test"; }; };
	zone "signed.example" { type primary; file "signed"; inline-signing yes; dnssec-policy default; };
};
view "outside" {
	match-clients { any; };
	zone "school.example" { type primary; file "outside"; ixfr-from-differences yes; };
	zone "both.example" { in-view "inside"; };
};
END
for file in inside outside both dynamic signed; do
	zone 2024010101 > "$file"
done
start_server 'all zones loaded' named -g -c named.conf -p "$port"
answers RRSIG signed.example 'TXT 13 '

rndc() {
	command rndc -c rndc.conf "$@" > step.log 2>&1 || fail "rndc $*: $(cat step.log)"
}

# The commands that the refusal of a file names, in their order: `rndc freeze ...` and `rndc thaw ...`.
recipe_of() {
	grep "refused .*/$1:" err | grep -o 'rndc [a-z]* [^,;]*' > recipe
}

# ---- Static zones in two views, and what is refused ----
fix="$fix --named-conf named.conf"
ends 4 'fix' $fix
check 'four files are fixed' test "$(grep -c '^fixed ' out)" -eq 4
check 'that of the dynamic zone is not' grep -q 'refused .*/dynamic: the zone takes updates' err
recipe_of dynamic
run_steps 5 rndc -c rndc.conf
for zone in school.example/IN/inside school.example/IN/outside both.example/IN/inside; do
	check "$zone has the new serial" until_true logged "zone $zone: loaded serial 2026112300"
done
answers SOA school.example ' 2026112300 '
answers TXT school.example "$mended"
answers TXT both.example "$mended"

# ---- The journal that named has written of its own accord ----
check 'named keeps a journal' test -s outside.jnl
ends 4 'zones, its end is the serial of the file' fix -p iclasspro --named-conf named.conf
check 'nothing is said against that file' sh -c '! grep -q outside err'
cp outside new
zone 2024010101 > outside
ends 4 'an older file lacks what the journal holds' $fix
check 'says so' grep -q 'refused .*/outside: .*outside.jnl leads from serial 2024010101 to 2026112300, the file is at 2024010101' err
cp new outside

# ---- Signed by named: the source is edited, and the copy follows ----
is_signed() {
	ask TXT signed.example && grep -q "$mended" answer && grep -q 'RRSIG.*TXT 13 ' answer
}
serial_of_signed() {
	ask SOA signed.example
	sed -n 's/.*hostmaster.hoster.example. \([0-9]*\) .*/\1/p' answer
}
check 'the signed zone has the new record, signed' until_true is_signed
first=$(serial_of_signed)
check "and the new serial, or one that signing has counted on from it: $first" test "$first" -ge 2026112300
check 'named keeps a journal of the source' until_true test -s signed.jnl
check 'and the signed copy, which fix does not touch' test -s signed.signed
cp signed.signed copy
ends 2 'fix of the signed copy' fix -p iclasspro -o signed.example signed.signed
check 'it is as it was' cmp copy signed.signed
sed 's/include:iclassprov2.com //' signed > source && cp source signed
ends 4 'a second change of the source' $fix
check 'is mended while the journal ends at its serial' grep -q '^fixed .*/signed: 1 record, serial 2026112300 -> 2026112301' out
run_steps 1 rndc -c rndc.conf
answers TXT signed.example "$mended"
is_later() {
	[ "$(serial_of_signed)" -gt "$first" ]
}
check 'the signed zone has a later serial' until_true is_later
cp signed new
zone 2024010101 > signed
ends 4 'an older source' $fix
check 'is refused, for the journal holds what it lacks' \
	grep -q 'refused .*/signed: .*signed.jnl leads .* to 2026112301, the file is at 2024010101' err
check 'and says which serial to give it' grep -q 'refused .*/signed: .* give it a serial after 2026112301 by hand' err
check 'for freezing is of no use there' sh -c '! command rndc -c rndc.conf freeze signed.example IN inside > step.log 2>&1'
zone 2026112302 > signed
ends 4 'the older source with such a serial' $fix
check 'is mended' grep -q '^fixed .*/signed: 1 record, serial 2026112302 -> 2026112303' out
run_steps 1 rndc -c rndc.conf
answers SOA signed.example ' 2026112303 '
answers TXT signed.example "$mended"

# ---- Frozen, mended, thawed, as the refusal said ----
check 'the recipe has two steps' test "$(wc -l < recipe)" -eq 2
check 'the first freezes' grep -q -x 'rndc freeze dynamic.example IN inside' recipe
check 'the last thaws' grep -q -x 'rndc thaw dynamic.example IN inside' recipe
if command -v nsupdate > /dev/null 2>&1; then
	nsupdate <<-END > step.log 2>&1 || fail "nsupdate: $(cat step.log)"
		server 127.0.0.1 $port
		key hmac-sha256:test bm90IGEgcmVhbCBzZWNyZXQ=
		zone dynamic.example
		update add new.dynamic.example 60 A 192.0.2.77
		send
	END
	answers A new.dynamic.example 192.0.2.77
	ends 4 'a zone that was updated, with --frozen though it is not' $fix --frozen
	check 'is refused, for the file lacks the update' grep -q 'refused .*/dynamic: .*dynamic.jnl leads from serial 2024010101 to 2024010102' err
	recipe_of dynamic
else
	skip 'nsupdate is not installed (make servers)'
fi
# Unquoted: words, as a person would type them.
rndc $(sed -n 's/^rndc \(freeze .*\)/\1/p' recipe)
# named answers before it has written the file.
! command -v nsupdate > /dev/null 2>&1 || until_true grep -q 2024010102 dynamic
ends 0 'the frozen zone' $fix --frozen
check 'is fixed' grep -q '^fixed .*dynamic: 1 record' out
check 'and the step is the last of the recipe' grep -q -x "  reload: $(tail -n 1 recipe)" out
run_steps 1 rndc -c rndc.conf
answers SOA dynamic.example ' 2026112300 '
answers TXT dynamic.example "$mended"
if command -v nsupdate > /dev/null 2>&1; then
	answers A new.dynamic.example 192.0.2.77
fi
ends 0 'afterwards there is nothing to do' $fix --frozen
check 'nothing at all' sh -c '! grep -q "^fixed" out'
finish
