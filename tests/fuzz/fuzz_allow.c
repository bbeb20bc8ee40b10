/*
 * Any bytes as a comment: what is allowed names rules that there are, and a reason.
 */
#include "lint/allow_text.h"
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_words(struct zm_str words)
{
	struct zm_arena arena = {0};
	struct zm_allowed allowed;
	zm_allow_parse(&allowed, &arena, words);
	for (size_t i = 0; i < allowed.count; i++) {
		claim(allowed.rule[i] < ZM_RULE_COUNT);
	}
	bool in_force = allowed.fault == NULL;
	claim(!in_force || allowed.count > 0);
	claim(!in_force || zm_str_find(words, ZM_STR("--"), 0) != SIZE_MAX);
	claim(!allowed.has_end || (allowed.end >= 101 && allowed.end <= 99991231));
	claim(in_force || strchr(allowed.fault, '\n') == NULL);
	zm_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct zm_str comment = {(const char *)data, size};
	size_t at = zm_allow_find(comment);
	if (at != SIZE_MAX) {
		claim(at > 0 && at < size);
		check_words(zm_str_sub(comment, at, size));
	}
	return 0;
}
