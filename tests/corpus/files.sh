# The files of the corpus, for the scripts that fix each of them in a copy; sourced after lib.sh.
#
#	list_files | while IFS=$separator read -r folder file origin verdict line message; do ...
corpus=${SHARED:-$ZM_TOP/../shared}/corpus
tab=$(printf '\t')
separator=$(printf '\001')
copied=
if [ ! -f "$corpus/real.tsv" ]; then
	echo "no corpus: $corpus/real.tsv is not there; SHARED=FOLDER names another place" >&2
	exit 1
fi

# A line a file: `folder file origin verdict line message`, their names below corpus/; the verdict is BIND's, or
# `unlisted`.
list_files() {
	tail -n +2 "$corpus/real.tsv" | awk -F "$tab" -v OFS="$separator" '{
		split($1, part, "/")
		print "real/" part[1] "/" part[2], "real/" $1, $2 == "" ? "example.com." : $2, $4, $5, $6
	}'
	{
		awk -F "$tab" -v OFS="$tab" 'FNR > 1 { print "peers/" $1, $2 }' "$corpus/peers.tsv"
		(cd "$corpus" && find . -type f | sed 's|^\./||' | grep -v '^real/' | sort)
	} | awk -F "$tab" -v OFS="$separator" '
	NF == 2 {
		origin[$1] = $2 == "" ? "example.com." : $2
		next
	}
	{
		folder = $1
		if (!sub(/\/[^\/]*$/, "", folder)) {
			folder = $1
		}
		print folder, $1, $1 in origin ? origin[$1] : "example.", "unlisted", "", ""
	}'
}

# Goes where the copy of the file is, $base, with all of its folder, which it may include.
enter_folder() {
	[ "$folder" = "$copied" ] || copy_folder
	rest=${file#"$folder"/}
	[ "$rest" != "$file" ] || rest=$(basename "$file")
	cd "$scratch/copy/$(dirname "$rest")" || exit 1
	base=$(basename "$rest")
}

copy_folder() {
	chmod -R u+w "$scratch/copy" 2>/dev/null
	rm -rf "$scratch/copy"
	mkdir "$scratch/copy"
	if [ -d "$corpus/$folder" ]; then
		cp -Rp "$corpus/$folder/." "$scratch/copy"
	else
		cp -p "$corpus/$folder" "$scratch/copy"
	fi
	chmod -R u+w "$scratch/copy"
	copied=$folder
}
