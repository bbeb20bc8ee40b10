#include "cli/idle.h"

#include "base/path.h"
#include "cli/message.h"

static bool is_walked(const struct zm_session *session, const char *file)
{
	for (size_t i = 0; i < session->inputs.folders; i++) {
		if (zm_path_is_below(file, session->inputs.folder[i])) {
			return true;
		}
	}
	return false;
}

static void say(const struct zm_policy_idle *idle)
{
	struct zm_policy_place place = idle->place;
	if (idle->match.len == 0) {
		zm_say("%s:%zu:%zu: this entry has no effect: no zone file here is %.*s",
		       place.file, place.line, place.column, ZM_STR_ARG(idle->file));
		return;
	}
	zm_say("%s:%zu:%zu: this entry has no effect: %.*s is no zone%s%.*s here, and has no SPF "
	       "record",
	       place.file, place.line, place.column, ZM_STR_ARG(idle->match),
	       idle->file.len == 0 ? "" : " in ", ZM_STR_ARG(idle->file));
}

static void blame(struct zm_session *session, const struct zm_policy *policy)
{
	struct zm_policy_idle idle;
	size_t next = 0;
	while (zm_policy_next_idle(policy, &next, &idle)) {
		bool is_wrong = !idle.is_open && is_walked(session, idle.place.file);
		session->result[session->count].misused |= is_wrong;
		if (is_wrong || session->options->verbose) {
			say(&idle);
		}
	}
}

static bool is_any_idle(const struct zm_policy *policy)
{
	struct zm_policy_idle idle;
	size_t next = 0;
	return zm_policy_next_idle(policy, &next, &idle);
}

/* Files share the entries of their policy. */
static bool is_repeated(const struct zm_session *session, size_t i)
{
	size_t first = 0;
	while (session->job[first].policy == NULL ||
	       session->job[first].policy->zones != session->job[i].policy->zones) {
		first++;
	}
	return first < i;
}

void zm_idle_blame(struct zm_session *session)
{
	for (size_t i = 0; i < session->count; i++) {
		const struct zm_policy *policy = session->job[i].policy;
		if (policy != NULL && is_any_idle(policy) && !is_repeated(session, i)) {
			blame(session, policy);
		}
	}
}
