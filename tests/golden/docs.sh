#!/bin/sh
# What the documents show is what the program prints.
#
#	tests/golden/docs.sh [--rewrite] [FILE...]
#
# Fenced blocks, told by their info strings:
#
#	console             each `$ zonemend ...` is run, and what follows it is what it prints, standard error first;
#	                    in docs/ every other `$ ...` is run too
#	yaml FILE, zone FILE, ...   the block is put into that file before what comes after it
#	yaml                in docs/: a policy that must be valid, with `version: 1` before it where it has none
#
# The commands of one document run in one folder, in their order; README.md's holds fixtures/ and policies/.
. "$(dirname "$0")/../lib.sh"
rewrite=
if [ "${1:-}" = --rewrite ]; then
	rewrite=yes
	shift
fi
mkdir "$scratch/bin" "$scratch/home"
ln -s "$ZONEMEND" "$scratch/bin/zonemend"
PATH=$scratch/bin:$PATH
HOME=$scratch/home
SOURCE_DATE_EPOCH=1795435200
export PATH HOME
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE 2>/dev/null || :
GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_NOSYSTEM
printf '[user]\n\tname = You\n\temail = you@example.com\n[init]\n\tdefaultBranch = main\n' > "$HOME/.gitconfig"

# Runs one command; prints what it says, errors first.
run_command() {
	(cd "$scratch/top" && export SOURCE_DATE_EPOCH && eval "$1" > "$scratch/out" 2> "$scratch/err" < /dev/null)
	cat "$scratch/err" "$scratch/out"
}

is_run() {
	case $document:$1 in
	*:'zonemend '* | docs/*) return 0 ;;
	*) return 1 ;;
	esac
}

# A block has ended: it is a file, or a policy by itself.
end_block() {
	case $info in
	console*) ;;
	yaml)
		case $document in docs/*) ;; *) return ;; esac
		grep -q '^version:' "$scratch/block" || { echo 'version: 1' | cat - "$scratch/block" > "$scratch/whole"; mv "$scratch/whole" "$scratch/block"; }
		cp "$scratch/block" "$scratch/top/example.yaml"
		policies=$((policies + 1))
		(cd "$scratch/top" && "$ZONEMEND" policy check example.yaml) > "$scratch/out" 2>&1 || {
			fail "$document: its policy number $policies is valid"
			cat "$scratch/out"
		}
		;;
	*' '*)
		file=${info#* }
		mkdir -p "$scratch/top/$(dirname "$file")"
		cp "$scratch/block" "$scratch/top/$file"
		;;
	esac
}

# Makes $scratch/made: the document with the output of now.
make_document() {
	info=
	inside=
	skipping=
	while IFS= read -r line || [ -n "$line" ]; do
		case $inside$line in
		in:'```')
			end_block >&3
			inside=
			skipping=
			;;
		'```'*)
			inside=in:
			info=${line#'```'}
			: > "$scratch/block"
			;;
		in:'$ '*)
			skipping=
			if [ "$info" = console ] && is_run "${line#\$ }"; then
				skipping=yes
				printf '%s\n' "$line"
				run_command "${line#\$ }"
				continue
			fi
			;;
		in:*) printf '%s\n' "$line" >> "$scratch/block" ;;
		esac
		if [ -z "$skipping" ]; then
			printf '%s\n' "$line"
		fi
	done < "$ZM_TOP/$document" > "$scratch/made"
}

check_document() {
	policies=0
	rm -rf "$scratch/top"
	mkdir "$scratch/top"
	case $document in
	README.md) cp -R "$ZM_TOP/fixtures" "$ZM_TOP/policies" "$scratch/top/" ;;
	esac
	make_document 3>&1
	if [ -n "$rewrite" ]; then
		cmp -s "$scratch/made" "$ZM_TOP/$document" || cp "$scratch/made" "$ZM_TOP/$document"
	fi
	if diff --text -u "$ZM_TOP/$document" "$scratch/made"; then
		pass "$document shows what the program prints"
	else
		fail "$document shows what the program prints"
	fi
	[ "$policies" -eq 0 ] || pass "$document: $policies policies looked at"
	grep -q '^\$ zonemend ' "$ZM_TOP/$document" || fail "$document shows nothing"
}

[ $# -gt 0 ] || set -- README.md docs/policy.md docs/tutorial.md
for document in "$@"; do
	check_document
done
finish
