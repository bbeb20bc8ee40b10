#include "cli/options.h"

#include "cli/values.h"

#include <string.h>

struct option {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* NULL: a flag; in brackets: may be left out */
	unsigned commands;    /* bits of enum zm_for */
	zm_setter *set;
	size_t field; /* its offset in struct zm_options */
	const char *help;
};

#define FIELD(name) offsetof(struct zm_options, name)

enum {
	BOTH = ZM_FOR_CHECK | ZM_FOR_FIX,
	WRITING = ZM_FOR_FIX | ZM_FOR_SERIAL,
	/* Commands that ask the zones and answer in their own way. */
	ANSWERING = ZM_FOR_EVAL | ZM_FOR_TREE,
	LISTING = BOTH | ZM_FOR_ZONES,
	ZONES = LISTING | ANSWERING,
	READING = ZONES | ZM_FOR_SERIAL,
	TIMED = READING | ZM_FOR_EVAL,
};

/* clang-format off */
static const struct option table[] = {
	{"policy", 'p', "FILE|NAME", READING, zm_set_text, FIELD(policy),
	 "the policy: a file, or the name of a built-in one (recommended, strict, iclasspro, ...)"},
	{"base", 0, "GITREF", ZM_FOR_COMPARE, zm_set_text, FIELD(base),
	 "compare with what the files were in that commit, branch or tag"},
	{"base", 0, "GITREF", BOTH, zm_set_text, FIELD(base),
	 "the serial has to be ahead of the one in that commit, branch or tag of git where records "
	 "changed since; one that is ahead is not bumped again"},
	{"name", 0, "NAME", ZM_FOR_COMPARE, zm_set_text, FIELD(owner),
	 "compare this name only"},
	{"origin", 'o', "NAME", READING | ZM_FOR_COMPARE, zm_set_text, FIELD(origin),
	 "the zone's name, for a single file that does not tell it"},
	{"named-conf", 0, "FILE|-", ZONES | ANSWERING, zm_set_text, FIELD(named_conf),
	 "the server's configuration: which zones there are, in which files and views (- takes what "
	 "named-checkconf -px prints)"},
	{"root", 0, "DIR", READING, zm_set_text, FIELD(root),
	 "$INCLUDE may not leave this folder"},
	{"stdin-filename", 0, "PATH", ZONES, zm_set_text, FIELD(stdin_filename),
	 "what to call standard input (-), in messages and when the policy is looked for"},
	{"files-from", 0, "FILE|-", ZONES, zm_set_text, FIELD(files_from),
	 "read the paths from a file, one a line"},
	{"null", '0', NULL, ZONES, zm_set_flag, FIELD(nul),
	 "the paths of --files-from end in NUL, not in a line end"},
	{"select", 0, "RULE,...", BOTH, zm_set_rules, FIELD(select),
	 "only these rules"},
	{"ignore", 0, "RULE,...", BOTH, zm_set_rules, FIELD(ignore),
	 "all but these rules"},
	{"baseline", 0, "FILE", BOTH, zm_set_text, FIELD(baseline),
	 "let the findings be that this file lists"},
	{"write-baseline", 0, "FILE", BOTH, zm_set_text, FIELD(write_baseline),
	 "list what is found in this file, and report none of it; with --baseline: only drop what has "
	 "been mended"},
	{"fail-on", 0, "WHAT", ZM_FOR_COMPARE, zm_set_fail_change, FIELD(fail_change),
	 "exit status 1 for: gain (somebody new may pass), change, never (default)"},
	{"fail-on", 0, "SEVERITY", BOTH, zm_set_severity, FIELD(fail_on),
	 "which findings give exit status 1: error (default), warning, info, never"},
	{"diff", 0, NULL, ZM_FOR_FIX, zm_set_flag, FIELD(diff),
	 "write nothing; print the change as a patch that git apply takes"},
	{"verify-cmd", 0, "COMMAND", ZM_FOR_FIX, zm_set_text, FIELD(verify_cmd),
	 "write nothing unless this command ends with status 0 for each zone: words divided by blanks "
	 "or a JSON array, no shell; {zone} and {file} are filled in"},
	{"unsafe", 0, NULL, ZM_FOR_FIX, zm_set_flag, FIELD(unsafe),
	 "also make the fixes that may change who passes"},
	{"bump", 0, NULL, ZM_FOR_SERIAL, zm_set_flag, FIELD(bump),
	 "write the next serial into the file"},
	{"serial", 0, "STYLE", WRITING, zm_set_serial, FIELD(serial),
	 "how to bump: auto, date, epoch, increment, keep (default: as the policy says, else auto)"},
	{"now", 0, "TIME", TIMED, zm_set_now, FIELD(now),
	 "the time to go by: RFC 3339, or seconds since 1970 (SOURCE_DATE_EPOCH does the same)"},
	{"allow-generated", 0, NULL, WRITING | ZM_FOR_ZONES, zm_set_flag, FIELD(allow_generated),
	 "change also files that some other tool writes"},
	{"frozen", 0, NULL, WRITING | ZM_FOR_ZONES, zm_set_flag, FIELD(frozen),
	 "change also files that the server itself writes, for their zones are frozen now"},
	{"server", 0, "NAME", WRITING, zm_set_server, FIELD(server),
	 "which name server the printed reload step is for: named, nsd, knot, pdns (default: as the policy says, else named)"},
	{"in-place", 0, NULL, ZM_FOR_FIX | ZM_FOR_ZONES, zm_set_flag, FIELD(in_place),
	 "write into the files themselves, for hard links; a crash at that moment may leave a mixture"},
	{"exit-nonzero-on-fix", 0, NULL, ZM_FOR_FIX, zm_set_flag, FIELD(exit_nonzero_on_fix),
	 "exit status 1 when something was fixed"},
	{"zone", 0, "NAME", ZM_FOR_POLICY, zm_set_text, FIELD(zone),
	 "show what the policy says for this zone"},
	{"owner", 0, "NAME", ZM_FOR_POLICY, zm_set_text, FIELD(owner),
	 "and for this name in it"},
	{"ip", 0, "ADDRESS", ZM_FOR_EVAL, zm_set_ip, FIELD(ip),
	 "the address of the client that sends"},
	{"sender", 0, "ADDRESS", ZM_FOR_EVAL, zm_set_sender, FIELD(sender),
	 "the address in MAIL FROM; <> for the null sender, for which --helo stands"},
	{"helo", 0, "NAME", ZM_FOR_EVAL, zm_set_text, FIELD(helo),
	 "the name that the client gives in HELO or EHLO"},
	{"expect", 0, "RESULT", ZM_FOR_EVAL, zm_set_result, FIELD(expect),
	 "exit status 1 when the result is another one"},
	{"dns", 0, "[SERVER]", ZM_FOR_EVAL, zm_set_dns, FIELD(dns),
	 "ask the DNS for what is in no zone, and where no PATH is given for all; SERVER is an address, ADDRESS#PORT, or the system's"},
	{"format", 0, "FORMAT", ZM_FOR_EVAL | ZM_FOR_COMPARE, zm_set_answer_format, FIELD(format),
	 "text (default), json"},
	{"format", 0, "FORMAT", ZM_FOR_TREE, zm_set_tree_format, FIELD(tree_format),
	 "text (default), json, dot (for Graphviz)"},
	{"format", 0, "FORMAT", BOTH, zm_set_format, FIELD(format),
	 "text (default), concise, json, jsonl"},
	{"format", 0, "FORMAT", ZM_FOR_ZONES, zm_set_format, FIELD(format),
	 "text (default), json, jsonl"},
	{"output", 0, "FILE", BOTH, zm_set_text, FIELD(output),
	 "write the report to a file"},
	{"summary", 0, NULL, BOTH, zm_set_flag, FIELD(summary),
	 "how many findings each rule has, instead of the findings"},
	{"max-findings", 0, "N", BOTH, zm_set_count, FIELD(max_findings),
	 "report the first N findings of each zone and count the others (default: 10000; 0: all)"},
	{"jobs", 'j', "N", ZONES | ZM_FOR_COMPARE, zm_set_jobs, FIELD(jobs),
	 "how many threads work (default: one a processor); the output is the same"},
	{"color", 0, "WHEN", ZONES | ZM_FOR_COMPARE, zm_set_color, FIELD(color),
	 "auto (default), always, never; NO_COLOR and FORCE_COLOR are honoured"},
	{"quiet", 'q', NULL, READING | ZM_FOR_COMPARE, zm_set_flag, FIELD(quiet),
	 "no summary and no notes"},
	{"verbose", 'v', NULL, LISTING, zm_set_flag, FIELD(verbose),
	 "also say which files were passed over, and why"},
	{"verbose", 'v', NULL, ZM_FOR_EVAL, zm_set_flag, FIELD(verbose),
	 "also show each step, and say which files were passed over"},
	{"verbose", 'v', NULL, ZM_FOR_TREE, zm_set_flag, FIELD(verbose),
	 "also show all of many addresses in a row, and say which files were passed over"},
	{"verbose", 'v', NULL, ZM_FOR_COMPARE, zm_set_flag, FIELD(verbose),
	 "show all names and networks, and say which files were passed over"},
	{"ascii", 0, NULL, ZM_FOR_TREE, zm_set_flag, FIELD(ascii),
	 "draw the lines with ASCII characters"},
	{"help", 'h', NULL, ZM_FOR_ALL, zm_set_flag, FIELD(help),
	 "this text"},
};
/* clang-format on */

enum { OPTIONS = sizeof(table) / sizeof(table[0]), HELP_COLUMN = 28, HELP_WIDTH = 80 };

/* ---- Parsing ---- */

struct parser {
	struct zm_options *options;
	enum zm_for command;
	const char *const *word; /* the one being read; NULL ends them */
	struct zm_error *err;
};

static bool belongs(const struct option *option, enum zm_for command)
{
	return (option->commands & (unsigned)command) != 0;
}

/* A text stands for one thing: of two, neither may win unseen. */
static bool is_given(const struct parser *p, const struct option *option)
{
	const char *const *text = (const void *)((const char *)p->options + option->field);
	return (option->set == zm_set_text || option->set == zm_set_sender) && *text != NULL;
}

static bool apply(struct parser *p, const struct option *option, const char *value)
{
	struct zm_error why;
	if (is_given(p, option)) {
		return zm_error_set(p->err, "--%s is given twice", option->name);
	}
	if (option->set((char *)p->options + option->field, value, &why)) {
		return true;
	}
	return zm_error_set(p->err, "--%s %s", option->name, why.text);
}

/* The value is the next argument. */
static bool apply_next(struct parser *p, const struct option *option)
{
	if (p->word[1] == NULL) {
		return zm_error_set(p->err, "--%s needs %s", option->name, option->argument);
	}
	p->word++;
	return apply(p, option, *p->word);
}

/* The value is the next argument if that can be one, and no path. */
static bool apply_optional(struct parser *p, const struct option *option)
{
	if (p->word[1] == NULL || !zm_is_dns_server(p->word[1])) {
		return apply(p, option, NULL);
	}
	return apply_next(p, option);
}

/* Other programs call it so, and nobody may find that it wrote. */
static const char *called_elsewhere(const struct parser *p, struct zm_str name)
{
	return p->command == ZM_FOR_FIX && zm_str_eq(name, ZM_STR("dry-run")) ? "diff" : NULL;
}

static bool refuse_unknown(struct parser *p, struct zm_str name)
{
	const char *known[OPTIONS];
	size_t count = 0;
	bool is_known = false;
	for (size_t i = 0; i < OPTIONS; i++) {
		is_known = is_known || zm_str_eq(name, zm_str_from(table[i].name));
		if (belongs(&table[i], p->command)) {
			known[count++] = table[i].name;
		}
	}
	if (is_known) {
		return zm_error_set(p->err, "--%.*s is an option of another command; see --help",
				    ZM_STR_ARG(name));
	}
	const char *nearest = called_elsewhere(p, name);
	if (nearest == NULL) {
		nearest = zm_str_nearest(name, known, count);
	}
	if (nearest != NULL) {
		return zm_error_set(p->err, "unknown option --%.*s; did you mean --%s?",
				    ZM_STR_ARG(name), nearest);
	}
	return zm_error_set(p->err, "unknown option --%.*s; see --help", ZM_STR_ARG(name));
}

static bool parse_long(struct parser *p, struct zm_str text)
{
	size_t equals = zm_str_find(text, ZM_STR("="), 0);
	bool joined = equals != SIZE_MAX;
	struct zm_str name = joined ? zm_str_sub(text, 0, equals) : text;
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *option = &table[i];
		if (!belongs(option, p->command) || !zm_str_eq(name, zm_str_from(option->name))) {
			continue;
		}
		if (joined && option->argument == NULL) {
			return zm_error_set(p->err, "--%s takes no value", option->name);
		}
		if (joined) {
			return apply(p, option, text.data + equals + 1);
		}
		if (option->argument == NULL) {
			return apply(p, option, NULL);
		}
		return option->argument[0] == '[' ? apply_optional(p, option)
						  : apply_next(p, option);
	}
	return refuse_unknown(p, name);
}

static const struct option *find_letter(const struct parser *p, char letter)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (belongs(&table[i], p->command) && table[i].letter == letter) {
			return &table[i];
		}
	}
	return NULL;
}

/* `-qv`, `-pFILE`, `-p FILE`. */
static bool parse_short(struct parser *p, const char *letters)
{
	for (const char *c = letters; *c != '\0'; c++) {
		const struct option *option = find_letter(p, *c);
		if (option == NULL) {
			return zm_error_set(p->err, "unknown option -%c; see --help", *c);
		}
		if (option->argument != NULL) {
			return c[1] != '\0' ? apply(p, option, c + 1) : apply_next(p, option);
		}
		if (!apply(p, option, NULL)) {
			return false;
		}
	}
	return true;
}

static bool parse_argument(struct parser *p, bool *only_operands)
{
	const char *argument = *p->word;
	if (*only_operands || argument[0] != '-' || argument[1] == '\0') {
		p->options->operand[p->options->operands++] = argument;
		return true;
	}
	if (strcmp(argument, "--") == 0) {
		*only_operands = true;
		return true;
	}
	return argument[1] == '-' ? parse_long(p, zm_str_from(argument + 2))
				  : parse_short(p, argument + 1);
}

bool zm_options_parse(struct zm_options *options, struct zm_arena *arena, enum zm_for command,
		      const char *const *word, struct zm_error *err)
{
	*options = (struct zm_options){
		.format = &zm_report_text, .fail_on = ZM_ERROR, .max_findings = ZM_FINDINGS_SHOWN};
	size_t words = 0;
	while (word[words] != NULL) {
		words++;
	}
	options->operand = zm_arena_array(arena, words, sizeof(*options->operand));
	struct parser p = {options, command, word, err};
	bool only_operands = false;
	for (; *p.word != NULL; p.word++) {
		if (!parse_argument(&p, &only_operands)) {
			return false;
		}
	}
	return true;
}

/* ---- Help ---- */

/* Adds `text` from the help column on, broken between words. */
static void add_wrapped(struct zm_buf *out, struct zm_str text)
{
	size_t room = HELP_WIDTH - HELP_COLUMN;
	while (text.len > room) {
		size_t end = room;
		while (end > 0 && text.data[end] != ' ') {
			end--;
		}
		zm_buf_add(out, zm_str_sub(text, 0, end));
		zm_buf_add_char(out, '\n');
		zm_buf_add_repeat(out, ' ', HELP_COLUMN);
		text = zm_str_sub(text, end + 1, text.len);
	}
	zm_buf_add(out, text);
	zm_buf_add_char(out, '\n');
}

static void add_option(struct zm_buf *out, const struct option *option)
{
	size_t start = out->len;
	if (option->letter != 0) {
		zm_buf_printf(out, "  -%c, --%s", option->letter, option->name);
	} else {
		zm_buf_printf(out, "      --%s", option->name);
	}
	if (option->argument != NULL) {
		zm_buf_printf(out, " %s", option->argument);
	}
	size_t used = out->len - start;
	if (used + 2 > HELP_COLUMN) {
		zm_buf_add_char(out, '\n');
		used = 0;
	}
	zm_buf_add_repeat(out, ' ', HELP_COLUMN - used);
	add_wrapped(out, zm_str_from(option->help));
}

void zm_options_help(struct zm_buf *out, enum zm_for command)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (belongs(&table[i], command)) {
			add_option(out, &table[i]);
		}
	}
}
