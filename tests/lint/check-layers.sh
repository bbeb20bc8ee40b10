#!/bin/sh
# A file includes only from its own folder and from lower layers, and few files know a foreign library.
#
#	tests/lint/check-layers.sh ROOT
set -u
cd "$1" || exit 2
find src -name '*.[ch]' | sort | xargs awk '
BEGIN {
	count = split("base spf zone conf policy dns lint fix report api cli", name, " ")
	for (i = 1; i <= count; i++) {
		rank[name[i]] = i
	}
	bad = 0
}
function complain(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	bad = 1
}
FNR == 1 {
	split(FILENAME, part, "/")
	folder = part[2]
	if (!(folder in rank)) {
		complain("the folder " folder " is no layer")
	}
}
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	split(quoted[2], path, "/")
	if (quoted[2] !~ /\// || path[1] == "zonemend") {
		next
	}
	if (!(path[1] in rank)) {
		complain("includes " quoted[2] ", which is in no layer")
	} else if (rank[path[1]] > rank[folder]) {
		complain(folder " includes from the higher layer " path[1])
	}
}
/^#[ \t]*include[ \t]*<ldns\// {
	if (FILENAME != "src/zone/record.c" && FILENAME !~ /^src\/dns\/net/) {
		complain("only zone/record.c and the resolver know ldns")
	}
}
/^#[ \t]*include[ \t]*<yaml\.h>/ {
	yaml[FILENAME] = FNR
	if (folder != "policy") {
		complain("only policy knows libyaml")
	}
}
/^#[ \t]*include[ \t]*<jansson\.h>/ {
	if (folder != "report") {
		complain("only report knows jansson")
	}
}
END {
	for (file in yaml) {
		files++
	}
	if (files > 1) {
		for (file in yaml) {
			printf "%s:%d: one file includes yaml.h, not %d\n", file, yaml[file], files
		}
		bad = 1
	}
	exit bad
}'
