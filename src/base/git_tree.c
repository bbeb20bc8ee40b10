#include "base/git_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_MAX = 1 << 28, LINKS_MAX = 40 };

/* ---- The list ---- */

struct mode {
	const char *text;
	enum zm_git_kind kind;
};

static bool read_kind(enum zm_git_kind *kind, struct zm_str mode)
{
	static const struct mode modes[] = {
		{"100", ZM_GIT_FILE}, {"120", ZM_GIT_LINK}, {"160", ZM_GIT_SUBMODULE}};
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (zm_str_starts(mode, zm_str_from(modes[i].text))) {
			*kind = modes[i].kind;
			return true;
		}
	}
	return false;
}

/* One line of `git ls-tree`: `100644 blob ID<tab>PATH`. */
static bool read_entry(struct zm_git_entry *entry, struct zm_str line)
{
	size_t tab = zm_str_find(line, ZM_STR("\t"), 0);
	struct zm_str head = zm_str_sub(line, 0, tab);
	size_t first = zm_str_find(head, ZM_STR(" "), 0);
	size_t second = first == SIZE_MAX ? SIZE_MAX : zm_str_find(head, ZM_STR(" "), first + 1);
	if (tab == SIZE_MAX || second == SIZE_MAX) {
		return false;
	}
	*entry = (struct zm_git_entry){
		.path = zm_str_sub(line, tab + 1, line.len),
		.id = zm_str_sub(head, second + 1, head.len),
	};
	return read_kind(&entry->kind, head);
}

static bool is_harmless(struct zm_str path)
{
	for (size_t start = 0; start <= path.len;) {
		size_t slash = zm_str_find(path, ZM_STR("/"), start);
		size_t end = slash == SIZE_MAX ? path.len : slash;
		struct zm_str part = zm_str_sub(path, start, end);
		if (part.len == 0 || zm_str_eq(part, ZM_STR(".")) ||
		    zm_str_eq(part, ZM_STR("..")) || zm_str_eq_nocase(part, ZM_STR(".git"))) {
			return false;
		}
		start = end + 1;
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct zm_git_entry *x = a;
	const struct zm_git_entry *y = b;
	return zm_str_compare(x->path, y->path);
}

static bool read_list(struct zm_git_tree *tree, struct zm_arena *arena, struct zm_str list,
		      struct zm_error *err)
{
	size_t capacity = 0;
	struct zm_str mark = {"", 1};
	for (size_t start = 0; start < list.len;) {
		size_t found = zm_str_find(list, mark, start);
		size_t end = found == SIZE_MAX ? list.len : found;
		struct zm_git_entry entry;
		bool is_entry = read_entry(&entry, zm_str_sub(list, start, end));
		start = end + 1;
		if (!is_entry || !is_harmless(entry.path)) {
			continue;
		}
		if (tree->count == ZM_GIT_FILES_MAX) {
			return zm_error_set(err, "%s: holds more than %d files", tree->git->ref,
					    ZM_GIT_FILES_MAX);
		}
		tree->entry = zm_arena_grow(arena, tree->entry, tree->count, &capacity,
					    sizeof(*tree->entry));
		tree->entry[tree->count++] = entry;
	}
	if (tree->count > 1) {
		qsort(tree->entry, tree->count, sizeof(*tree->entry), compare);
	}
	return true;
}

/* ---- Bytes ---- */

/* The ids of what is still to be read, as a file without name, to be read from its start. */
static int write_ids(struct zm_git_entry *const *list, size_t count, struct zm_error *err)
{
	FILE *file = tmpfile();
	int fd = -1;
	if (file == NULL) {
		zm_error_sys(err, "a temporary file", "cannot create");
		return -1;
	}
	for (size_t i = 0; i < count; i++) {
		if (!list[i]->is_read && !list[i]->is_asked) {
			list[i]->is_asked = true; /* once, however often it is in the list */
			fprintf(file, "%.*s\n", ZM_STR_ARG(list[i]->id));
		}
	}
	if (fflush(file) == 0 && lseek(fileno(file), 0, SEEK_SET) == 0) {
		fd = dup(fileno(file));
	}
	if (fd < 0) {
		zm_error_sys(err, "a temporary file", "cannot write");
	}
	fclose(file);
	return fd;
}

/* `ID blob SIZE`, a line end, the bytes, a line end. `*at` moves behind them; false: something else
 * stands there. */
static bool take_bytes(struct zm_git_entry *entry, struct zm_str answer, size_t *at)
{
	uint64_t size = 0;
	size_t end = zm_str_find(answer, ZM_STR("\n"), *at);
	struct zm_str head = zm_str_sub(answer, *at, end);
	size_t blank = head.len;
	while (blank > 0 && head.data[blank - 1] != ' ') {
		blank--;
	}
	if (end == SIZE_MAX || !zm_str_starts(head, entry->id) ||
	    !zm_str_number(zm_str_sub(head, blank, head.len), answer.len - end, &size)) {
		return false;
	}
	entry->bytes = zm_str_sub(answer, end + 1, end + 1 + (size_t)size);
	entry->is_read = true;
	entry->is_asked = false;
	*at = end + 1 + (size_t)size + 1;
	return true;
}

static bool take_all(const struct zm_git_tree *tree, struct zm_str answer,
		     struct zm_git_entry *const *list, size_t count, struct zm_error *err)
{
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		if (list[i]->is_asked && !take_bytes(list[i], answer, &at)) {
			return zm_error_set(err,
					    "git lacks %.*s of %s: the clone is a partial or a "
					    "broken one, see git fsck",
					    ZM_STR_ARG(list[i]->path), tree->git->ref);
		}
	}
	return true;
}

static bool fetch(const struct zm_git_tree *tree, struct zm_arena *arena,
		  struct zm_git_entry *const *list, size_t count, struct zm_error *err)
{
	const char *const argument[] = {"cat-file", "--batch", NULL};
	struct zm_run_output answer;
	int ids = write_ids(list, count, err);
	if (ids < 0) {
		return false;
	}
	struct zm_git_question q = {tree->git->top, argument, ids, ZM_GIT_BYTES_MAX};
	bool good = zm_git_ask(&answer, arena, &q, err);
	close(ids);
	return good && take_all(tree, answer.out, list, count, err);
}

bool zm_git_tree_fetch(const struct zm_git_tree *tree, struct zm_arena *arena,
		       struct zm_git_entry *const *list, size_t count, struct zm_error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!list[i]->is_read) {
			return fetch(tree, arena, list, count, err);
		}
	}
	return true;
}

/* Where links lead is known from the start, so that finding a file asks nobody. */
static bool read_links(struct zm_git_tree *tree, struct zm_arena *arena, struct zm_error *err)
{
	struct zm_git_entry *list[ZM_GIT_FETCH_MAX] = {NULL};
	size_t count = 0;
	for (size_t i = 0; i < tree->count; i++) {
		if (tree->entry[i].kind == ZM_GIT_LINK) {
			list[count++] = &tree->entry[i];
		}
		bool is_last = i + 1 == tree->count;
		if (count == ZM_GIT_FETCH_MAX || is_last) {
			if (!zm_git_tree_fetch(tree, arena, list, count, err)) {
				return false;
			}
			count = 0;
		}
	}
	return true;
}

bool zm_git_tree_list(struct zm_git_tree *tree, struct zm_arena *arena, const struct zm_git *git,
		      struct zm_error *err)
{
	const char *const argument[] = {"ls-tree", "-r", "-z", "--full-tree", git->commit, NULL};
	struct zm_git_question q = {git->top, argument, -1, LIST_MAX};
	struct zm_run_output answer;
	*tree = (struct zm_git_tree){.git = git};
	if (!zm_git_ask(&answer, arena, &q, err)) {
		return false;
	}
	if (answer.status != 0) {
		return zm_error_set(err, "%s: git does not list its files: %.*s", git->ref,
				    ZM_STR_ARG(answer.complaint));
	}
	return read_list(tree, arena, answer.out, err) && read_links(tree, arena, err);
}

/* ---- Finding ---- */

static struct zm_git_entry *find_exactly(const struct zm_git_tree *tree, struct zm_str path)
{
	const struct zm_git_entry wanted = {.path = path};
	return tree->count == 0
		       ? NULL
		       : bsearch(&wanted, tree->entry, tree->count, sizeof(*tree->entry), compare);
}

/* The entry that the name is or lies below, which is then a link or a submodule, and how much of
 * the name that is. */
static struct zm_git_entry *find_on_the_way(const struct zm_git_tree *tree, struct zm_str name,
					    size_t *len)
{
	for (*len = name.len; *len > 0;) {
		struct zm_git_entry *entry = find_exactly(tree, zm_str_sub(name, 0, *len));
		if (entry != NULL) {
			return entry;
		}
		do {
			--*len;
		} while (*len > 0 && name.data[*len] != '/');
	}
	return NULL;
}

/* The name without `.`, `..` and doubled slashes. False: it leads out of the repository. */
static bool tidy(struct zm_str *name, struct zm_arena *arena)
{
	char *text = zm_arena_alloc(arena, name->len + 1);
	size_t len = 0;
	for (size_t start = 0; start < name->len;) {
		size_t slash = zm_str_find(*name, ZM_STR("/"), start);
		size_t end = slash == SIZE_MAX ? name->len : slash;
		struct zm_str part = zm_str_sub(*name, start, end);
		start = end + 1;
		if (part.len == 0 || zm_str_eq(part, ZM_STR("."))) {
			continue;
		}
		if (!zm_str_eq(part, ZM_STR(".."))) {
			if (len > 0) {
				text[len++] = '/';
			}
			memcpy(text + len, part.data, part.len);
			len += part.len;
			continue;
		}
		if (len == 0) {
			return false;
		}
		while (len > 0 && text[len - 1] != '/') {
			len--;
		}
		len -= len > 0;
	}
	*name = (struct zm_str){text, len};
	return true;
}

/* The name with a link in it, `len` of its bytes, put in the place of where it leads. */
static bool follow(struct zm_str *name, struct zm_arena *arena, const struct zm_git_entry *link,
		   size_t len)
{
	struct zm_str rest = zm_str_sub(*name, len, name->len);
	size_t folder = len;
	while (folder > 0 && name->data[folder - 1] != '/') {
		folder--;
	}
	if (zm_str_starts(link->bytes, ZM_STR("/"))) {
		return false;
	}
	*name = zm_arena_printf(arena, "%.*s%.*s%.*s", (int)folder, name->data,
				ZM_STR_ARG(link->bytes), ZM_STR_ARG(rest));
	return tidy(name, arena);
}

enum zm_git_found zm_git_tree_find(const struct zm_git_tree *tree, struct zm_arena *arena,
				   struct zm_str name, struct zm_git_entry **entry)
{
	*entry = NULL;
	bool is_inside = tidy(&name, arena);
	for (size_t links = 0; is_inside && links <= LINKS_MAX; links++) {
		size_t len;
		*entry = find_on_the_way(tree, name, &len);
		if (*entry == NULL) {
			return ZM_GIT_IS_ABSENT;
		}
		if ((*entry)->kind == ZM_GIT_SUBMODULE) {
			return ZM_GIT_IS_IN_SUBMODULE;
		}
		if ((*entry)->kind == ZM_GIT_FILE) {
			return len == name.len ? ZM_GIT_IS_THERE : ZM_GIT_IS_ABSENT;
		}
		is_inside = follow(&name, arena, *entry, len);
	}
	return ZM_GIT_IS_OUTSIDE;
}
