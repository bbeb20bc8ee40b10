#!/bin/sh
# fix --verify-cmd: a command that has to be content with the new files before any of them is written.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1
# What the command gets to see lies here meanwhile, and is to be gone afterwards.
mkdir tmp
TMPDIR=$scratch/tmp
export TMPDIR

zone() {
	printf '$TTL 3600\n@ IN SOA ns1 hostmaster 7 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n'
}

begin() {
	rm -rf work before
	mkdir -p work/zones work/parts
	for name in a b; do
		{ zone; echo '@ IN TXT "v=spf1 mx -all"'; } > "work/zones/$name.example.zone"
	done
	{ zone; echo '$INCLUDE ../parts/spf.inc'; } > work/zones/c.example.zone
	echo '@ IN TXT "v=spf1 mx -all" "" ; shared' > work/parts/spf.inc
	printf '@ IN TXT "private words"\n' >> work/zones/b.example.zone
	cp -R work before
	cd work || exit 1
}

# fixes STATUS CLAIM COMMAND OPTION...: in out and err.
fixes() {
	want=$1
	claim=$2
	command=$3
	shift 3
	status=0
	"$ZONEMEND" fix -p iclasspro --verify-cmd "$command" "$@" . > ../out 2> ../err < /dev/null || status=$?
	check "$claim: status $want (is $status)" test "$status" -eq "$want"
}

says() {
	check "it says: $1" grep -q -e "$1" ../err
}

nothing_is_written() {
	check 'nothing is written' diff -r ../before .
	check 'and nothing is left' test -z "$(ls -A ../tmp)"
	cd ..
}

begin
fixes 0 'a command that is content' 'test -s {file}'
check 'all three are mended' test "$(grep -l iclassprov2.com zones/* parts/* | wc -l)" -eq 3
check 'and bumped' test "$(grep -l 'hostmaster 8 ' zones/* | wc -l)" -eq 3
check 'nothing is left' test -z "$(ls -A ../tmp)"
cd ..

begin
fixes 4 'a command that is not' 'grep -q nowhere {file}'
says '^zonemend: refused zones/a.example.zone: grep ends with status 1, so nothing is written; -v shows what it says$'
says '^zonemend: refused zones/b.example.zone: nothing is written, for --verify-cmd fails for zones/a.example.zone$'
nothing_is_written

begin
fixes 4 'the last one alone is refused' '["sh", "-c", "test {zone} != c.example # {file}"]'
says 'refused zones/c.example.zone: sh ends with status 1'
nothing_is_written

begin
fixes 0 'new bytes, also of what is included, in the folder that names are relative to' \
	'["sh","-c","grep -q include:iclassprov2.com {file} ../parts/spf.inc && grep -q \"hostmaster 8 \" {file}"]' zones/c.example.zone
check 'which are the ones that come' grep -q 'include:iclassprov2.com' parts/spf.inc
cd ..

begin
fixes 4 'what it says is kept back' '["sh","-c","cat {file}; cat {file} >&2; exit 3"]'
check 'for it may be anything' test -z "$(grep -h -e 'private words' ../out ../err)"
fixes 4 'but for -v' '["sh","-c","printf \"\\033[31mred\\n\"; echo {file} >&2; exit 3"]' -v
says '^  | .027.31mred$'
nothing_is_written

begin
fixes 4 'a command that is not there' 'no-such-command {file}'
says 'no-such-command is not installed'
nothing_is_written

begin
fixes 4 'a command that a signal ends' '["sh","-c","kill -9 $$ # {file}"]'
says 'sh was ended by signal 9'
nothing_is_written

begin
fixes 4 'under --diff' 'grep -q nowhere {file}' --diff
check 'no patch' test -z "$(grep '^+++' ../out)"
nothing_is_written

begin
status=0
"$ZONEMEND" fix -p iclasspro -o a.example --verify-cmd 'grep -q iclassprov2 {file}' - < zones/a.example.zone > ../out 2> ../err || status=$?
check 'standard input is verified: status 0' test "$status" -eq 0
check 'and comes out mended' grep -q iclassprov2.com ../out
status=0
"$ZONEMEND" fix -p iclasspro -o a.example --verify-cmd 'grep -q nowhere {file}' - < zones/a.example.zone > ../out 2> ../err || status=$?
check 'or refused: status 4' test "$status" -eq 4
check 'and comes out as it was' cmp ../out zones/a.example.zone
nothing_is_written

for wrong in 'named-checkzone {zone}' 'check {file} {fiel}' '["a", 1, "{file}"]' '["a"' ' ' '[]'; do
	begin
	fixes 2 "no command: $wrong" "$wrong"
	says '^zonemend: --verify-cmd '
	nothing_is_written
done

wait_for_command() {
	waited=0
	while [ ! -s ../began ] && [ "$waited" -lt 100 ]; do
		sleep 0.1
		waited=$((waited + 1))
	done
}

begin
"$ZONEMEND" fix -p iclasspro --verify-cmd '["sh","-c","echo $$ > ../began; sleep 60 # {file}"]' zones/a.example.zone > ../out 2> ../err &
fix=$!
wait_for_command
kill -TERM "$fix"
status=0
wait "$fix" 2> /dev/null || status=$?
check 'who is told to end meanwhile does' test "$status" -eq 143
check 'and has the command end' test ! -d "/proc/$(cat ../began)"
rm -f ../began
nothing_is_written

# A terminal has a progress bar, drawn by a thread of its own.
if command -v script > /dev/null; then
	begin
	TERM=xterm script -qec "exec $ZONEMEND fix -p iclasspro --verify-cmd '[\"sh\",\"-c\",\"echo \$\$ > ../began; sleep 60 # {file}\"]' zones" \
		/dev/null > ../out < /dev/null &
	terminal=$!
	wait_for_command
	# Whose child the command is.
	kill -TERM "$(cut -d ' ' -f 4 "/proc/$(cat ../began)/stat")"
	wait "$terminal" 2> /dev/null
	check 'so it is at a terminal' test ! -d "/proc/$(cat ../began)"
	rm -f ../began
	nothing_is_written
else
	skip 'script is not installed: there is no terminal'
fi

begin
printf '$INCLUDE %s/work/parts/whole.inc\n' "$scratch" >> zones/a.example.zone
sed -i '/v=spf1/d' zones/a.example.zone
echo '@ IN TXT "v=spf1 mx -all"' > parts/whole.inc
rm -rf ../before
cp -R . ../before
fixes 4 'a file that is included by its whole path' 'test -s {file}'
says 'parts/whole.inc is included by its whole path'
nothing_is_written

if command -v named-checkzone > /dev/null; then
	begin
	fixes 0 named-checkzone 'named-checkzone -q {zone} {file}'
	check 'which finds all that is included' grep -q iclassprov2.com parts/spf.inc
	cd ..
	begin
	fixes 4 'of another zone' 'named-checkzone -q -k fail -m fail {zone}.elsewhere /dev/null{file}'
	nothing_is_written
else
	skip 'named-checkzone is not installed'
fi

# A server whose names begin in a folder that holds no file of the zone: what cannot be made in its likeness is an
# error, for anywhere else the command would see the old files.
if can_inject; then
	begin
	mkdir base ../before/base
	printf 'options { directory "%s/work/base"; };\nzone "c.example" { type primary; file "../zones/c.example.zone"; };\n' \
		"$scratch" > ../named.conf
	status=0
	strace -qq -o ../trace -e trace=mkdir "$ZONEMEND" fix -p iclasspro --verify-cmd 'grep -q v=spf1 ../parts/spf.inc {file}' \
		--named-conf ../named.conf > ../out 2> ../err < /dev/null || status=$?
	check 'names that begin in another folder are found there' test "$status" -eq 0
	check 'which is made last' test "$(grep '^mkdir(' ../trace | tail -n 1 | grep -c '/work/base", 0700) = 0')" -eq 1
	last=$(grep -c '^mkdir(' ../trace)
	cd ..
	begin
	mkdir base ../before/base
	status=0
	strace -qq -o ../trace -e trace=mkdir -e inject=mkdir:error=ENOSPC:when="$last" \
		"$ZONEMEND" fix -p iclasspro --verify-cmd 'true {file}' --named-conf ../named.conf > ../out 2> ../err < /dev/null || status=$?
	check "and where it cannot be made: status 4 (is $status)" test "$status" -eq 4
	says 'work/base: cannot create: No space left on device, so nothing is written'
	nothing_is_written
fi
finish
