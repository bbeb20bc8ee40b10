#include "cli/past.h"

#include "base/file.h"

enum zm_git_found zm_past_find(const struct zm_git_tree *tree, struct zm_arena *arena,
			       const char *path, struct zm_git_entry **entry)
{
	struct zm_str name;
	struct zm_error err;
	*entry = NULL;
	if (!zm_git_name(tree->git, arena, path, &name, &err)) {
		return ZM_GIT_IS_OUTSIDE;
	}
	return zm_git_tree_find(tree, arena, name, entry);
}

static void note(struct zm_past *past, struct zm_git_entry *entry)
{
	past->lacking = zm_arena_grow(past->arena, past->lacking, past->count, &past->capacity,
				      sizeof(struct zm_git_entry *));
	past->lacking[past->count++] = entry;
}

static bool read_now(struct zm_arena *arena, const char *path, struct zm_source *source)
{
	struct zm_file file;
	struct zm_error err;
	bool good = zm_file_read(&file, arena, path, 0, &err);
	source->bytes = good ? file.bytes : (struct zm_str){0};
	return good;
}

static bool read_past(void *context, struct zm_arena *arena, const char *path,
		      struct zm_source *source)
{
	struct zm_past *past = context;
	struct zm_git_entry *entry;
	switch (zm_past_find(past->tree, arena, path, &entry)) {
	case ZM_GIT_IS_OUTSIDE:
		return read_now(arena, path, source);
	case ZM_GIT_IS_THERE:
		break;
	default:
		return false;
	}
	if (!entry->is_read) {
		note(past, entry);
		return false;
	}
	source->bytes = entry->bytes;
	return true;
}

void zm_past_init(struct zm_past *past, struct zm_arena *arena, const struct zm_git_tree *tree)
{
	*past = (struct zm_past){.files = {read_past, past}, .tree = tree, .arena = arena};
}
