/*
 * options: one table line an option; the parser and the help are made from it.
 *
 *	struct zm_options options;
 *	if (!zm_options_parse(&options, &arena, ZM_FOR_CHECK, argv + 2, &err)) ...
 *
 * Long options are written `--name value` or `--name=value`, short ones `-p value` or `-pvalue`,
 * flags may be joined (`-qv`), and `--` ends them. Options and operands may be mixed.
 */
#ifndef ZM_CLI_OPTIONS_H
#define ZM_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "dns/net.h"
#include "report/report.h"
#include "spf/eval.h"
#include "zone/nameserver.h"
#include "zone/serial.h"

/* The commands that an option belongs to, as bits. */
enum zm_for {
	ZM_FOR_CHECK = 1 << 0,
	ZM_FOR_FIX = 1 << 1,
	ZM_FOR_SERIAL = 1 << 2,
	ZM_FOR_POLICY = 1 << 3,
	ZM_FOR_RULES = 1 << 4,
	ZM_FOR_EXPLAIN = 1 << 5,
	ZM_FOR_ZONES = 1 << 6,
	ZM_FOR_EVAL = 1 << 7,
	ZM_FOR_TREE = 1 << 8,
	ZM_FOR_COMPARE = 1 << 9,
	ZM_FOR_ALL = (1 << 10) - 1,
};

/* Which changes give exit status 1. */
enum zm_fail_change { ZM_FAIL_NEVER, ZM_FAIL_GAIN, ZM_FAIL_CHANGE };

enum zm_tree_format { ZM_TREE_TEXT, ZM_TREE_JSON, ZM_TREE_DOT };

enum zm_color { ZM_COLOR_AUTO, ZM_COLOR_ALWAYS, ZM_COLOR_NEVER };

/* Some of the rules. */
struct zm_rule_choice {
	bool given;
	bool rule[ZM_RULE_COUNT];
};

struct zm_now {
	bool given;
	int64_t seconds; /* since 1970 */
};

struct zm_serial_choice {
	bool given;
	enum zm_serial_style style;
};

struct zm_expect {
	bool given;
	enum zm_spf_result result;
};

/* Whether to ask the DNS, and whom. */
struct zm_dns {
	bool given;
	bool has_server; /* else those of the system */
	struct zm_net_server server;
};

enum { ZM_FINDINGS_SHOWN = 10000 }; /* of a zone, where --max-findings does not say */

struct zm_options {
	const char *policy; /* texts are NULL where not given */
	const char *origin;
	const char *verify_cmd;
	const char *base;
	const char *root;
	const char *stdin_filename;
	const char *files_from;
	const char *named_conf;
	const char *output;
	const char *baseline;
	const char *write_baseline;
	const char *zone;
	const char *owner;
	const char *sender;
	const char *helo;
	struct zm_ip ip; /* of family 0 where not given */
	struct zm_expect expect;
	struct zm_dns dns;
	size_t max_findings; /* of a zone that are reported; 0: all */
	size_t jobs;         /* 0: as many as there are processors */
	bool nul;
	bool summary;
	bool quiet;
	bool verbose;
	bool diff;
	bool unsafe;
	bool allow_generated;
	bool frozen;
	bool in_place;
	bool exit_nonzero_on_fix;
	bool bump;
	bool ascii;
	bool help;
	const struct zm_report_format *format;
	enum zm_tree_format tree_format;
	enum zm_fail_change fail_change;
	enum zm_severity fail_on; /* ZM_OFF: never */
	struct zm_rule_choice select;
	struct zm_rule_choice ignore;
	enum zm_color color;
	struct zm_serial_choice serial;
	const struct zm_nameserver *server; /* NULL: not given */
	struct zm_now now;
	const char **operand;
	size_t operands;
	const char *include_base; /* of files that lie elsewhere than they are meant to, as in
				     struct zm_load_options; no word of the command's */
};

/* Fills all of `options`, defaults first, from words that NULL ends. Texts are those words. Fails
 * on what is no option of the command or has a wrong value; `err` then names the nearest known one.
 */
bool zm_options_parse(struct zm_options *options, struct zm_arena *arena, enum zm_for command,
		      const char *const *word, struct zm_error *err);

/* The command's options as lines of a help text, 80 columns. */
void zm_options_help(struct zm_buf *out, enum zm_for command);

/* RFC 3339, or seconds since 1970. */
bool zm_time_parse(int64_t *seconds, struct zm_str text);

#endif
