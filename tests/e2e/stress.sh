#!/bin/sh
# Input that would like to hang, crash or fill the memory: devices, pipes, files that change while they are read, and lines
# without end. Each is a matter of seconds here; tests/stress/ has the large ones.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
frame='$TTL 3600
@ IN SOA ns.example.org. h.example.org. 1 7200 900 1209600 3600
@ IN NS ns.example.org.'
big=${ZM_STRESS_BYTES:-2000000}

# run STATUS COMMAND...: a signal, a hang or another status fails.
run() {
	want=$1
	shift
	status=0
	timeout 120 "$ZONEMEND" "$@" > out 2> err < /dev/null || status=$?
	check "status $want (is $status): $*" test "$status" -eq "$want"
}

fill() {
	head -c "$big" /dev/zero | tr '\0' "$1"
}

# ---- What is no file ----

mkdir folder
printf '%s\n' "$frame" > folder/good.example.zone
mkfifo pipe folder/pipe.zone
run 3 check pipe
check 'a FIFO is named as what it is' grep -q 'is a FIFO' err
run 0 check folder
run 3 check /dev/zero
check 'a device is named as what it is' grep -q '/dev/zero: is a' err
for name in pipe /dev/zero; do
	printf '%s\n$INCLUDE %s\n' "$frame" "$name" > including.zone
	run 1 check -o example.com including.zone
	check "\$INCLUDE $name is a finding" grep -q 'include-missing' out
done

# ---- One line without end ----

for shape in word quoted comment open; do
	{
		printf '%s\n' "$frame"
		case $shape in
		word) printf 'a TXT ' && fill b ;;
		quoted) printf 'a TXT "' && fill b && printf '"' ;;
		comment) printf 'a A 192.0.2.1 ;' && fill b ;;
		open) printf 'a TXT (' && fill '(' ;;
		esac
		echo
	} > line.zone
	want=1
	[ "$shape" != comment ] || want=0
	run "$want" check -o example.com line.zone
	check "one $shape: the report is short" test "$(wc -c < out)" -lt 2000
done
{
	printf '%s\na TXT (' "$frame"
	yes b | head -n "$((big / 2))" | tr '\n' ' '
	echo ')'
} > line.zone
run 1 check -o example.com line.zone

# ---- Findings without end ----

{
	printf '%s\n' "$frame"
	awk -v count="$((big / 100))" 'BEGIN { for (i = 0; i < count; i++)
		printf "h%d TXT \"v=spf1 ptr foo bar ip5:1 a::b +all all ip4:10.0.0.1/8\"\n", i }'
} > findings.zone
run 1 check -p strict -o example.com findings.zone
check 'as many findings are shown as the maximum says' test "$(grep -c '^findings.zone:[0-9]' out)" -eq 10000
check 'the others are counted' grep -q '^findings.zone: [0-9]* more findings are not shown (--max-findings 10000)$' out
cp out one
run 1 check -j 4 -p strict -o example.com findings.zone
check 'four threads say the same' cmp -s one out

# ---- Files that change while they are read: mapped from 1 MiB on ----

{
	printf '%s\n' "$frame"
	awk -v count="$((big / 25))" 'BEGIN { for (i = 0; i < count; i++) printf "host%08d IN A 192.0.2.1\n", i }'
} > whole
cp whole moving.zone
change() {
	case $1 in
	shrinks) truncate -s 5000 moving.zone && cp whole moving.zone ;;
	grows) cat whole >> moving.zone && cp whole moving.zone ;;
	replaced) cp whole next && mv next moving.zone ;;
	esac
}
for how in shrinks grows replaced; do
	cp whole moving.zone
	while [ ! -e stop ]; do change "$how" 2> /dev/null; done &
	changer=$!
	bad=
	for i in 1 2 3 4 5 6 7 8; do
		status=0
		timeout 60 "$ZONEMEND" check -q -o example.com moving.zone > out 2> err || status=$?
		case $status in
		0 | 1) ;;
		3) grep -q 'changed while it was read' err || bad="$bad $i:unsaid" ;;
		*) bad="$bad $i:$status" ;;
		esac
	done
	touch stop
	wait "$changer"
	rm -f stop
	check "a file that $how is read, or said to change$bad" test -z "$bad"
done

# ---- The bar ----

# Enough to check for more than a second.
bar() {
	script -qec "TERM=$1 '$ZONEMEND' check $2 -j 1 -p strict -o example.com --summary long.zone" typescript \
		> /dev/null 2>&1 < /dev/null
	grep -q 'checking  \[' typescript
}
if command -v script > /dev/null && script -qec true /dev/null > /dev/null 2>&1; then
	for i in 1 2 3 4 5 6 7; do cat findings.zone; done > long.zone
	check 'a terminal sees a bar' bar xterm ''
	for how in 'dumb ' 'xterm -q'; do
		seen=no
		bar "${how%% *}" "${how#* }" && seen=yes
		check "no bar with $how" test "$seen" = no
	done
else
	skip 'script(1) is not here, so that no terminal can be played'
fi
finish
