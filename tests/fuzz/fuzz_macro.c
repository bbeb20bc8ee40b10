/*
 * Any macro-string and any values: what comes of them stays within its bounds, and what the parser
 * takes for a domain-spec can be expanded. The input is lines: sender, domain, HELO name, address,
 * then the text.
 */
#include "spf/domain.h"
#include "spf/macro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUT_MAX = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds, const char *claim)
{
	if (!holds) {
		fprintf(stderr, "not so: %s\n", claim);
		abort();
	}
}

static struct zm_str take_line(struct zm_str *rest)
{
	size_t end = zm_str_find(*rest, ZM_STR("\n"), 0);
	struct zm_str line = zm_str_sub(*rest, 0, end);
	*rest = zm_str_sub(*rest, end == SIZE_MAX ? rest->len : end + 1, rest->len);
	return line;
}

static struct zm_spf_values take_values(struct zm_str *rest)
{
	struct zm_spf_values values = {.validated = {"unknown", 7}, .receiver = {"mx", 2}};
	values.sender = take_line(rest);
	values.local = values.sender;
	values.sender_domain = take_line(rest);
	values.domain = values.sender_domain;
	values.helo = take_line(rest);
	struct zm_str ip = take_line(rest);
	if (!zm_ip4_parse(&values.ip, ip) && !zm_ip6_parse(&values.ip, ip)) {
		zm_ip6_parse(&values.ip, ZM_STR("2001:db8::1"));
	}
	return values;
}

static void check_text(struct zm_str text, const struct zm_spf_values *values)
{
	struct zm_buf out = {.max = OUT_MAX};
	bool good = zm_spf_expand(&out, text, values);
	expect(out.len <= OUT_MAX, "the maximum holds");
	expect(good == (zm_spf_check_macro_string(text).problem != ZM_SPF_MACRO_SYNTAX) ||
		       zm_spf_check_macro_string(text).problem == ZM_SPF_BAD_BYTE,
	       "what expands is what the parser takes for macros");
	if (zm_str_find(text, ZM_STR("%"), 0) == SIZE_MAX && !out.full) {
		expect(zm_str_eq(zm_buf_str(&out), text), "a text without macros stays");
		expect(zm_spf_letters(text) == 0, "and has no letters");
	}
	zm_buf_release(&out);
}

static bool is_escaped(struct zm_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];
		if (!zm_is_alnum(c) && strchr("-._~%", c) == NULL) {
			return false;
		}
	}
	return true;
}

static void check_escapes(const struct zm_spf_values *values)
{
	struct zm_buf out = {0};
	expect(zm_spf_expand(&out, ZM_STR("%{S}%{Dr-}%{H3/}%{Ir}"), values), "these are macros");
	expect(is_escaped(zm_buf_str(&out)), "capital letters leave nothing that needs an escape");
	zm_buf_release(&out);
}

static void check_domain(struct zm_str text, const struct zm_spf_values *values)
{
	struct zm_arena arena = {0};
	struct zm_spf_target target;
	struct zm_name_buf buf;
	const char *why;
	if (zm_spf_expand_domain(&target, &arena, text, values)) {
		expect(target.text.len <= 253, "a name has at most 253 bytes as text");
		expect(zm_name_from_domain(&buf, target.text, &why), "the text is a name");
		expect(zm_name_eq(zm_name_of(&buf), target.name), "and this one");
	}
	if (text.len > 0 && zm_spf_check_domain(text).problem == ZM_SPF_GOOD) {
		struct zm_buf out = {.max = OUT_MAX};
		expect(zm_spf_expand(&out, text, values), "a domain-spec expands");
		zm_buf_release(&out);
	}
	zm_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_str rest = {(const char *)data, size};
	struct zm_spf_values values = take_values(&rest);
	check_text(rest, &values);
	check_escapes(&values);
	check_domain(rest, &values);
	return 0;
}
