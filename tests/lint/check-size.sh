#!/bin/sh
# A function has at most 50 lines, three levels of nesting and five parameters (the arena and the error that
# many pass through are not counted); a file 450 lines.
# Reads clang-format's output: a function opens and closes with a brace in the first column.
#
#	tests/lint/check-size.sh ROOT
set -u
cd "$1" || exit 2
find src include tests -name '*.[ch]' 2>/dev/null | sort | xargs awk '
function complain(line, what) {
	printf "%s:%d: %s\n", FILENAME, line, what
	bad = 1
}
function count(text, what) {
	return gsub(what, "", text)
}
# Without what only looks like code.
function code(text) {
	gsub(/\\\\/, "", text)
	gsub(/\\["'\'']/, "", text)
	gsub(/"[^"]*"/, "\"\"", text)
	gsub(/'\''[^'\'']*'\''/, "0", text)
	sub(/\/\/.*/, "", text)
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", text)
	return text
}
# The commas of the parameter list; those inside of a function pointer are not its own.
function parameters(text,   i, c, depth, commas) {
	depth = 0
	commas = -gsub(/struct zm_(arena|error) \*[a-z_]+/, "", text)
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += c == "(" ? 1 : c == ")" ? -1 : 0
		commas += c == "," && depth == 1 ? 1 : 0
	}
	return commas + 1
}
FNR == 1 {
	inside = 0
	head = ""
	lines[FILENAME] = 0
}
{
	lines[FILENAME]++
	if (lines[FILENAME] == 451) {
		complain(451, "the file has more than 450 lines")
	}
	text = code($0)
}
!inside && /^[A-Za-z_]/ {
	head = text
	head_line = FNR
	next
}
!inside && /^[ \t]/ {
	head = head " " text
	next
}
!inside && /^\{/ {
	inside = 1
	start = FNR
	depth = 0
	deepest = 0
	sub(/^[^(]*/, "", head)
	if (parameters(head) > 5) {
		complain(head_line, "the function has " parameters(head) " parameters, the limit is 5")
	}
	next
}
inside && /^\}/ {
	inside = 0
	head = ""
	if (FNR - start - 1 > 50) {
		complain(head_line, "the function has " FNR - start - 1 " lines, the limit is 50")
	}
	if (deepest > 3) {
		complain(head_line, "the function nests " deepest " levels deep, the limit is 3")
	}
	next
}
inside {
	depth += count(text, "{") - count(text, "}")
	if (depth > deepest) {
		deepest = depth
	}
}
!inside {
	head = ""
}
END {
	exit bad
}'
