#include "zone/serial.h"

#include "base/file.h"
#include "base/path.h"
#include "cli/bump.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "cli/reload.h"
#include "cli/status.h"
#include "cli/unfinished.h"
#include "fix/mend.h"
#include "fix/obstacle.h"
#include "report/escape.h"
#include "report/line.h"
#include "zone/rdata/soa.h"

#include <inttypes.h>
#include <stdio.h>

/* One zone file and what would be its serial. */
struct serial {
	const struct zm_options *options;
	struct zm_arena arena;
	const char *path;
	struct zm_file file;
	struct zm_source source;
	struct zm_load_options load;
	const struct zm_policy *policy; /* NULL: there is none */
	const struct zm_zone *zone;
	uint32_t old;
	struct zm_serial_next next;
};

static bool set_origin(struct serial *s)
{
	struct zm_name_buf name;
	const char *why;
	if (s->options->origin == NULL) {
		bool by_policy = s->policy != NULL && zm_policy_origin(s->policy, &name);
		s->load.origin = by_policy ? zm_name_copy(&s->arena, zm_name_of(&name))
					   : (struct zm_name){0};
		s->load.origin_from = by_policy ? ZM_ORIGIN_POLICY : ZM_ORIGIN_UNKNOWN;
		return true;
	}
	if (!zm_name_from_domain(&name, zm_str_from(s->options->origin), &why)) {
		zm_say("--origin %s: %s", s->options->origin, why);
		return false;
	}
	s->load.origin = zm_name_copy(&s->arena, zm_name_of(&name));
	s->load.origin_from = ZM_ORIGIN_OPTION;
	return true;
}

/* The one that says how to bump: of the options, else one that lies above the file. */
static bool find_policy(struct serial *s)
{
	const char *name = s->options->policy;
	struct zm_policy_faults faults;
	if (name == NULL) {
		name = zm_policy_discover(&s->arena, zm_policies_folder(&s->arena, s->path));
	}
	if (name == NULL) {
		return true;
	}
	s->policy = zm_policy_load(&s->arena, &zm_rule_catalogue, name, &faults);
	if (s->policy == NULL) {
		zm_policies_say(&faults);
		return false;
	}
	s->policy = zm_policy_for_file(&s->arena, s->policy, s->path);
	return true;
}

static int load(struct serial *s, int64_t now)
{
	struct zm_error err;
	if (!find_policy(s) || !set_origin(s)) {
		return ZM_STATUS_USAGE;
	}
	if (zm_unfinished_is_near(s->path)) {
		return ZM_STATUS_UNREADABLE;
	}
	if (!zm_file_read(&s->file, &s->arena, s->path, 0, &err)) {
		zm_say("%s", err.text);
		return ZM_STATUS_UNREADABLE;
	}
	s->load.root = s->options->root;
	s->source = (struct zm_source){.name = s->path, .bytes = s->file.bytes};
	s->zone = zm_zone_load(&s->arena, &s->source, &s->load);
	if (!zm_name_is_set(s->zone->origin)) {
		zm_say("%s: cannot tell which zone this is; name it with --origin", s->path);
		return ZM_STATUS_USAGE;
	}
	if (s->zone->soa == NULL || s->zone->soa->soa_data == NULL) {
		zm_say("%s: no SOA record with a serial; see: zonemend check", s->path);
		return ZM_STATUS_FINDINGS;
	}
	const struct zm_serial_how how = zm_bump_how(s->options, s->policy, s->zone->origin, now);
	zm_zone_serial(s->zone, &s->old);
	s->next = zm_serial_bump_by(s->old, &how);
	return ZM_STATUS_CLEAN;
}

static struct zm_str placeholder(const struct serial *s)
{
	const struct zm_record *soa = s->zone->soa;
	return zm_str_at(soa->source->bytes, soa->serial_at);
}

static void show(const struct serial *s)
{
	if (s->zone->soa->soa_data->has_placeholder) {
		struct zm_buf line = {0};
		zm_buf_add(&line, ZM_STR("serial  "));
		zm_escape(&line, placeholder(s));
		zm_buf_add(&line, ZM_STR("\nstyle   placeholder, for whatever fills it in"));
		zm_line_put(&line, stdout);
		zm_buf_release(&line);
		return;
	}
	printf("serial  %" PRIu32 "\nstyle   %s\nnext    %" PRIu32 "\n", s->old,
	       zm_serial_style_name(s->next.style), s->next.serial);
}

static void show_bumped(struct serial *s)
{
	struct zm_buf line = {0};
	const struct zm_report_file file = {
		.path = s->path,
		.zone = s->zone,
		.serial = s->old,
		.new_serial = s->next.serial,
		.serial_style = zm_serial_style_name(s->next.style),
		.is_frozen = s->options->frozen,
		.server = zm_reload_by(s->options, s->policy, NULL),
	};
	zm_line_bumped(&line, &file);
	zm_line_put(&line, stdout);
	zm_buf_release(&line);
}

static bool plan(struct serial *s, struct zm_str *bytes)
{
	struct zm_error err;
	struct zm_obstacle_query query = {
		.path = s->path,
		.stat = &s->file.stat,
		.bytes = s->file.bytes,
		.zone = zm_name_text(&s->arena, s->zone->origin),
		.serial = &s->old,
		.frozen = s->options->frozen,
		.allow_generated = s->options->allow_generated,
	};
	struct zm_str reason = zm_obstacle_find(&s->arena, &query);
	const char *root = s->options->root;
	if (root != NULL && !zm_path_is_below(s->path, root)) {
		reason = zm_arena_printf(&s->arena, "lies outside of the root folder %s", root);
	}
	if (reason.len == 0 && !zm_mend_serial(bytes, s->zone, &s->load, s->next.serial, &err)) {
		reason = zm_arena_copy(&s->arena, zm_str_from(err.text));
	}
	if (reason.len > 0) {
		zm_say("refused %s: %.*s", s->path, ZM_STR_ARG(reason));
	}
	return reason.len == 0;
}

static int bump(struct serial *s)
{
	struct zm_str bytes;
	struct zm_error err;
	if (!plan(s, &bytes)) {
		return ZM_STATUS_REFUSED;
	}
	enum zm_replace_result outcome = zm_file_replace(s->path, &s->file.stat, bytes, &err);
	if (outcome != ZM_REPLACED) {
		zm_say("%s", err.text);
		return outcome == ZM_REPLACE_FAILED ? ZM_STATUS_UNWRITABLE : ZM_STATUS_REFUSED;
	}
	show_bumped(s);
	return ZM_STATUS_CLEAN;
}

int zm_serial_command(const struct zm_options *options)
{
	int64_t now;
	if (options->operands != 1) {
		zm_say("serial needs one zone file");
		return ZM_STATUS_USAGE;
	}
	if (!zm_now(&now, options)) {
		return ZM_STATUS_USAGE;
	}
	struct serial s = {.options = options, .path = options->operand[0]};
	int status = load(&s, now);
	if (status == ZM_STATUS_CLEAN && s.next.warning != NULL && !options->quiet) {
		zm_say("%s: %s", s.path, s.next.warning);
	}
	if (status == ZM_STATUS_CLEAN && options->bump && s.next.serial != s.old) {
		status = bump(&s);
	} else if (status == ZM_STATUS_CLEAN) {
		show(&s);
	}
	zm_arena_release(&s.arena);
	return status;
}
