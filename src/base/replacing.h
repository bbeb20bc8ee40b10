/*
 * replacing: one file that is to get other bytes, and what replace.c and overwrite.c do alike
 * on the way there; for others see zm_file_replace() in file.h.
 *
 * What fails leaves `err` set and says which way it failed. Descriptors are the caller's to close.
 */
#ifndef ZM_BASE_REPLACING_H
#define ZM_BASE_REPLACING_H

#include "base/file.h"

#include <limits.h>

/* A temporary file is `.NAME.zonemend-` and a suffix of random letters and digits, beside NAME. */
#define ZM_TEMPORARY_MARK ".zonemend-"
enum { ZM_TEMPORARY_SUFFIX = 6 };

struct zm_replacing {
	const char *path;        /* as the caller gave it, for messages */
	const struct stat *seen; /* what the file must still be */
	struct zm_error *err;
	bool in_place;         /* the file itself is written */
	char target[PATH_MAX]; /* the file's real path, cut into folder and name */
	const char *name;
	int folder;
	int old;                   /* the file itself, open for reading */
	int new;                   /* the temporary file */
	char prefix[NAME_MAX + 1]; /* of the temporary file's name, all but its suffix */
	char temporary[NAME_MAX + 1];
};

/* ---- target.c: the file and its folder ---- */

enum zm_replace_result zm_replacing_refuse(struct zm_replacing *r, const char *why);
enum zm_replace_result zm_replacing_refuse_changed(struct zm_replacing *r, const char *why);
enum zm_replace_result zm_replacing_fail(struct zm_replacing *r, const char *what); /* by errno */

/* Follows links, so that the rename replaces the file and not the link to it. */
enum zm_replace_result zm_replacing_find_target(struct zm_replacing *r);

enum zm_replace_result zm_replacing_open_folder(struct zm_replacing *r);

/* Opens it, and waits for the lock. Refuses where a plan lies in it, see plan/plan.h. */
enum zm_replace_result zm_replacing_lock_folder(struct zm_replacing *r);
void zm_replacing_unlock_folder(struct zm_replacing *r);

void zm_replacing_close(int fd); /* nothing for -1 */

/* Refuses where a plan of several files lies in the folder: its files are not to be touched. Fails
 * where that cannot be told. */
enum zm_replace_result zm_replacing_check_plan(struct zm_replacing *r);

enum zm_replace_result zm_replacing_check_unchanged(struct zm_replacing *r);
enum zm_replace_result zm_replacing_check_writable(struct zm_replacing *r);

/* Refuses an open folder in which nobody may make a file: `what` it is then, a phrase. */
enum zm_replace_result zm_replacing_check_folder(struct zm_replacing *r, const char *what);

/* All of that: afterwards the folder is locked, and the file in it is the one that was seen and may
 * be written. */
enum zm_replace_result zm_replacing_enter(struct zm_replacing *r);

/* ---- temporary.c: the file beside it ---- */

/* The name of the file in its folder, from which that of the temporary file is made. */
void zm_replacing_set_name(struct zm_replacing *r, const char *name);

/* Whether that is what a temporary file of `name` is called. */
bool zm_replacing_is_temporary(const char *temporary, const char *name);

/* Removes what killed runs have left in the locked folder. Untidy at worst, so that nothing here
 * stops the work. */
void zm_replacing_remove_left_over(struct zm_replacing *r);

/* The folder holds nothing of ours now: until somebody changes it, it need not be looked at. */
void zm_replacing_note_tidy(const struct zm_replacing *r);

enum zm_replace_result zm_replacing_create_temporary(struct zm_replacing *r);
enum zm_replace_result zm_replacing_write_all(struct zm_replacing *r, struct zm_str bytes);

/* Opens the old file, and gives the new one its owner, mode and attributes. */
enum zm_replace_result zm_replacing_copy_attributes(struct zm_replacing *r);

#endif
