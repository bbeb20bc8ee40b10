#include "cli/configured.h"

#include "cli/message.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Reading ---- */

/* Also `--named-conf <(named-checkconf -px)`. */
static bool is_pipe(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
}

static enum zm_conf_result read_stream(struct zm_conf *conf, struct zm_arena *arena,
				       const struct zm_options *options, struct zm_error *err)
{
	bool is_stdin = strcmp(options->named_conf, "-") == 0;
	struct zm_source source = {.name = is_stdin ? "<stdin>" : options->named_conf};
	struct zm_stream input = {STDIN_FILENO, source.name, ZM_CONF_BYTES_MAX};
	if (!is_stdin) {
		input.fd = open(options->named_conf, O_RDONLY | O_CLOEXEC);
	}
	bool good = input.fd >= 0 ? zm_file_read_stream(&source.bytes, arena, &input, err)
				  : zm_error_sys(err, source.name, "cannot read");
	if (!is_stdin && input.fd >= 0) {
		close(input.fd);
	}
	if (!good) {
		return ZM_CONF_UNREADABLE;
	}
	if (zm_str_trim(source.bytes).len == 0) { /* as where named-checkconf has failed */
		zm_error_set(err, "%s: no configuration, for nothing came", source.name);
		return ZM_CONF_WRONG;
	}
	good = zm_conf_parse(conf, arena, &source, options->root, err);
	return good ? ZM_CONF_READ : ZM_CONF_WRONG;
}

static bool read_conf(struct zm_conf *conf, struct zm_arena *arena,
		      const struct zm_options *options, struct zm_result *result)
{
	struct zm_error err;
	const char *path = options->named_conf;
	enum zm_conf_result outcome =
		strcmp(path, "-") == 0 || is_pipe(path)
			? read_stream(conf, arena, options, &err)
			: zm_conf_read(conf, arena, path, options->root, &err);
	if (outcome != ZM_CONF_READ) {
		zm_say("%s", err.text);
		result->misused = outcome == ZM_CONF_WRONG;
		result->unreadable = outcome == ZM_CONF_UNREADABLE;
		return false;
	}
	for (size_t i = 0; i < conf->unreadable_count; i++) {
		zm_say("%s", conf->unreadable[i]);
		result->unreadable = true;
	}
	return true;
}

/* ---- Zones that are the same in several views ---- */

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

static int compare_names(struct zm_name a, struct zm_name b)
{
	if (zm_name_eq(a, b)) {
		return 0;
	}
	uint32_t x = zm_name_hash(a);
	uint32_t y = zm_name_hash(b);
	if (x != y) {
		return x < y ? -1 : 1;
	}
	struct zm_str p = {(const char *)a.wire, a.len};
	struct zm_str q = {(const char *)b.wire, b.len};
	return zm_str_compare(p, q);
}

/* By file, type and name; of equal ones in the order of the configuration. */
static int compare_zones(const struct zm_conf_zone *x, const struct zm_conf_zone *y)
{
	int order = compare_texts(x->file, y->file);
	if (order == 0) {
		order = x->type < y->type ? -1 : x->type > y->type;
	}
	return order == 0 ? compare_names(x->name, y->name) : order;
}

static int compare_places(const void *a, const void *b)
{
	const struct zm_conf_zone *x = *(const struct zm_conf_zone *const *)a;
	const struct zm_conf_zone *y = *(const struct zm_conf_zone *const *)b;
	int order = compare_zones(x, y);
	return order != 0 ? order : (x < y ? -1 : x > y);
}

static int compare_items(const void *a, const void *b)
{
	const struct zm_configured *x = a;
	const struct zm_configured *y = b;
	return x->zone < y->zone ? -1 : x->zone > y->zone;
}

static const char *why_not_ours(const struct zm_conf_zone *zone)
{
	if (!zone->is_internet) {
		return "a zone of another class than IN";
	}
	switch (zone->type) {
	case ZM_CONF_PRIMARY:
		break;
	case ZM_CONF_SECONDARY:
	case ZM_CONF_MIRROR:
	case ZM_CONF_STUB:
		return "a copy of a zone, which is edited on its primary server";
	case ZM_CONF_HINT:
		return "hints, which are no zone";
	default:
		return "a zone without records of its own";
	}
	if (zone->is_elsewhere) {
		return "kept in a database and not in a file";
	}
	return zone->is_raw ? "raw format, which only named reads" : NULL;
}

static void add_zone(struct zm_configured *item, struct zm_arena *arena,
		     const struct zm_conf_zone *zone, size_t room)
{
	if (item->zone == NULL) {
		item->zone = zone;
		item->why = why_not_ours(zone);
		item->view = zm_arena_array(arena, room, sizeof(*item->view));
		item->server = (struct zm_server){.journal = zone->journal, .view = zone->view};
	}
	if (zone->view != NULL) {
		item->view[item->views++] = zone->view;
	}
	item->signs_inline |= zone->signs_inline;
	item->server.takes_updates |= zone->takes_updates;
	item->server.keeps_journal |= zone->signs_inline || zone->keeps_differences;
}

static void group(struct zm_configuration *configuration, struct zm_arena *arena,
		  const struct zm_conf *conf)
{
	const struct zm_conf_zone **sorted = zm_arena_array(arena, conf->count, sizeof(*sorted));
	configuration->item = zm_arena_array(arena, conf->count, sizeof(*configuration->item));
	for (size_t i = 0; i < conf->count; i++) {
		sorted[i] = &conf->zone[i];
	}
	if (conf->count > 1) {
		qsort(sorted, conf->count, sizeof(*sorted), compare_places);
	}
	for (size_t i = 0; i < conf->count;) {
		size_t end = i + 1;
		while (end < conf->count && compare_zones(sorted[i], sorted[end]) == 0) {
			end++;
		}
		struct zm_configured *item = &configuration->item[configuration->count++];
		for (size_t j = i; j < end; j++) {
			add_zone(item, arena, sorted[j], end - i);
		}
		item->server.is_whole = conf->unreadable_count == 0;
		i = end;
	}
	if (configuration->count > 1) {
		qsort(configuration->item, configuration->count, sizeof(*configuration->item),
		      compare_items);
	}
}

bool zm_configuration_read(struct zm_configuration *configuration, struct zm_arena *arena,
			   const struct zm_options *options, struct zm_result *result)
{
	struct zm_conf conf;
	*configuration = (struct zm_configuration){0};
	if (options->named_conf == NULL) {
		return true;
	}
	if (!read_conf(&conf, arena, options, result)) {
		return false;
	}
	configuration->is_given = true;
	configuration->directory = conf.directory;
	configuration->server = conf.is_of_pdns ? zm_nameserver_find(ZM_STR("pdns")) : NULL;
	group(configuration, arena, &conf);
	return true;
}

/* ---- Files ---- */

static int compare_known(const void *a, const void *b)
{
	const struct zm_configured_file *x = a;
	const struct zm_configured_file *y = b;
	if (x->inode != y->inode) {
		return x->inode < y->inode ? -1 : 1;
	}
	if (x->device != y->device) {
		return x->device < y->device ? -1 : 1;
	}
	return x->item < y->item ? -1 : x->item > y->item;
}

/* `all`, or those that are not for zonemend. */
static size_t look_up(const struct zm_configuration *configuration,
		      struct zm_configured_file *known, bool all)
{
	size_t count = 0;
	for (size_t i = 0; i < configuration->count; i++) {
		const struct zm_configured *item = &configuration->item[i];
		struct stat st;
		if (item->zone->file != NULL && (all || item->why != NULL) &&
		    stat(item->zone->file, &st) == 0) {
			known[count++] = (struct zm_configured_file){st.st_dev, st.st_ino, item};
		}
	}
	if (count > 1) {
		qsort(known, count, sizeof(*known), compare_known);
	}
	return count;
}

static void add(struct zm_inputs *inputs, struct zm_arena *arena, struct zm_input input)
{
	inputs->item = zm_arena_grow(arena, inputs->item, inputs->count, &inputs->capacity,
				     sizeof(*inputs->item));
	inputs->item[inputs->count++] = input;
}

/* The first of the known files that is this one; `count`: none. */
static size_t find_file(const struct zm_configured_file *known, size_t count,
			const struct stat *stat)
{
	struct zm_configured_file wanted = {stat->st_dev, stat->st_ino, NULL};
	size_t low = 0;
	for (size_t high = count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare_known(&known[middle], &wanted) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	bool found = low < count && known[low].inode == stat->st_ino &&
		     known[low].device == stat->st_dev;
	return found ? low : count;
}

const struct zm_configured *zm_configuration_owner(const struct zm_configuration *configuration,
						   const struct stat *stat)
{
	size_t found = find_file(configuration->file, configuration->files, stat);
	return found < configuration->files ? configuration->file[found].item : NULL;
}

static size_t find(const struct zm_configured_file *known, size_t count,
		   const struct zm_input *input)
{
	struct stat st;
	bool has_file = !input->is_stdin && input->why == NULL && stat(input->path, &st) == 0;
	return has_file ? find_file(known, count, &st) : count;
}

/* One input for each zone that the file is; as it was where the configuration does not have it. */
static void add_all_of(struct zm_inputs *inputs, struct zm_arena *arena,
		       const struct zm_input *input, const struct zm_configured_file *known,
		       size_t count)
{
	size_t first = find(known, count, input);
	struct zm_input copy = *input;
	if (first == count) {
		add(inputs, arena, copy);
		return;
	}
	for (size_t i = first; i < count && known[i].inode == known[first].inode &&
			       known[i].device == known[first].device;
	     i++) {
		copy.configured = known[i].item;
		copy.why = known[i].item->why;
		add(inputs, arena, copy);
	}
}

static bool names_files(const struct zm_configuration *configuration)
{
	size_t files = 0;
	for (size_t i = 0; i < configuration->count; i++) {
		files += configuration->item[i].zone->file != NULL;
	}
	return files > 0;
}

static bool match(const struct zm_configuration *configuration, struct zm_arena *arena,
		  struct zm_inputs *inputs)
{
	struct zm_input *item = inputs->item;
	size_t items = inputs->count;
	struct zm_configured_file *known =
		zm_arena_array(arena, configuration->count, sizeof(*known));
	size_t count = look_up(configuration, known, true);
	inputs->item = NULL;
	inputs->count = 0;
	inputs->capacity = 0;
	for (size_t i = 0; i < items; i++) {
		add_all_of(inputs, arena, &item[i], known, count);
	}
	return count > 0 || !names_files(configuration);
}

static void list_all(const struct zm_configuration *configuration, struct zm_arena *arena,
		     struct zm_inputs *inputs)
{
	for (size_t i = 0; i < configuration->count; i++) {
		const struct zm_configured *item = &configuration->item[i];
		struct zm_input input = {.path = item->zone->file,
					 .folder = SIZE_MAX,
					 .why = item->why,
					 .configured = item,
					 .is_listed = true};
		if (input.path == NULL) {
			input.path = zm_name_text(arena, item->zone->name).data;
		}
		add(inputs, arena, input);
	}
}

bool zm_configuration_apply(struct zm_configuration *configuration, struct zm_arena *arena,
			    const struct zm_options *options, struct zm_inputs *inputs)
{
	if (!configuration->is_given) {
		return true;
	}
	configuration->file =
		zm_arena_array(arena, configuration->count, sizeof(*configuration->file));
	configuration->files = look_up(configuration, configuration->file, false);
	if (options->operands == 0 && options->files_from == NULL) {
		list_all(configuration, arena, inputs);
		return true;
	}
	if (!match(configuration, arena, inputs)) {
		zm_say("none of the files that %s names is here", options->named_conf);
		return false;
	}
	return true;
}
