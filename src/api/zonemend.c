#include "zonemend/zonemend.h"

#include "fix/mend.h"
#include "lint/lint.h"

#include <assert.h>
#include <string.h>
#include <time.h>

static_assert((int)ZONEMEND_ERROR_MAX == (int)ZM_ERROR_MAX, "one size of messages");
static_assert((int)ZONEMEND_INFO == (int)ZM_INFO && (int)ZONEMEND_ERROR == (int)ZM_ERROR,
	      "severities are those of the policy");
static_assert((int)ZONEMEND_FIX_NONE == (int)ZM_FIX_NONE &&
		      (int)ZONEMEND_FIX_UNSAFE == (int)ZM_FIX_UNSAFE,
	      "safeties are those of lint");
static_assert((int)ZONEMEND_SERIAL_AUTO == (int)ZM_SERIAL_AUTO &&
		      (int)ZONEMEND_SERIAL_KEEP == (int)ZM_SERIAL_KEEP,
	      "styles are those of the serial");

struct zonemend_policy {
	struct zm_arena arena; /* holds this struct */
	const struct zm_policy *policy;
};

struct zonemend_result {
	struct zm_arena arena; /* holds this struct */
	const struct zm_policy *policy;
	struct zm_source source;
	struct zm_load_options load;
	struct zm_set set;
	const struct zm_zone *zone;
	struct zm_mend mend;
	struct zm_findings findings;
	const char *refusal;
	struct zonemend_finding *view; /* one a finding */
};

const char *zonemend_version(void)
{
	return ZM_VERSION;
}

/* ---- Policies ---- */

static void tell(char why[ZONEMEND_ERROR_MAX], const struct zm_error *err)
{
	memcpy(why, err->text, ZONEMEND_ERROR_MAX);
}

struct zonemend_policy *zonemend_policy_load(const char *name, char why[ZONEMEND_ERROR_MAX])
{
	struct zm_arena start = {0};
	struct zonemend_policy *self = zm_arena_alloc(&start, sizeof(*self));
	struct zm_policy_faults faults;
	struct zm_error err;
	self->arena = start;
	struct zm_policy *policy = zm_policy_load(&self->arena, &zm_rule_catalogue, name, &faults);
	if (policy == NULL) {
		zm_error_set(&err, "%s", faults.text[0]);
		tell(why, &err);
		zonemend_policy_free(self);
		return NULL;
	}
	policy->now = (int64_t)time(NULL);
	self->policy = policy;
	return self;
}

void zonemend_policy_free(struct zonemend_policy *policy)
{
	if (policy != NULL) {
		struct zm_arena arena = policy->arena;
		zm_arena_release(&arena);
	}
}

/* ---- Zones ---- */

static bool set_origin(struct zonemend_result *self, const char *origin, struct zm_error *err)
{
	struct zm_name_buf name;
	const char *reason;
	if (origin == NULL) {
		return true;
	}
	if (!zm_name_from_domain(&name, zm_str_from(origin), &reason)) {
		return zm_error_set(err, "origin %s: %s", origin, reason);
	}
	self->load.origin = zm_name_copy(&self->arena, zm_name_of(&name));
	self->load.origin_from = ZM_ORIGIN_OPTION;
	return true;
}

static bool load(struct zonemend_result *self, const struct zonemend_request *request,
		 struct zm_error *err)
{
	const char *name = request->name == NULL ? "<memory>" : request->name;
	struct zm_str bytes = {request->bytes, request->length};
	if (!set_origin(self, request->origin, err)) {
		return false;
	}
	self->load.keep = zm_lint_keeps(self->policy);
	self->source.name = zm_arena_copy(&self->arena, zm_str_from(name)).data;
	self->source.bytes = zm_arena_copy(&self->arena, bytes);
	self->zone = zm_zone_load(&self->arena, &self->source, &self->load);
	if (!zm_name_is_set(self->zone->origin)) {
		return zm_error_set(err, "%s: cannot tell which zone this is", name);
	}
	zm_set_init(&self->set, &self->arena);
	zm_set_add(&self->set, self->zone);
	return true;
}

static struct zonemend_result *start(const struct zonemend_policy *policy,
				     const struct zonemend_request *request,
				     char why[ZONEMEND_ERROR_MAX])
{
	struct zm_arena first = {0};
	struct zonemend_result *self = zm_arena_alloc(&first, sizeof(*self));
	struct zm_error err = {{0}};
	self->arena = first;
	self->policy = policy->policy;
	if (!load(self, request, &err)) {
		tell(why, &err);
		zonemend_result_free(self);
		return NULL;
	}
	return self;
}

static const char *owner_text(struct zm_arena *arena, struct zm_name owner)
{
	return zm_name_is_set(owner) ? zm_name_text(arena, owner).data : NULL;
}

static struct zonemend_finding view_of(struct zm_arena *arena, const struct zm_finding *finding)
{
	struct zm_position at = zm_source_position(finding->source, finding->at.start);
	bool has_fix = finding->fix.safety != ZM_FIX_NONE;
	return (struct zonemend_finding){
		.rule = zm_rule_info[finding->rule].name,
		.severity = (enum zonemend_severity)finding->severity,
		.message = zm_arena_copy(arena, finding->message).data,
		.file = finding->source->name,
		.owner = owner_text(arena, finding->owner),
		.start = finding->at.start,
		.end = finding->at.end,
		.line = at.line,
		.column = at.column,
		.fix = (enum zonemend_fix)finding->fix.safety,
		.fix_title = has_fix ? zm_arena_copy(arena, finding->fix.title).data : NULL,
	};
}

static void make_views(struct zonemend_result *self)
{
	const struct zm_findings *findings = &self->findings;
	self->view = zm_arena_array(&self->arena, findings->count, sizeof(*self->view));
	for (size_t i = 0; i < findings->count; i++) {
		self->view[i] = view_of(&self->arena, findings->item[i]);
	}
}

struct zonemend_result *zonemend_check(const struct zonemend_policy *policy,
				       const struct zonemend_request *request,
				       char why[ZONEMEND_ERROR_MAX])
{
	struct zonemend_result *self = start(policy, request, why);
	if (self == NULL) {
		return NULL;
	}
	zm_lint_zone(&self->findings, &self->arena, self->zone, &self->set, self->policy);
	make_views(self);
	return self;
}

/* A time zone by name is left to the program: it would have to set TZ for the whole process. */
static struct zm_serial_how serial_how(const struct zonemend_result *self,
				       const struct zonemend_request *request)
{
	struct zm_name apex = self->zone->origin;
	const struct zm_policy_serial *asked = &zm_policy_view(self->policy, apex, apex)->serial;
	enum zm_serial_style style = (enum zm_serial_style)request->serial;
	return (struct zm_serial_how){
		.style = style == ZM_SERIAL_AUTO ? asked->style : style,
		.now = request->now == 0 ? (int64_t)time(NULL) : request->now,
		.first = (uint32_t)asked->first.value,
	};
}

struct zonemend_result *zonemend_mend(const struct zonemend_policy *policy,
				      const struct zonemend_request *request,
				      char why[ZONEMEND_ERROR_MAX])
{
	struct zonemend_result *self = start(policy, request, why);
	if (self == NULL) {
		return NULL;
	}
	struct zm_mend_options how = {
		.set = &self->set,
		.policy = self->policy,
		.load = &self->load,
		.unsafe = request->unsafe,
		.serial = serial_how(self, request),
	};
	zm_mend_plan(&self->mend, &self->arena, self->zone, &how);
	self->findings = self->mend.left;
	if (self->mend.outcome == ZM_MEND_REFUSED) {
		self->refusal = zm_arena_copy(&self->arena, self->mend.reason).data;
	}
	make_views(self);
	return self;
}

void zonemend_result_free(struct zonemend_result *result)
{
	if (result != NULL) {
		struct zm_arena arena = result->arena;
		zm_arena_release(&arena);
	}
}

/* ---- Results ---- */

enum zonemend_outcome zonemend_outcome(const struct zonemend_result *result)
{
	static const enum zonemend_outcome outcome[] = {
		[ZM_MEND_NOTHING] = ZONEMEND_NOTHING,
		[ZM_MEND_PLANNED] = ZONEMEND_MENDED,
		[ZM_MEND_REFUSED] = ZONEMEND_REFUSED,
	};
	return outcome[result->mend.outcome];
}

const char *zonemend_refusal(const struct zonemend_result *result)
{
	return result->refusal;
}

const char *zonemend_bytes(const struct zonemend_result *result, size_t *length)
{
	bool mended = result->mend.outcome == ZM_MEND_PLANNED;
	struct zm_str bytes = mended ? result->mend.bytes : result->source.bytes;
	*length = bytes.len;
	return bytes.data;
}

size_t zonemend_finding_count(const struct zonemend_result *result)
{
	return result->findings.count;
}

bool zonemend_finding_get(const struct zonemend_result *result, size_t number,
			  struct zonemend_finding *finding)
{
	if (number >= result->findings.count) {
		return false;
	}
	*finding = result->view[number];
	return true;
}
