#!/bin/sh
# After a run of an instrumented build: how many lines of each source file were run, worst last.
#
#	.ci/cover.sh build-cover
set -eu
find "$1/src" -name '*.gcda' | sort | xargs gcov -n 2>/dev/null |
	awk -F "'" '/^File/ { file = $2; next }
	/^Lines executed/ && file ~ /^src\// && file ~ /\.c$/ {
		line = $0
		sub(/^Lines executed:/, "", line)
		split(line, part, "% of ")
		printf "%6.1f%% of %5d  %s\n", part[1], part[2], file
		run += part[1] * part[2] / 100
		all += part[2]
		file = ""
	}
	END { if (all > 0) { printf "%6.1f%% of %5d  total\n", 100 * run / all, all } }' | sort -k 1,1rn
