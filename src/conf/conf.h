/*
 * conf: named.conf, as BIND writes it and as PowerDNS's bind backend reads it: the zones, their
 * files, and what the server itself does to these. Everything else in it is passed over unread:
 * no key is looked at, none can be shown.
 *
 *	struct zm_conf conf;
 *	enum zm_conf_result result = zm_conf_read(&conf, &arena, "/etc/bind/named.conf", NULL,
 *&err);
 *
 * That the configuration as a whole is right is for named-checkconf to say.
 */
#ifndef ZM_CONF_CONF_H
#define ZM_CONF_CONF_H

#include "base/arena.h"
#include "base/error.h"
#include "base/name.h"
#include "base/source.h"

enum {
	ZM_CONF_BYTES_MAX = 1 << 28,    /* of all files together */
	ZM_CONF_FILES_MAX = 100000,     /* opened by `include` */
	ZM_CONF_INCLUDE_DEPTH_MAX = 16, /* files that include files */
	ZM_CONF_BRACES_MAX = 64,        /* blocks inside of blocks */
};

enum zm_conf_type {
	ZM_CONF_PRIMARY, /* primary, master; PowerDNS's native too */
	ZM_CONF_SECONDARY,
	ZM_CONF_MIRROR,
	ZM_CONF_STUB,
	ZM_CONF_STATIC_STUB,
	ZM_CONF_HINT,
	ZM_CONF_FORWARD,
	ZM_CONF_REDIRECT,
	ZM_CONF_DELEGATION_ONLY,
};
const char *zm_conf_type_name(enum zm_conf_type type);

/* Where a statement begins. */
struct zm_conf_place {
	const char *file;
	size_t line;
	size_t column;
};

/* One zone of one view. */
struct zm_conf_zone {
	struct zm_name name;
	const char *view; /* NULL: outside of all views */
	bool is_internet; /* of class IN */
	enum zm_conf_type type;
	const char *file;       /* fit for open(); NULL: the zone is kept in none, or not as text */
	const char *base;       /* the folder in which relative names of $INCLUDE begin, by where
				   the file was found; NULL: the current one */
	const char *journal;    /* likewise; NULL: beside the file, with .jnl after its name */
	bool takes_updates;     /* allow-update, update-policy */
	bool signs_inline;      /* inline-signing, or a dnssec-policy that implies it */
	bool keeps_differences; /* ixfr-from-differences */
	bool is_raw;            /* masterfile-format raw or map */
	bool is_elsewhere;      /* database: kept in something other than a file */
	struct zm_conf_place at;
};

struct zm_conf {
	struct zm_conf_zone *zone; /* in the order in which they stand */
	size_t count;
	bool is_of_pdns;         /* it says what only PowerDNS takes: a zone of type native */
	const char *directory;   /* fit for open(); NULL: not set */
	const char **unreadable; /* messages about files that `include` names and that could not be
				    read: what they say is not known */
	size_t unreadable_count;
};

enum zm_conf_result {
	ZM_CONF_READ,
	ZM_CONF_WRONG,      /* `err` is FILE:LINE:COLUMN: MESSAGE */
	ZM_CONF_UNREADABLE, /* the file itself */
};

/*
 * Reads a file and those that it includes, no one outside of the folder `root` (NULL: no bound).
 * All of `conf` lives in `arena`. Relative names begin in `directory`, as named has it; before that
 * is set, in the current folder, or in that of `path` where only that has such a file.
 */
enum zm_conf_result zm_conf_read(struct zm_conf *conf, struct zm_arena *arena, const char *path,
				 const char *root, struct zm_error *err);

/*
 * The same of bytes that came otherwise, as from named-checkconf -px: its diagnostics, which it
 * prints among them (`named.conf:7: ...`), are passed over. Relative names begin in the current
 * folder. False: wrong.
 */
bool zm_conf_parse(struct zm_conf *conf, struct zm_arena *arena, const struct zm_source *source,
		   const char *root, struct zm_error *err);

#endif
