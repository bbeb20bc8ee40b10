#!/bin/sh
# What would cost somebody a zone: a report written over it, a write outside of --root, one name for many zones.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
zone() {
	cat <<-END
		\$TTL 3600
		@ IN SOA ns1 hostmaster 2026112300 7200 900 1209600 3600
		@ IN NS ns1
		@ IN TXT "v=spf1 include:iclassprov2.com -all"
		ns1 IN A 192.0.2.1
	END
}

# ends STATUS CLAIM ARGUMENT...: output in $scratch.out and $scratch.err.
ends() {
	want=$1
	claim=$2
	shift 2
	status=0
	"$ZONEMEND" "$@" > "$scratch.out" 2> "$scratch.err" < /dev/null || status=$?
	if [ "$status" -eq "$want" ]; then
		pass "$claim"
	else
		fail "$claim: status $status, not $want"
		sed 's/^/  | /' "$scratch.out" "$scratch.err"
	fi
}

# says PATTERN: the last run, on standard error.
says() {
	check "it says: $1" grep -q -e "$1" "$scratch.err"
}

# ---- --output ----
mkdir zones included
zone > zones/a.com.zone
zone > zones/b.com.zone
ln -s a.com.zone zones/a.net.zone
echo 'not a zone' > zones/notes
zone | grep -v SOA > included/rest
printf '$TTL 3600\n@ IN SOA ns1 hostmaster 1 7200 900 1209600 3600\n$INCLUDE rest\n' > included/c.com.zone
echo zones/a.com.zone > list
cp -R zones before
cp included/rest as-it-was
for command in check fix 'fix --diff'; do
	for output in zones/a.com.zone zones/a.net.zone zones/../zones/b.com.zone zones/notes; do
		# Unquoted: a command with an option.
		ends 2 "$command --output $output" $command -p iclasspro --output "$output" zones
		says "$output.*overwritten"
		check 'nothing was written' diff -r before zones
	done
done
printf 'version: 1\n' > base.yaml
printf 'version: 1\nextends: [recommended, ./base.yaml]\n' > pol.yaml
printf 'version: 1\n' > zonemend.yaml
printf 'zone "a.com" { type primary; file "zones/a.com.zone"; };\n' > named.conf
for file in pol.yaml named.conf; do
	cp "$file" kept
	ends 2 "--output over $file" check -p pol.yaml --named-conf named.conf --output "$file" zones
	check 'which is as it was' cmp kept "$file"
done
ends 2 '--output over the policy that was found' check --output zonemend.yaml zones
check 'which is as it was' grep -q -x 'version: 1' zonemend.yaml
rm zonemend.yaml
ends 0 'a baseline' check -q -p iclasspro --write-baseline accepted zones
ends 2 '--output over it' check -p iclasspro --baseline accepted --output accepted zones
check 'which is as it was' grep -q 'rule:' accepted
ends 2 '--output and a baseline in one file' check -p iclasspro --output both --write-baseline both zones
check 'there is none' test ! -e both
ends 5 '--output where nobody can write' fix -p iclasspro --output nowhere/report zones
check 'nothing was written' diff -r before zones
ends 2 '--output over a named file' check -p iclasspro --output zones/a.com.zone zones/a.com.zone
ends 2 '--output over an included file' check -p iclasspro --output included/rest included/c.com.zone
check 'which is as it was' cmp as-it-was included/rest
ends 2 '--output over the list' check -p iclasspro --output list --files-from list
check 'which is as it was' grep -q -x zones/a.com.zone list
status=0
"$ZONEMEND" fix -p iclasspro -o a.com --output zones/a.com.zone - < zones/a.com.zone > out 2>&1 || status=$?
check '--output over what standard input is' test "$status" -eq 2
check 'nothing was written' diff -r before zones
ends 1 '--output elsewhere' check -p iclasspro --output report zones
check 'is written' test -s report

# ---- --origin ----
ends 2 '--origin for a folder' fix -p iclasspro -o example.com zones
says 'names one zone'
ends 2 '--origin for a file and a folder' fix -p iclasspro -o example.com zones/a.com.zone zones
ends 2 '--origin for two files' fix -p iclasspro -o example.com zones/a.com.zone zones/b.com.zone
ends 2 '--origin twice' fix -p iclasspro -o a.com -o example.com zones/a.com.zone
says 'origin is given twice'
ends 2 '--policy twice' fix -p iclasspro --policy=strict zones/a.com.zone
check 'nothing was written' diff -r before zones
ends 0 '--origin for one file' fix -p iclasspro -o example.com zones/a.com.zone

# ---- --root ----
mkdir in
zone > out.com.zone
zone > in/b.com.zone
cp out.com.zone before.zone
ln -s ../out.com.zone in/a.com.zone
ends 4 'fix of a link that leads out of --root' fix -p iclasspro --root in in
says 'refused in/a.com.zone: .*outside of the root folder in'
check 'its target is as it was' cmp before.zone out.com.zone
check 'what lies below --root is mended' grep -q 'v2.com ~all' in/b.com.zone
ends 4 'serial --bump of such a link' serial --bump --root in in/a.com.zone
check 'its target is as it was' cmp before.zone out.com.zone
ends 1 'fix --diff of a path with ..' fix -p iclasspro --diff in/../in/.././out.com.zone
check 'shows the path without it' grep -q -x -e '--- a/out.com.zone' "$scratch.out"
ends 0 'fix without --root' fix -p iclasspro in/a.com.zone
check 'follows the link' grep -q 'v2.com ~all' out.com.zone
rm -f "$scratch.out" "$scratch.err"
finish
