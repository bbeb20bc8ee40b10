#!/bin/sh
# The server's configuration: what it says counts, what is wrong with it is said, and no key of it is shown. Where
# BIND is installed, its own view of a configuration.
. "$(dirname "$0")/../lib.sh"
PATH=$PATH:/usr/sbin:/sbin
cp -R "$ZM_TOP/fixtures/named-conf/." "$scratch/"
cd "$scratch" || exit 1

# wrong MESSAGE CONFIGURATION: refused with that place and message, with nothing done.
wrong() {
	printf '%s' "$2" > wrong.conf
	ends 2 "wrong: $1" check --named-conf wrong.conf
	noted "^zonemend: wrong.conf:$1"
	check 'and nothing else is said' test "$(cat out err | wc -l)" -eq 1
}

wrong '1:22: quote that is never closed' 'key "k" { secret c2; "'
wrong '1:1: statement without a semicolon' 'zone "a" { type primary; file "a"; }'
wrong '2:1: unknown statement; did you mean zone' '
zne "a" { type primary; file "a"; };'
wrong '1:6: zone a. has no file' 'zone "a" { type primary; };'
wrong '1:9: no file fits' 'include "nothing/*";'

ends 3 'a configuration that is not there' check --named-conf missing.conf
printf '// nothing\n' > none.conf
ends 2 'a configuration without zones' check --named-conf none.conf
noted 'no zone of none.conf is kept in a file here'
printf 'zone "a" { type primary; file "gone"; };\n' > gone.conf
ends 3 'a zone whose file is gone' check --named-conf gone.conf
noted '^zonemend: gone.conf:1:6: gone: cannot read'
printf 'zone "a" { type primary; file "zones/school.inside"; };\ninclude "gone";\n' > partial.conf
ends 3 'an include that is gone' check -p iclasspro --named-conf partial.conf
noted '^zonemend: partial.conf:2:9: gone: cannot read'
check 'the zone was checked all the same' grep -q 'zones/school.inside:5' out
cp zones/school.inside before
ends 4 'and is not fixed' fix -p iclasspro --named-conf partial.conf
noted 'refused zones/school.inside: the configuration could not be read whole'
check 'not a byte' cmp before zones/school.inside
mkfifo pipe
cat named.conf > pipe &
ends 1 'a configuration that comes through a pipe' check -p iclasspro --named-conf pipe
wait
check 'is read' grep -q 'zones/school.inside:5' out
printf 'include "/dev/zero";\nzone "a" { type primary; file "zones/school.inside"; };\n' > device.conf
ends 3 'an include that is no file' check --named-conf device.conf
noted '^zonemend: device.conf:1:9: /dev/zero: is a device, not a file'
for command in 'check -v' 'zones' 'zones --format json' 'fix --diff'; do
	# Unquoted: words.
	"$ZONEMEND" $command -p iclasspro --named-conf named.conf > out 2> err < /dev/null
	check "$command shows no key" sh -c '! grep -q bm90IGEg out err'
done

# A file that one view lets be updated is the server's in all of them.
cat > views.conf <<'END'
view "a" { zone "x.example" { type primary; file "zones/shared"; allow-update { any; }; }; };
view "b" { zone "x.example" { type primary; file "zones/shared"; allow-update { none; }; }; };
END
ends 0 'one view of two takes updates' zones --named-conf views.conf
check 'the zone is dynamic' grep -q '^x.example. .* a,b .* dynamic  *no$' out
printf 'zone "x.example" { type primary; file "zones/shared"; };\n' > plain.conf
ends 0 'a zone that may be edited' zones --named-conf plain.conf
check 'is editable' grep -q '^x.example. .* static  *yes$' out
chmod 444 zones/shared
ends 0 'a read-only file' zones --named-conf plain.conf
check 'is not editable' grep -q '^x.example. .* static  *no$' out
check 'for that reason' grep -q '^    is a read-only file' out
chmod 644 zones/shared

# Paths together with a configuration: it says what they are.
ends 0 'a secondary in a folder' zones -v --named-conf named.conf zones
check 'a file of two views is one row' test "$(grep -c '^shared.example. ' out)" -eq 1
check 'with both' grep -q '^shared.example.  *inside,outside ' out
printf 'options { directory "zones"; };\nzone "school.example" { type primary; file "school.inside"; };\n' > small.conf
ends 2 'a file that the configuration has, and one that it has not' check -p iclasspro --named-conf small.conf zones/school.inside zones/dynamic
noted 'zones/dynamic: cannot tell which zone this is'
check 'the first has' grep -q 'SPF record of school.example. lacks' out

sed 's|"zones"|"/nowhere/zones"|' small.conf > other.conf
ends 2 'a configuration of another machine' check --named-conf other.conf zones
noted 'none of the files that other.conf names is here'

for nothing in '' '
'; do
	printf '%s' "$nothing" | "$ZONEMEND" zones --named-conf - > out 2> err
	check 'what printed no configuration has failed' test "$?" -eq 2
	noted '^zonemend: <stdin>: no configuration, for nothing came$'
done

if command -v named-checkconf > /dev/null 2>&1; then
	# named reads the files that fit a pattern from the last to the first.
	sed 's|include .*|include "views/outside.conf"; include "views/inside.conf";|' named.conf > ordered.conf
	"$ZONEMEND" zones -p iclasspro --format jsonl --named-conf ordered.conf > own 2>&1
	named-checkconf -px ordered.conf | "$ZONEMEND" zones -p iclasspro --format jsonl --named-conf - > piped 2>&1
	check 'named-checkconf -px says the same' cmp own piped
	check 'which is eight zones' test "$(grep -c '"zone":' own)" -eq 8
else
	skip 'named-checkconf is not installed'
fi

finish
