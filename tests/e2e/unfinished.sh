#!/bin/sh
# What a fix has left that was killed: told by whoever only reads, completed or cleared away by the next fix.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 1

# Two zones that include one file, as they are before a fix of it and after.
state() { # SERIAL SPF
	mkdir -p "$3/zones" "$3/parts"
	for name in a b; do
		printf '$TTL 3600\n@ IN SOA ns1 hostmaster %s 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n' "$1" \
			> "$3/zones/$name.example.zone"
		echo '$INCLUDE ../parts/spf.inc' >> "$3/zones/$name.example.zone"
	done
	echo "@ IN TXT \"v=spf1 mx $2\"" > "$3/parts/spf.inc"
}

state 7 -all before
state 8 'include:iclassprov2.com ~all' after

# The fix is stopped where the first file has come into its place.
interrupt() {
	rm -rf work
	cp -R before work
	strace -qq -o trace -e trace=renameat2 -e inject=renameat2:signal=SIGKILL:when=2 \
		"$ZONEMEND" fix -p iclasspro work > out 2> err < /dev/null
	check 'a fix was stopped half way' test -e work/zones/.zonemend-plan
	check 'one file is new' cmp -s work/parts/spf.inc after/parts/spf.inc
	check 'and one is old' cmp -s work/zones/b.example.zone before/zones/b.example.zone
} 2> /dev/null

# A folder for each customer, more of them than a program may have open without asking.
mkdir -p many/parts
cp before/parts/spf.inc many/parts
customers=0
while [ "$customers" -lt 100 ]; do
	customers=$((customers + 1))
	mkdir "many/c$customers"
	cp before/zones/a.example.zone "many/c$customers/c$customers.example.zone"
done
status=0
(ulimit -S -n 64 && "$ZONEMEND" fix -p iclasspro many > out 2> err < /dev/null) || status=$?
check "one change in $customers folders: status 0 (is $status)" test "$status" -eq 0
check 'all are bumped' test "$(grep -l ' hostmaster 8 ' many/*/*.zone | wc -l)" -eq "$customers"
check 'nothing is left beside them' test -z "$(find many -name '.*zonemend*')"

if ! can_inject; then
	pass 'nothing was asked'
	finish
fi

interrupt
for command in check 'fix --diff' zones; do
	# Unquoted: a command with an option.
	ends 3 "$command ends with status 3" $command -p iclasspro work
	check 'and says what to do' grep -q 'work/zones: an earlier fix of several files was cut short here; run zonemend fix' err
done
ends 0 'fix completes it' fix -p iclasspro work
check 'and says so' grep -q 'completed an earlier fix of several files' err
check 'naming what has come into its place' grep -q 'work/zones/b.example.zone: is in its place now' err
check 'all is as it was to be' diff -r after work
ends 0 'nothing is left to be done' fix -p iclasspro work
check 'nothing is said of it any more' test -z "$(grep 'cut short' err)"

interrupt
echo '; edited meanwhile' >> work/zones/b.example.zone
cp work/zones/b.example.zone edited
ends 4 'a file that was edited meanwhile is not written over' fix -p iclasspro work
check 'and it is said what to do' grep -q 'b.example.zone has been changed since' err
check 'it is as it was edited' cmp edited work/zones/b.example.zone

interrupt
rm work/parts/.zonemend-plan
ends 4 'a plan that one folder lacks is left to a person' fix -p iclasspro work
noted 'cannot be completed, for not all folders that it names have a copy of it; see that each'

interrupt
rm work/parts/.zonemend-plan work/zones/.zonemend-plan
ends 0 'without its plan the rest is cleared away' fix -p iclasspro work
check 'nothing is left beside the files' test -z "$(find work -name '.*zonemend*')"

# The zones as links in another folder, by which alone the next one comes: the plan lies where they lead to.
interrupt
mkdir work/links
for name in a b; do
	ln -s "../zones/$name.example.zone" work/links
done
ends 3 'check of links' check -p iclasspro work/links
check 'says where the plan lies, once' test "$(grep -c "^zonemend: $scratch/work/zones: an earlier fix of several files" err)" -eq 1
ends 3 'one that is named' check -p iclasspro work/links/b.example.zone
noted 'work/zones: an earlier fix of several files'
ends 0 'fix completes it' fix -p iclasspro work/links
rm -r work/links
check 'behind the links all is as it was to be' diff -r after work

# Whoever reads one file sees it too.
interrupt
ends 3 'serial' serial work/zones/b.example.zone
noted 'work/zones: an earlier fix of several files was cut short here; run zonemend fix, which completes it or says what to do$'
status=0
"$ZONEMEND" fix -p iclasspro --stdin-filename work/zones/b.example.zone - \
	< work/zones/b.example.zone > out 2> err || status=$?
check "fix of standard input: status 3 (is $status)" test "$status" -eq 3
noted 'work/zones: an earlier fix of several files was cut short'
ends 0 'fix completes it' fix -p iclasspro work
check "all is as it was to be" diff -r after work

# A plan is good where it was made, and nobody acts upon it elsewhere.
stays() { # CLAIM FOLDER WHY
	cp -R "$2" as-it-was
	ends 4 "$1" fix -p iclasspro "$2"
	noted "^zonemend: .*zonemend-plan: an earlier fix of several files was cut short, and cannot be completed, for .*$3; see that each"
	check 'nothing is touched' diff -r as-it-was "$2"
	rm -r as-it-was
}
interrupt
cp -R work elsewhere
stays 'a copied tree' elsewhere 'it was moved or copied here from another folder'
check 'nor is where it came from' cmp work/zones/b.example.zone before/zones/b.example.zone
rm -r elsewhere
mv work elsewhere
stays 'a moved tree' elsewhere 'it was moved or copied here from another folder'
ln -s elsewhere work
stays 'with a link where it was' elsewhere 'is a link by now'
rm work
mv elsewhere work
mv work/zones work/moved
ends 4 'a folder that was moved' fix -p iclasspro work
noted 'work/moved/.zonemend-plan: .* it was moved or copied here'
noted 'work/parts/.zonemend-plan: .*/work/zones/b.example.zone is gone with its folder'
check 'nothing is bumped' diff -x '.*' -r before/zones work/moved
mv work/moved work/zones
ends 0 'back in its place' fix -p iclasspro work
check 'all is as it was to be' diff -r after work

# Where the system cannot tell, nobody says that all is well.
rm -rf work
cp -R before work
number=0
for command in 'check' 'fix --diff' zones; do
	strace -qq -o trace -e trace=newfstatat "$ZONEMEND" $command -p iclasspro work > out 2> err < /dev/null
	number=$(awk 'index($0, "newfstatat(") == 1 { count++ } index($0, "zones/.zonemend-plan") { print count; exit }' trace)
	status=0
	strace -qq -o trace -e trace=newfstatat -e inject=newfstatat:error=EIO:when="$number" \
		"$ZONEMEND" $command -p iclasspro work > out 2> err < /dev/null || status=$?
	check "$command where a plan cannot be looked for: status 3 (is $status)" test "$status" -eq 3
	noted '^zonemend: work/zones/.zonemend-plan: cannot tell whether an earlier fix was cut short here: Input/output error$'
done

# A link beside the file that it leads to is no other place.
interrupt
ln -s a.example.zone work/zones/link.zone
ends 3 'check of a link beside its file' check -p iclasspro work
check 'says it once for each folder' test "$(grep 'an earlier fix of several files' err | sort | uniq -c | grep -c '^ *1 ')" -eq 2
check 'of those that have to do with it' test "$(grep -c 'an earlier fix of several files' err)" -eq 2
finish
