#include "spf/compare.h"

#include "base/git.h"
#include "base/scratch.h"
#include "cli/asked.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"
#include "report/compare.h"
#include "spf/limits.h"

#include <string.h>
#include <sys/stat.h>

/* One state of the zones. */
struct side {
	struct zm_options options; /* those of the command, with the paths of this side */
	struct zm_session session;
	struct zm_arena arena;
	struct zm_zones zones;
	struct zm_resolver resolver;
	bool is_open;
};

struct compare {
	const struct zm_options *options;
	struct zm_arena arena;
	struct side before;
	struct side after;
	const char *scratch; /* the files of the commit; NULL: none are needed */
	const char *only;    /* the one name to compare, or NULL */
	struct zm_name *name;
	size_t names;
	size_t capacity;
	struct zm_map known;
	bool changed;
	bool gained;
};

/* ---- Which files ---- */

static void set_paths(struct side *side, const struct zm_options *options, const char **path,
		      size_t count)
{
	side->options = *options;
	side->options.operand = path;
	side->options.operands = count;
	side->options.owner = NULL;
}

/* The last part of the first `len` bytes of a path begins here; no slash ends them. */
static size_t last_part(const char *path, size_t len)
{
	while (len > 0 && path[len - 1] != '/') {
		len--;
	}
	return len;
}

static size_t without_slashes(const char *path, size_t len)
{
	while (len > 1 && path[len - 1] == '/') {
		len--;
	}
	return len;
}

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static const char *folder_of(struct zm_arena *arena, const char *path, size_t len)
{
	return len == 0 ? "." : zm_arena_copy(arena, (struct zm_str){path, len}).data;
}

/*
 * The current folder cannot be that of two trees: names of $INCLUDE begin for each side in its own,
 * that is what is left of its path when both lose the parts at their ends that are the same.
 */
static void take_own_folders(struct compare *c)
{
	const char *old = c->before.options.operand[0];
	const char *new = c->after.options.operand[0];
	size_t old_len = without_slashes(old, strlen(old));
	size_t new_len = without_slashes(new, strlen(new));
	bool is_file = !is_folder(old) || !is_folder(new);
	bool is_same = true;
	while (is_same && old_len > 0 && new_len > 0) {
		size_t old_start = last_part(old, old_len);
		size_t new_start = last_part(new, new_len);
		struct zm_str part = {old + old_start, old_len - old_start};
		is_same = part.len > 0 && !zm_str_eq(part, ZM_STR("..")) &&
			  zm_str_eq(part, (struct zm_str){new + new_start, new_len - new_start});
		if (is_same || is_file) {
			old_len = without_slashes(old, old_start);
			new_len = without_slashes(new, new_start);
		}
		is_file = false;
	}
	c->before.options.include_base = folder_of(&c->arena, old, old_len);
	c->after.options.include_base = folder_of(&c->arena, new, new_len);
}

static bool take_operands(struct compare *c)
{
	const struct zm_options *options = c->options;
	size_t count = options->operands;
	if (count < 2 || count > 3) {
		zm_say("compare needs OLD and NEW, or --base GITREF");
		return false;
	}
	set_paths(&c->before, options, &options->operand[0], 1);
	set_paths(&c->after, options, &options->operand[1], 1);
	take_own_folders(c);
	if (count == 3 && options->owner != NULL) {
		zm_say("one name can be compared at a time: %s or %s", options->operand[2],
		       options->owner);
		return false;
	}
	c->only = count == 3 ? options->operand[2] : options->owner;
	return true;
}

static const char *place_in_commit(struct compare *c, struct zm_str name)
{
	return zm_arena_printf(&c->arena, "%s%s%.*s", c->scratch, name.len > 0 ? "/" : "",
			       ZM_STR_ARG(name))
		.data;
}

/* What the current folder is to the files of the commit. Outside of the repository it is what it is
 * now. */
static void take_current_folder(struct compare *c, const struct zm_git *git)
{
	struct zm_str name;
	struct zm_error err;
	if (zm_git_name(git, &c->arena, ".", &name, &err)) {
		c->before.options.include_base = place_in_commit(c, name);
	}
}

/* The paths as they were, those that there were. */
static bool find_old_paths(struct compare *c, const struct zm_git *git, const char **path,
			   size_t count)
{
	const char **old = zm_arena_array(&c->arena, count, sizeof(*old));
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		struct zm_str name;
		struct zm_error err;
		struct stat st;
		if (!zm_git_name(git, &c->arena, path[i], &name, &err)) {
			zm_say("%s", err.text);
			return false;
		}
		const char *there = place_in_commit(c, name);
		if (stat(there, &st) == 0) {
			old[found++] = there;
		}
	}
	set_paths(&c->before, c->options, old, found);
	take_current_folder(c, git);
	return true;
}

static bool take_base(struct compare *c)
{
	static const char *here[] = {"."};
	const struct zm_options *options = c->options;
	const char **path = options->operands > 0 ? options->operand : here;
	size_t count = options->operands > 0 ? options->operands : 1;
	struct zm_git git;
	struct zm_error err;
	c->only = options->owner;
	c->scratch = zm_scratch_open(&c->arena, &err);
	bool good = c->scratch != NULL &&
		    zm_git_open(&git, &c->arena, path[0], options->base, &err) &&
		    zm_git_export(&git, c->scratch, &err);
	if (!good) {
		zm_say("%s", err.text);
		return false;
	}
	set_paths(&c->after, options, path, count);
	return find_old_paths(c, &git, path, count);
}

/* ---- Reading ---- */

/* A zone that could not be read would look as if its records had gone. A side without paths is one
 * without zones. */
static bool open_side(struct side *side)
{
	if (side->options.operands == 0) {
		zm_set_init(&side->session.set, &side->arena);
	} else {
		side->is_open = true;
		const struct zm_session *session = &side->session;
		if (!zm_session_ask(&side->session, &side->options) ||
		    zm_status_of(session->result, session->count + 1, false) != ZM_STATUS_CLEAN) {
			return false;
		}
	}
	zm_zones_init(&side->zones, &side->session.set, &side->arena, NULL);
	side->resolver = zm_zones_resolver(&side->zones);
	return true;
}

static int close_side(struct side *side)
{
	int status = side->is_open ? zm_session_end(&side->session) : ZM_STATUS_CLEAN;
	zm_arena_release(&side->arena);
	return status;
}

/* ---- Names ---- */

static void add_name(struct compare *c, struct zm_name name)
{
	size_t *number = zm_map_put(&c->known, name);
	if (*number != SIZE_MAX) {
		return;
	}
	*number = c->names;
	c->name = zm_arena_grow(&c->arena, c->name, c->names, &c->capacity, sizeof(*c->name));
	c->name[c->names++] = name;
}

static void add_names_of_zone(struct compare *c, const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->record_count; i++) {
		struct zm_arena_mark mark = zm_arena_mark(&c->arena);
		const struct zm_record *record = zm_zone_record(zone, &c->arena, i);
		if (record->type == ZM_TYPE_TXT && record->text != NULL &&
		    zm_spf_is_record(record->text->bytes)) {
			add_name(c, record->owner);
		} else {
			zm_arena_rewind(&c->arena, mark);
		}
	}
}

static void add_names(struct compare *c, const struct side *side)
{
	for (size_t i = 0; side->is_open && i < side->session.count; i++) {
		if (side->session.job[i].zone != NULL) {
			add_names_of_zone(c, side->session.job[i].zone);
		}
	}
}

/* All of both sides, or the one that was asked for, if it is among them. */
static bool find_names(struct compare *c)
{
	struct zm_name_buf only;
	const char *why;
	c->known.arena = &c->arena;
	add_names(c, &c->after);
	add_names(c, &c->before);
	if (c->only == NULL) {
		return true;
	}
	if (!zm_name_from_domain(&only, zm_str_from(c->only), &why)) {
		zm_say("%s: %s", c->only, why);
		return false;
	}
	size_t number = zm_map_get(&c->known, zm_name_of(&only));
	if (number == SIZE_MAX) {
		zm_say("%s has no SPF record, neither before nor after", c->only);
		return false;
	}
	c->name[0] = c->name[number];
	c->names = 1;
	return true;
}

/* ---- Comparing ---- */

struct state {
	struct zm_spf_graph graph;
	struct zm_space space;
};

static void look(struct state *state, struct zm_arena *arena, struct zm_verdicts *verdicts,
		 const struct side *side, struct zm_name name)
{
	struct zm_spf_limits limits;
	zm_spf_graph_build(&state->graph, arena, name, &side->resolver);
	zm_spf_limits_count(&limits, arena, &state->graph);
	zm_space_find(&state->space, verdicts, arena, &state->graph);
}

static void compare_name(struct compare *c, struct zm_name name,
			 const struct zm_compare_format *format, struct zm_report_compare *report)
{
	struct zm_arena arena = {0};
	struct zm_verdicts verdicts;
	struct state before;
	struct state after;
	struct zm_changes changes;
	zm_verdicts_init(&verdicts, &arena);
	look(&before, &arena, &verdicts, &c->before, name);
	look(&after, &arena, &verdicts, &c->after, name);
	zm_space_compare(&changes, &arena, &verdicts, &before.space, &after.space);
	if (before.space.is_cut || after.space.is_cut) {
		struct zm_str text = zm_name_text(&arena, name);
		zm_say("%.*s: too large, not all of it was compared", ZM_STR_ARG(text));
	}
	if (changes.count > 0) {
		struct zm_compared compared = {before.graph.node[0], after.graph.node[0], &changes,
					       &verdicts};
		format->name(report, &compared);
		c->changed = true;
		c->gained = c->gained || changes.item[0].kind == ZM_CHANGE_GAIN;
	}
	zm_arena_release(&arena);
}

/* One that lacks a part would look as if its records had gone, or had never been. */
static bool all_load(const struct compare *c, const struct side *side)
{
	bool good = true;
	if (c->only != NULL) {
		return zm_asked_zones_load(&side->zones);
	}
	for (size_t i = 0; side->is_open && i < side->session.count; i++) {
		const struct zm_zone *zone = side->session.job[i].zone;
		good = (zone == NULL || zm_asked_zone_loads(zone)) && good;
	}
	return good;
}

static int compare_all(struct compare *c)
{
	const struct zm_options *options = c->options;
	bool is_json = options->format == &zm_report_json;
	const struct zm_compare_format *format = is_json ? &zm_compare_json : &zm_compare_text;
	struct zm_report_compare report = {
		.out = stdout,
		.color = zm_wants_color(options, stdout),
		.verbose = options->verbose,
		.quiet = options->quiet,
	};
	if (!find_names(c)) {
		return ZM_STATUS_USAGE;
	}
	format->begin(&report);
	for (size_t i = 0; i < c->names; i++) {
		compare_name(c, c->name[i], format, &report);
	}
	bool loads = all_load(c, &c->before);
	loads = all_load(c, &c->after) && loads;
	report.quiet = report.quiet || !loads; /* nobody knows how many names there are */
	format->end(&report, c->names);
	bool fails = !loads || (options->fail_change == ZM_FAIL_GAIN && c->gained) ||
		     (options->fail_change == ZM_FAIL_CHANGE && c->changed);
	return fails ? ZM_STATUS_FINDINGS : ZM_STATUS_CLEAN;
}

int zm_compare_command(const struct zm_options *options)
{
	struct compare c = {.options = options};
	bool is_good = options->base == NULL ? take_operands(&c) : take_base(&c);
	int status = is_good ? ZM_STATUS_CLEAN : ZM_STATUS_USAGE;
	if (is_good && open_side(&c.before) && open_side(&c.after)) {
		status = compare_all(&c);
	}
	int before = close_side(&c.before);
	int after = close_side(&c.after);
	if (c.scratch != NULL) {
		zm_scratch_remove(c.scratch);
	}
	zm_arena_release(&c.arena);
	int ended = before > after ? before : after;
	return ended > status ? ended : status;
}
