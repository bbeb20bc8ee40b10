#!/bin/sh
# Every file of the corpus, zones and all others, fixed in a copy under several policies. Whatever was written is
# compared, byte for byte, by a program that shares nothing with zonemend (tests/independent/): only SPF records
# and the serial changed, and the serial goes on. A second fix changes nothing, and no other file of the folder
# is touched.
#
#	tests/corpus/bytes.sh [PATTERN]        COMPARE is build/tests/compare
. "$(dirname "$0")/../lib.sh"
. "$ZM_TOP/tests/corpus/files.sh"
compare=${COMPARE:-$ZM_TOP/build/tests/compare}
pattern=${1:-.}

policies() {
	cat > "$scratch/require.yaml" <<-END
		version: 1
		extends: [recommended]
		spf:
		  names: [apex, mx]
		  require: [include:_spf.example.net]
		  default: "v=spf1 include:_spf.example.net ~all"
	END
	cat > "$scratch/forbid.yaml" <<-END
		version: 1
		extends: [strict]
		spf:
		  forbid: [-all, +all]
		  all: ~all
	END
	cat > "$scratch/hosts.yaml" <<-END
		version: 1
		extends: [strict]
		spf:
		  names: [apex, mx, hosts]
		  exactly: "v=spf1 include:_spf.{zone} -all"
	END
	cat <<-END
		-p recommended
		-p strict
		-p $scratch/require.yaml
		-p $scratch/forbid.yaml
		-p strict --unsafe --allow-generated
		-p $scratch/hosts.yaml --unsafe --allow-generated --serial increment
	END
}

wrong() {
	fail "$file: $options: $*"
}

# Status in $status; what it said in $scratch/said.
fix() {
	status=0
	# Unquoted: a policy and its options.
	"$ZONEMEND" fix $options --now 2026-11-23T12:00:00Z -o "$origin" "$base" > "$scratch/said" 2>&1 < /dev/null || status=$?
	[ "$status" -le 5 ] || wrong "status $status: $(head -n 3 "$scratch/said")"
}

judge_written() {
	written=$((written + 1))
	"$compare" "$original" "$base" "$origin" > "$scratch/changes" || wrong "$(cat "$scratch/changes")"
	cp -p "$base" "$scratch/mended"
	first=$status
	fix
	cmp -s "$scratch/mended" "$base" || wrong 'a second fix changes it'
	[ "$status" -eq "$first" ] || wrong "a second fix ends with $status, the first with $first"
	cp -p "$original" "$base"
}

policies > "$scratch/policies"
list_files | grep -a -e "$pattern" > "$scratch/list"
while read -r options <&4; do
	written=0
	files=0
	failures=$failed
	copied=
	while IFS=$separator read -r folder file origin verdict line message <&3; do
		if [ "$folder" != "$copied" ] && [ -n "$copied" ] && [ -d "$corpus/$copied" ]; then
			diff -r "$corpus/$copied" "$scratch/copy" > "$scratch/changes" || fail "$copied: $options: $(head -n 1 "$scratch/changes")"
		fi
		enter_folder
		original=$corpus/$file
		files=$((files + 1))
		fix
		cmp -s "$original" "$base" || judge_written
	done 3< "$scratch/list"
	[ "$written" -gt 0 ] || fail "$options: nothing was written"
	[ "$failed" -ne "$failures" ] || pass "$options: $files files, $written written"
done 4< "$scratch/policies"
cd "$ZM_TOP" || exit 1
finish
