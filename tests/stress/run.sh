#!/bin/sh
# What is too large for every day: prints seconds and peak memory of each, and holds them to a bound. Needs some GB below
# $TMPDIR and some minutes; `make stress` runs it.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
frame='$TTL 3600
@ IN SOA ns.example.org. h.example.org. 1 7200 900 1209600 3600
@ IN NS ns.example.org.'

# measure CLAIM STATUS SECONDS MEGABYTES ARGUMENT...: the memory is that beyond the file, the last argument.
measure() {
	what=$1 want=$2 seconds=$3 megabytes=$4
	shift 4
	for last; do :; done
	file=0
	[ ! -f "$last" ] || file=$(($(stat -c %s "$last") / 1000000))
	status=0
	/usr/bin/time -o measured -f '%e %M' timeout 600 "$ZONEMEND" "$@" > out 2> err < /dev/null || status=$?
	read -r elapsed peak << EOF
$(tail -n 1 measured)
EOF
	beyond=$((peak * 1024 / 1000000 - file))
	echo "$what: $elapsed s, $beyond MB beyond the file of $file MB"
	check "$what: status $want (is $status)" test "$status" -eq "$want"
	check "$what: at most $seconds s" test "${elapsed%.*}" -le "$seconds"
	check "$what: at most $megabytes MB beyond the file" test "$beyond" -le "$megabytes"
}

# lines COUNT FORMAT: that many lines, each with its number.
lines() {
	awk -v count="$1" -v form="$2\\n" 'BEGIN { for (i = 0; i < count; i++) printf form, i }'
}

delegations='d%08d IN NS ns1.some-provider.example.\n IN NS ns2.some-provider.example.'
for tenths in 1 10; do
	{ echo "$frame" && lines $((tenths * 2500000)) "$delegations"; } > zone
	measure "$((tenths * 2500000)) delegations" 0 $((tenths * 12)) $((tenths * 80)) check -o example.com zone
done

for shape in word quoted comment open; do
	{
		printf '%s\n%s ' "$frame" 'a TXT'
		case $shape in
		quoted) printf '"' ;;
		comment) printf 'b ;' ;;
		open) printf '(' ;;
		esac
		head -c 100000000 /dev/zero | tr '\0' b
		[ "$shape" != quoted ] || printf '"'
		echo
	} > zone
	want=1
	[ "$shape" != comment ] || want=0
	measure "a line of 100 MB, $shape" "$want" 10 64 check -o example.com zone
done
{ echo "$frame" && printf 'a TXT (' && yes b | head -n 50000000 | tr '\n' ' ' && echo ')'; } > zone
measure 'a line of 100 MB, words in parentheses' 1 30 200 check -o example.com zone

bad='h%07d TXT "v=spf1 ptr ptr:a.example ip4:10.0.0.1/8 foo bar ip5:1 a::b +all all"'
for tenths in 1 10; do
	{ echo "$frame" && lines $((tenths * 100000)) "$bad"; } > zone
	measure "$((tenths * 100000)) records with ten findings each" 1 $((tenths * 6)) $((200 + tenths * 40)) \
		check -p strict -o example.com zone
done
rm -f zone

# 5,000 zones whose SOA stands in one file, beside 1,000 templates, any of which may include it too.
mkdir -p shared/parts
echo "$frame" | tail -n +2 > shared/parts/soa.inc
i=0
while [ "$i" -lt 5000 ]; do
	i=$((i + 1))
	printf '$TTL 3600\n$INCLUDE parts/soa.inc\n@ IN TXT "v=spf1 mx -all"\n' > "shared/d$i.example.zone"
	[ "$i" -gt 1000 ] || printf '$INCLUDE parts/%d.inc\n{{ records }}\n' "$i" > "shared/t$i.tmpl"
done
measure '5,000 zones with one SOA, as zones lists them' 0 3 64 zones shared
measure '5,000 zones with one SOA, as check counts them' 1 3 100 check -p iclasspro shared
measure '5,000 zones with one SOA, as fix mends them' 1 3 160 fix --diff -p iclasspro shared
rm -r shared

if ZM_MANY=200000 "$ZM_TOP/tests/e2e/many-files.sh" > many; then
	pass 'a folder of 200,000 files'
else
	cat many
	fail 'a folder of 200,000 files'
fi
if ZM_STRESS_BYTES=20000000 "$ZM_TOP/tests/e2e/stress.sh" > small; then
	pass 'what tests/e2e/stress.sh does, ten times as large'
else
	cat small
	fail 'what tests/e2e/stress.sh does, ten times as large'
fi
finish
