#!/bin/sh
# Functions that the house does without: unbounded or locale-bound ones, and memory outside of base/.
#
#	tests/lint/check-banned.sh ROOT
set -u
cd "$1" || exit 2
find src include tests -name '*.[ch]' 2>/dev/null | sort | xargs awk '
function complain(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	bad = 1
}
function calls(names) {
	return text ~ "(^|[^A-Za-z0-9_])(" names ")[ \t]*\\("
}
{
	text = $0
	gsub(/\\["\\]/, "", text)
	gsub(/"[^"]*"/, "\"\"", text)
	sub(/\/\*.*/, "", text)
	sub(/^[ \t]*\*([ \t].*)?$/, "", text)
}
calls("strcpy|stpcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|atof|gets|alloca|system|popen") {
	complain("a banned function")
}
/^#[ \t]*include[ \t]*<ctype\.h>/ || calls("isalpha|isdigit|isalnum|isspace|isprint|isupper|islower|tolower|toupper|isxdigit|iscntrl") {
	complain("ctype asks the locale; base/str.h has what is needed")
}
FILENAME ~ /^src\// && FILENAME !~ /^src\/base\// && calls("malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf") {
	complain("memory comes from an arena or a buffer of base/")
}
/(FIXME|XXX|TODO)/ {
	complain("a note to oneself")
}
END {
	exit bad
}'
