#include "fix/verify.h"

#include "base/buf.h"
#include "base/ending.h"
#include "base/run.h"
#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- The words ---- */

static bool holds(const char *word, const char *placeholder)
{
	return strstr(word, placeholder) != NULL;
}

/* What stands in braces and is none of the two is a slip of the pen. */
static bool check_placeholders(const char *word, struct zm_error *err)
{
	for (const char *at = strchr(word, '{'); at != NULL; at = strchr(at + 1, '{')) {
		const char *end = strchr(at, '}');
		size_t letters = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz");
		bool is_placeholder = end != NULL && letters > 0 && at + 1 + letters == end;
		if (is_placeholder && strncmp(at, "{zone}", 6) != 0 &&
		    strncmp(at, "{file}", 6) != 0) {
			return zm_error_set(err, "%.*s is not known: {zone} and {file} are",
					    (int)(end - at + 1), at);
		}
	}
	return true;
}

static bool check_words(const struct zm_verify *verify, struct zm_error *err)
{
	bool has_file = false;
	if (verify->words == 0 || verify->word[0][0] == '\0') {
		return zm_error_set(err, "names no command");
	}
	for (size_t i = 0; i < verify->words; i++) {
		has_file = has_file || holds(verify->word[i], "{file}");
		if (!check_placeholders(verify->word[i], err)) {
			return false;
		}
	}
	return has_file ||
	       zm_error_set(err, "has no {file}, so that the command would not see what is to be "
				 "written");
}

bool zm_verify_init(struct zm_verify *verify, const char *const *word, size_t words,
		    struct zm_error *err)
{
	*verify = (struct zm_verify){.word = word, .words = words, .seconds = ZM_VERIFY_SECONDS};
	return check_words(verify, err);
}

/* ---- The files, in a folder of their own ---- */

struct tree {
	struct zm_arena *arena;
	const struct zm_verify_change *change;
	const char *top;  /* the scratch folder */
	const char *here; /* this program's own folder */
	struct zm_error *err;
};

/* The place of a path below the top: whole, and without `..`, which might lead out of it. */
static const char *place_of(const struct tree *tree, const char *path)
{
	const char *whole = path[0] == '/'
				    ? path
				    : zm_arena_printf(tree->arena, "%s/%s", tree->here, path).data;
	char *place = zm_arena_alloc(tree->arena, strlen(tree->top) + strlen(whole) + 2);
	size_t top = strlen(tree->top);
	size_t len = top;
	memcpy(place, tree->top, top);
	for (const char *part = whole; *part != '\0';) {
		size_t part_len = strcspn(part, "/");
		if (part_len == 2 && strncmp(part, "..", 2) == 0) {
			while (len > top && place[--len] != '/') {
			}
		} else if (part_len > 0 && !(part_len == 1 && part[0] == '.')) {
			place[len++] = '/';
			memcpy(place + len, part, part_len);
			len += part_len;
		}
		part += part_len + (part[part_len] == '/');
	}
	place[len] = '\0';
	return place;
}

static bool make_folders(struct tree *tree, const char *place)
{
	size_t size = strlen(place) + 1;
	char *copy = zm_arena_alloc(tree->arena, size);
	memcpy(copy, place, size);
	for (char *slash = strchr(copy + strlen(tree->top) + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
			return zm_error_sys(tree->err, copy, "cannot create");
		}
		*slash = '/';
	}
	return true;
}

static bool write_file(struct tree *tree, const char *place, struct zm_str bytes)
{
	if (!make_folders(tree, place)) {
		return false;
	}
	int fd = open(place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t done = 0;
	while (fd >= 0 && done < bytes.len) {
		ssize_t wrote = write(fd, bytes.data + done, bytes.len - done);
		if (wrote < 0 && errno != EINTR) {
			break;
		}
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	bool good = (fd >= 0 && done == bytes.len) ||
		    zm_error_sys(tree->err, place, "cannot write what is to be verified");
	if (fd >= 0) {
		close(fd);
	}
	return good;
}

static bool write_source(struct tree *tree, const struct zm_source *source)
{
	const struct zm_rewrite *new = zm_rewrites_find(tree->change->files, source);
	if (new != NULL && source->has_whole_path) {
		return zm_error_set(tree->err,
				    "%s is included by its whole path, so that no command can see "
				    "what is to be written into it: include it by a relative one",
				    source->name);
	}
	return write_file(tree, place_of(tree, source->name),
			  new == NULL ? source->bytes : new->bytes);
}

static bool write_tree(struct tree *tree)
{
	const struct zm_zone *zone = tree->change->zone;
	for (size_t i = 0; i < zone->source_count; i++) {
		if (!write_source(tree, zone->sources[i])) {
			return false;
		}
	}
	return true;
}

/* ---- The command ---- */

static void fill_in(struct zm_buf *out, const char *word, struct zm_str zone, const char *file)
{
	while (*word != '\0') {
		if (strncmp(word, "{zone}", 6) == 0) {
			zm_buf_add(out, zone);
			word += 6;
		} else if (strncmp(word, "{file}", 6) == 0) {
			zm_buf_add(out, zm_str_from(file));
			word += 6;
		} else {
			zm_buf_add_char(out, *word++);
		}
	}
}

static const char **fill_words(const struct zm_verify *verify, const struct tree *tree,
			       const char *file)
{
	const char **word = zm_arena_array(tree->arena, verify->words + 1, sizeof(*word));
	struct zm_str zone = zm_name_text(tree->arena, tree->change->zone->origin);
	zone.len -= zone.len > 1; /* the root keeps its dot */
	for (size_t i = 0; i < verify->words; i++) {
		struct zm_buf out = {0};
		fill_in(&out, verify->word[i], zone, file);
		word[i] = zm_arena_copy(tree->arena, zm_buf_str(&out)).data;
		zm_buf_release(&out);
	}
	/* It may be started in another folder. */
	if (strchr(word[0], '/') != NULL && word[0][0] != '/') {
		word[0] = zm_arena_printf(tree->arena, "%s/%s", tree->here, word[0]).data;
	}
	return word;
}

static const char *folder_of(const struct tree *tree, const char *place)
{
	const char *slash = strrchr(place, '/');
	return zm_arena_copy(tree->arena, (struct zm_str){place, (size_t)(slash - place)}).data;
}

static bool has_part_from_base(const struct zm_zone *zone)
{
	bool has = false;
	for (size_t i = 0; i < zone->source_count; i++) {
		has = has || zone->sources[i]->is_from_base;
	}
	return has;
}

/* Where the names of $INCLUDE begin, for a zone that has any; else `*start` is NULL. Nowhere else:
 * in this program's own folder the command would see the old files. */
static bool find_start(struct tree *tree, const char *file, const char **start)
{
	const struct zm_verify_change *change = tree->change;
	*start = NULL;
	if (change->zone->source_count == 1) {
		return true;
	}
	if (change->include_base == NULL && !has_part_from_base(change->zone)) {
		*start = folder_of(tree, file);
		return true;
	}
	*start = place_of(tree, change->include_base == NULL ? "." : change->include_base);
	return make_folders(tree, zm_arena_printf(tree->arena, "%s/", *start).data);
}

static bool judge(const char *name, int status, struct zm_error *err)
{
	if (status > 128) {
		return zm_error_set(err, "%s was ended by signal %d", name, status - 128);
	}
	return status == 0 || zm_error_set(err, "%s ends with status %d", name, status);
}

static bool run_in(const struct zm_verify *verify, struct tree *tree, struct zm_verify_said *said)
{
	struct zm_run_output output = {0};
	const char *file = place_of(tree, tree->change->zone->source->name);
	const char *start;
	if (!find_start(tree, file, &start)) {
		return false;
	}
	const struct zm_run run = {
		.argv = fill_words(verify, tree, file),
		.folder = start,
		.seconds = verify->seconds,
		.input = -1,
		.max = ZM_VERIFY_OUTPUT_MAX,
	};
	bool good = zm_run(&output, tree->arena, &run, tree->err) &&
		    judge(verify->word[0], output.status, tree->err);
	said->out = output.out;
	said->complaint = output.complaint;
	return good;
}

/* ---- All of it ---- */

/* Whoever wants this program to end waits until the folder is gone. */
static void put_off_signals(sigset_t *before)
{
	const sigset_t set = zm_ending_signals();
	sigprocmask(SIG_BLOCK, &set, before);
}

bool zm_verify_zone(const struct zm_verify *verify, struct zm_verify_said *said,
		    struct zm_arena *arena, const struct zm_verify_change *change,
		    struct zm_error *err)
{
	char here[PATH_MAX];
	sigset_t before;
	*said = (struct zm_verify_said){0};
	if (getcwd(here, sizeof(here)) == NULL) {
		return zm_error_sys(err, ".", "cannot tell its path");
	}
	struct tree tree = {.arena = arena, .change = change, .here = here, .err = err};
	put_off_signals(&before);
	tree.top = zm_scratch_open(arena, err);
	bool good = tree.top != NULL && write_tree(&tree) && run_in(verify, &tree, said);
	if (tree.top != NULL) {
		zm_scratch_remove(tree.top);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return good;
}
