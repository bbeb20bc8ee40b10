#include "base/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIQUE = 6, OPEN_FOLDERS = 16 }; /* as many letters as mkdtemp() replaces */

const char *zm_scratch_open(struct zm_arena *arena, struct zm_error *err)
{
	const char *where = getenv("TMPDIR");
	bool is_set = where != NULL && where[0] != '\0';
	struct zm_str name = zm_arena_printf(arena, "%s/zonemend.", is_set ? where : "/tmp");
	char *folder = zm_arena_alloc(arena, name.len + UNIQUE + 1);
	memcpy(folder, name.data, name.len);
	memset(folder + name.len, 'X', UNIQUE);
	if (mkdtemp(folder) == NULL) {
		zm_error_sys(err, folder, "cannot create");
		return NULL;
	}
	return folder;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *place)
{
	(void)st;
	(void)kind;
	(void)place;
	remove(path);
	return 0;
}

void zm_scratch_remove(const char *folder)
{
	nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
