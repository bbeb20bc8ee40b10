/*
 * Any bytes as a policy: either an error with a place, or a policy that, shown and read again, is
 * the same, and whose views are stable.
 */
#include "base/buf.h"
#include "policy/show.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"pass-all", "ptr-mechanism", "policy-require"};
static const enum zm_severity severities[] = {ZM_ERROR, ZM_WARNING, ZM_ERROR};
static const struct zm_catalogue_setting settings[] = {
	{1, "most", 2, 1, 9, "how many"},
	{1, "least", 0, 0, 9, "how few"},
};
static const struct zm_catalogue catalogue = {names, severities, 3, names, settings, 2};

static void claim(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* Places follow the layout, so that they differ between a policy and what is shown of it. */
static void strip(struct zm_buf *buf)
{
	size_t kept = 0;
	for (size_t at = 0; at < buf->len;) {
		char *end = memchr(buf->data + at, '\n', buf->len - at);
		size_t next = end == NULL ? buf->len : (size_t)(end - buf->data) + 1;
		char *hash = memrchr(buf->data + at, '#', next - at);
		size_t stop = hash == NULL ? next : (size_t)(hash - buf->data);
		memmove(buf->data + kept, buf->data + at, stop - at);
		kept += stop - at;
		while (kept > 0 && (buf->data[kept - 1] == ' ' || buf->data[kept - 1] == '\n')) {
			kept--;
		}
		buf->data[kept++] = '\n';
		at = next;
	}
	buf->len = kept;
}

static void check_shown(struct zm_arena *arena, const struct zm_policy *policy)
{
	struct zm_policy_faults faults;
	struct zm_buf once = {0};
	struct zm_buf twice = {0};
	zm_policy_show(&once, policy, &policy->base);
	if (once.len <= ZM_POLICY_BYTES_MAX) {
		const struct zm_policy_bytes shown = {"shown.yaml", zm_buf_str(&once)};
		policy = zm_policy_parse(arena, &catalogue, &shown, &faults);
		claim(policy != NULL);
		zm_policy_show(&twice, policy, &policy->base);
		strip(&once);
		strip(&twice);
		claim(zm_str_eq(zm_buf_str(&once), zm_buf_str(&twice)));
	}
	zm_buf_release(&once);
	zm_buf_release(&twice);
}

static void check_views(const struct zm_policy *policy)
{
	static const uint8_t wire[] = "\3www\6parked\7example";
	struct zm_name owner = {wire, sizeof(wire)};
	struct zm_name zone = zm_name_parent(owner);
	const struct zm_policy_view *view = zm_policy_view(policy, zone, owner);
	claim(view == zm_policy_view(policy, zone, owner));
	claim(view->spf.exactly.text.data == NULL || view->spf.exactly.text.len >= 6);
	zm_policy_names_match(&view->spf.names, owner);
	zm_policy_names_hosts(policy);
}

static void check_faults(const struct zm_policy_faults *faults)
{
	claim(faults->count > 0);
	for (size_t i = 0; i < faults->count; i++) {
		const char *digits = strchr(faults->text[i], ':');
		claim(digits != NULL && zm_is_digit(digits[1]) &&
		      strchr(faults->text[i], '\n') == NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zm_arena arena = {0};
	struct zm_policy_faults faults;
	/* A folder that does not exist, so that relative names in `extends` lead nowhere. */
	const struct zm_policy_bytes bytes = {"no-such-folder/p.yaml", {(const char *)data, size}};
	struct zm_policy *policy = zm_policy_parse(&arena, &catalogue, &bytes, &faults);
	if (policy == NULL) {
		check_faults(&faults);
	} else {
		check_shown(&arena, policy);
		check_views(policy);
	}
	zm_arena_release(&arena);
	return 0;
}
