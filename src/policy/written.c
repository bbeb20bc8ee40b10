/* written: `default` and `exactly` with their placeholders, {zone} and {owner}. */
#include "base/buf.h"
#include "policy/fault.h"
#include "policy/layer.h"

static const char *const placeholders[] = {"zone", "owner"};

enum { PLACEHOLDERS = 2 };

/* The next `{...}` from `at` on that is no macro of RFC 7208 7; false: there is none. An unclosed
 * one goes on to the end. */
static bool find_placeholder(struct zm_str text, size_t at, struct zm_span *found)
{
	for (; at < text.len; at++) {
		if (text.data[at] == '{' && (at == 0 || text.data[at - 1] != '%')) {
			size_t end = zm_str_find(text, ZM_STR("}"), at);
			*found = (struct zm_span){at, end == SIZE_MAX ? text.len : end + 1};
			return true;
		}
	}
	return false;
}

static struct zm_str name_in(struct zm_str text, struct zm_span at)
{
	return zm_str_sub(text, at.start + 1, at.end - 1);
}

const char *zm_policy_placeholder_fault(struct zm_arena *arena, struct zm_str text)
{
	struct zm_span at = {0, 0};
	while (find_placeholder(text, at.end, &at)) {
		struct zm_str name = name_in(text, at);
		if (zm_str_eq(name, ZM_STR("zone")) || zm_str_eq(name, ZM_STR("owner"))) {
			continue;
		}
		const char *quoted = zm_policy_quote(arena, zm_str_at(text, at));
		if (text.data[at.end - 1] != '}') {
			return zm_arena_printf(arena, "%s, a placeholder without its }", quoted)
				.data;
		}
		return zm_arena_printf(arena, "the unknown placeholder %s%s", quoted,
				       zm_policy_suggest(arena, name, placeholders, PLACEHOLDERS))
			.data;
	}
	return NULL;
}

static struct zm_str replace(struct zm_arena *arena, struct zm_str text, struct zm_str zone,
			     struct zm_str owner)
{
	struct zm_span at = {0, 0};
	struct zm_buf out = {0};
	size_t done = 0;
	while (find_placeholder(text, at.end, &at)) {
		zm_buf_add(&out, zm_str_sub(text, done, at.start));
		zm_buf_add(&out, zm_str_eq(name_in(text, at), ZM_STR("zone")) ? zone : owner);
		done = at.end;
	}
	zm_buf_add(&out, zm_str_sub(text, done, text.len));
	struct zm_str written = zm_arena_copy(arena, zm_buf_str(&out));
	zm_buf_release(&out);
	return written;
}

struct zm_str zm_policy_sample(struct zm_arena *arena, struct zm_str text)
{
	struct zm_span at;
	if (!find_placeholder(text, 0, &at)) {
		return text;
	}
	return replace(arena, text, ZM_STR("zone.example"), ZM_STR("owner.zone.example"));
}

struct zm_str zm_policy_starred(struct zm_arena *arena, struct zm_str text)
{
	return replace(arena, text, ZM_STR("*"), ZM_STR("*"));
}

/* As SPF writes names: without the final dot. */
static struct zm_str domain_text(struct zm_arena *arena, struct zm_name name)
{
	struct zm_str text = zm_name_text(arena, name);
	return text.len > 1 ? zm_str_sub(text, 0, text.len - 1) : text;
}

struct zm_str zm_policy_written(struct zm_arena *arena, struct zm_str text, struct zm_name zone,
				struct zm_name owner)
{
	struct zm_span at;
	if (!find_placeholder(text, 0, &at)) {
		return text;
	}
	return replace(arena, text, domain_text(arena, zone), domain_text(arena, owner));
}
