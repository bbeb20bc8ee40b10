#include "cli/inputs.h"

#include "base/file.h"
#include "cli/message.h"
#include "zone/discover.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct collector {
	struct zm_inputs *inputs;
	struct zm_arena *arena;
	const struct zm_options *options;
	struct zm_result *result;
};

static void add(struct collector *c, struct zm_input input)
{
	struct zm_inputs *list = c->inputs;
	list->item = zm_arena_grow(c->arena, list->item, list->count, &list->capacity,
				   sizeof(*list->item));
	list->item[list->count++] = input;
}

static void add_folder(struct collector *c, const char *path)
{
	struct zm_inputs *list = c->inputs;
	struct zm_paths paths = {0};
	zm_walk_folder(&paths, c->arena, path);
	list->folder = zm_arena_grow(c->arena, list->folder, list->folders, &list->folder_capacity,
				     sizeof(*list->folder));
	list->folder[list->folders] = path;
	for (size_t i = 0; i < paths.count; i++) {
		const struct zm_found *found = &paths.item[i];
		add(c, (struct zm_input){.path = found->path,
					 .folder = list->folders,
					 .why = found->why,
					 .failed = found->failed,
					 .is_link = found->is_link});
	}
	list->folders++;
}

static void add_operand(struct collector *c, const char *path)
{
	struct stat st;
	const char *stdin_name = c->options->stdin_filename;
	if (strcmp(path, "-") == 0) {
		add(c, (struct zm_input){.path = stdin_name == NULL ? "<stdin>" : stdin_name,
					 .folder = SIZE_MAX,
					 .is_stdin = true});
	} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		add_folder(c, path);
	} else {
		/* What is wrong with it, reading it will tell. */
		add(c, (struct zm_input){.path = path, .folder = SIZE_MAX});
	}
}

/* A list may come from a pipe too: --files-from <(git ls-files). */
static bool read_list(struct collector *c, struct zm_str *bytes)
{
	const char *name = c->options->files_from;
	bool is_stdin = strcmp(name, "-") == 0;
	struct zm_stream list = {STDIN_FILENO, name, ZM_LIST_BYTES_MAX};
	struct zm_error err;
	if (!is_stdin) {
		list.fd = open(name, O_RDONLY | O_CLOEXEC);
	}
	bool good = list.fd >= 0 ? zm_file_read_stream(bytes, c->arena, &list, &err)
				 : zm_error_sys(&err, name, "cannot read");
	if (!is_stdin && list.fd >= 0) {
		close(list.fd);
	}
	if (!good) {
		zm_say("%s", err.text);
		c->result->unreadable = true;
	}
	return good;
}

/* Also of a list that was written under Windows; a blank line names nothing. */
static struct zm_str without_line_end(struct zm_str line)
{
	if (zm_str_ends(line, ZM_STR("\r"))) {
		line.len--;
	}
	return zm_str_trim(line).len == 0 ? ZM_STR("") : line;
}

static void add_list(struct collector *c)
{
	struct zm_str bytes;
	if (!read_list(c, &bytes)) {
		return;
	}
	struct zm_str mark = c->options->nul ? (struct zm_str){"", 1} : ZM_STR("\n");
	for (size_t start = 0; start < bytes.len;) {
		size_t found = zm_str_find(bytes, mark, start);
		size_t end = found == SIZE_MAX ? bytes.len : found;
		struct zm_str path = zm_str_sub(bytes, start, end);
		if (!c->options->nul) {
			path = without_line_end(path);
		}
		if (path.len > 0) {
			add_operand(c, zm_arena_copy(c->arena, path).data);
		}
		start = end + 1;
	}
}

/* By name; of one name the first given comes first. */
static int compare(const void *a, const void *b)
{
	const struct zm_input *x = *(const struct zm_input *const *)a;
	const struct zm_input *y = *(const struct zm_input *const *)b;
	int order = strcmp(x->path, y->path);
	return order != 0 ? order : (x < y ? -1 : x > y);
}

/* As the files of one folder nearly always are. */
static bool is_ascending(const struct zm_inputs *list)
{
	bool is = true;
	for (size_t i = 1; i < list->count && is; i++) {
		is = strcmp(list->item[i - 1].path, list->item[i].path) < 0;
	}
	return is;
}

/* A file that was named and found in a folder too counts where it came first. */
static void drop_repeated(struct collector *c)
{
	struct zm_inputs *list = c->inputs;
	struct zm_input **sorted = zm_arena_array(c->arena, list->count, sizeof(*sorted));
	bool *repeated = zm_arena_array(c->arena, list->count, sizeof(*repeated));
	for (size_t i = 0; i < list->count; i++) {
		sorted[i] = &list->item[i];
	}
	if (list->count > 1) {
		qsort(sorted, list->count, sizeof(*sorted), compare);
	}
	for (size_t i = 1; i < list->count; i++) {
		bool same = strcmp(sorted[i]->path, sorted[i - 1]->path) == 0;
		repeated[sorted[i] - list->item] = same;
	}
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (!repeated[i]) {
			list->item[kept++] = list->item[i];
		}
	}
	list->count = kept;
}

void zm_inputs_collect(struct zm_inputs *inputs, struct zm_arena *arena,
		       const struct zm_options *options, struct zm_result *result)
{
	struct collector c = {inputs, arena, options, result};
	*inputs = (struct zm_inputs){0};
	for (size_t i = 0; i < options->operands; i++) {
		add_operand(&c, options->operand[i]);
	}
	if (options->files_from != NULL) {
		add_list(&c);
	} else if (options->operands == 0 && options->named_conf == NULL) {
		add_folder(&c, ".");
	}
	if (!is_ascending(inputs)) {
		drop_repeated(&c);
	}
}
