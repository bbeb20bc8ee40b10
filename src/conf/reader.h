/*
 * reader: what is known while named.conf is read; shared by the files of this folder, nobody else.
 */
#ifndef ZM_CONF_READER_H
#define ZM_CONF_READER_H

#include "conf/conf.h"
#include "conf/lex.h"
#include "conf/path.h"

enum zm_conf_yes { ZM_CONF_UNSET, ZM_CONF_NO, ZM_CONF_YES };

/* What a zone inherits from its view, and that from the options. */
struct zm_conf_facts {
	enum zm_conf_yes updates; /* allow-update */
	enum zm_conf_yes differences;
	enum zm_conf_yes policy; /* dnssec-policy */
	enum zm_conf_yes raw;
};

/* A zone as it stands, before it inherits, or a template of zones. Texts are in the arena; empty
 * where not given. */
struct zm_conf_draft {
	bool is_template; /* `name` is then what it is called */
	struct zm_str name;
	struct zm_str template; /* the one that the zone is made from */
	bool has_type;
	struct zm_conf_zone zone;
	struct zm_conf_facts facts;
	size_t view; /* the number of its view */
	enum zm_conf_yes inline_signing;
	bool has_update_policy;
	struct zm_str file;
	struct zm_str journal;
	struct zm_str in_view;
	struct zm_conf_place file_at;
	struct zm_conf_place journal_at;
};

/* [0] is what lies outside of all views. */
struct zm_conf_view {
	const char *name; /* NULL for [0] */
	bool is_internet;
	struct zm_conf_facts facts;
};

/* A file being read, and the one that includes it. */
struct zm_conf_file {
	struct zm_source source;
	size_t next; /* where its next token begins */
	struct zm_conf_file *outer;
	size_t depth; /* 0: the configuration itself */
};

struct zm_conf_reader {
	struct zm_arena *arena;  /* of the result */
	struct zm_arena scratch; /* bytes and drafts */
	struct zm_conf *conf;
	const char *root;
	bool is_printed; /* by named-checkconf, with its diagnostics */
	struct zm_error *err;
	struct zm_conf_base base;
	struct zm_conf_file *file;
	struct zm_conf_token token; /* the one looked at */
	struct zm_conf_facts options;
	struct zm_conf_view *view;
	size_t views;
	size_t view_capacity;
	struct zm_conf_draft *draft;
	size_t drafts;
	size_t draft_capacity;
	size_t unreadable_capacity;
	size_t files;
	size_t bytes;
};

/* What a block is that statements stand in. */
enum zm_conf_scope { ZM_CONF_TOP = 1, ZM_CONF_OPTIONS = 2, ZM_CONF_VIEW = 4, ZM_CONF_ZONE = 8 };

struct zm_conf_body {
	enum zm_conf_scope scope;
	size_t view; /* TOP: 0 */
	size_t draft;
};

struct zm_conf_place zm_conf_place(struct zm_conf_reader *reader, size_t at);

/* Sets the error with its place; always false. */
bool zm_conf_blame(struct zm_conf_reader *reader, struct zm_conf_place at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Moves on to the next token; false where it is broken. */
bool zm_conf_advance(struct zm_conf_reader *reader);

/* Whether the token is that word, in any case. */
bool zm_conf_is(const struct zm_conf_reader *reader, const char *word);

/* Takes a word, into the result's arena; `what` says in a message which one is expected. */
bool zm_conf_take(struct zm_conf_reader *reader, struct zm_str *word, const char *what);

/* One kind of statement. `read` begins behind its name and may leave any part of it unread. */
struct zm_conf_statement {
	const char *name;
	unsigned scopes; /* bits of enum zm_conf_scope */
	bool (*read)(struct zm_conf_reader *reader, const struct zm_conf_body *body);
};

extern const struct zm_conf_statement zm_conf_statements[]; /* ended by one without a name */

bool zm_conf_read_options(struct zm_conf_reader *reader, const struct zm_conf_body *body);
bool zm_conf_read_view(struct zm_conf_reader *reader, const struct zm_conf_body *body);
bool zm_conf_read_template(struct zm_conf_reader *reader, const struct zm_conf_body *body);
bool zm_conf_read_zone(struct zm_conf_reader *reader, const struct zm_conf_body *body);

/* Reads statements up to the end of the block, or of the file; the token is then that end. */
bool zm_conf_read_body(struct zm_conf_reader *reader, const struct zm_conf_body *body);

/* Reads a file's statements as part of a body. False only when the configuration is wrong. */
bool zm_conf_read_file(struct zm_conf_reader *reader, const struct zm_source *source,
		       const struct zm_conf_body *body);

/* `include "NAME";` in a body: the token is the name. Likewise. */
bool zm_conf_include(struct zm_conf_reader *reader, const struct zm_conf_body *body);

/* Gives a draft what its template says and it does not say itself. */
bool zm_conf_apply_template(struct zm_conf_reader *reader, struct zm_conf_draft *draft);

/* A name with `$name`, `$type` and `$view` replaced by what the zone says. */
struct zm_str zm_conf_expand(struct zm_arena *arena, const struct zm_conf_zone *zone,
			     struct zm_str text);

/* Makes zones of the drafts. */
bool zm_conf_resolve(struct zm_conf_reader *reader);

#endif
