#!/bin/sh
# The library as somebody else's program meets it: its one header, the archive, and nothing of src/.
. "$(dirname "$0")/../lib.sh"
build=$(dirname "$ZONEMEND")
cd "$scratch" || exit 1
mkdir include
cp -R "$ZM_TOP/include/zonemend" include/
cat > user.c <<'END'
#include <zonemend/zonemend.h>

#include <stdio.h>
#include <string.h>

static const char zone[] = "$TTL 3600\n"
			   "@ IN SOA ns1 hostmaster 2026010100 7200 900 1209600 3600\n"
			   "@ IN NS ns.example.org.\n"
			   "@ IN TXT \"v=spf1 include:iclassprov2.com -all\" ; mail\n";

int main(void)
{
	char why[ZONEMEND_ERROR_MAX];
	struct zonemend_policy *policy = zonemend_policy_load("iclasspro", why);
	struct zonemend_request request = {0};
	struct zonemend_result *result;
	size_t size = 0;
	const char *bytes;
	request.bytes = zone;
	request.length = strlen(zone);
	request.origin = "example.com";
	result = policy == NULL ? NULL : zonemend_mend(policy, &request, why);
	if (result == NULL) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	bytes = zonemend_bytes(result, &size);
	fwrite(bytes, 1, size, stdout);
	zonemend_result_free(result);
	zonemend_policy_free(policy);
	return 0;
}
END

# An instrumented archive asks for the same instruments.
instruments=
nm "$build/libzonemend.a" 2>/dev/null > symbols
! grep -q __asan_init symbols || instruments='-fsanitize=address,undefined'
! grep -q __gcov_init symbols || instruments='--coverage'
libraries=$(pkg-config --libs ldns yaml-0.1 jansson 2>/dev/null) || libraries='-lldns -lyaml -ljansson'

# Unquoted: lists of options.
check 'the header compiles as C99 without a warning' \
	${CC:-cc} -std=c99 -Wall -Wextra -pedantic -Werror -Iinclude -c -o user.o user.c
check 'the header compiles as C++ where there is a compiler for it' \
	sh -c '! command -v c++ >/dev/null 2>&1 || { echo "#include <zonemend/zonemend.h>" | c++ -Iinclude -Wall -Werror -fsyntax-only -xc++ -; }'
check 'a program links with the archive' \
	${CC:-cc} $instruments -o user user.o "$build/libzonemend.a" $libraries -lpthread
check 'it runs' sh -c './user > mended'
sed -n 's/.*char zone\[\] = //p; s/^\t\t\t   //p' user.c | sed 's/^"//; s/";\{0,1\}$//; s/\\n$//; s/\\"/"/g' > original
check 'the record was mended' grep -q '"v=spf1 include:iclassprov2.com ~all" ; mail' mended
check 'the serial was bumped' test "$(grep -c 2026010100 mended)" -eq 0
check 'nothing else came or went' test "$(diff original mended | grep -c '^[<>]')" -eq 4
check 'no symbol of the library lacks its prefix' \
	sh -c '! nm -g --defined-only "$0" 2>/dev/null | grep " [TDBR] " | grep -v -E " (zm_|zonemend_|_|\\.|DW\\.)"' "$build/libzonemend.a"
finish
