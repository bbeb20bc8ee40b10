#include "cli/command.h"

#include "cli/help.h"
#include "cli/message.h"
#include "cli/status.h"

#include <stdio.h>
#include <string.h>

enum { KNOWN_MAX = 32 }; /* words that may stand after `zonemend` */

#define PATH_IS                                                                                    \
	"PATH is a zone file, a folder (walked; zone files are known by the SOA record in\n"       \
	"them, not by their name), or - for standard input. Without a PATH: the current\n"         \
	"folder, or with --named-conf all zones of the server."

const struct zm_command zm_commands[] = {
	{"check", ZM_FOR_CHECK, "[OPTION]... [PATH]...", "report what is wrong; never write",
	 "Reports what is wrong with the SPF records of zones, by RFC 7208 and by the\n"
	 "policy: zonemend.yaml in the file's folder or above it.\n\n" PATH_IS,
	 zm_check_command},
	{"fix", ZM_FOR_FIX, "[OPTION]... [PATH]...", "mend what may be mended, bump serials",
	 "Mends the SPF records of zones and bumps their serials; every other byte stays.\n"
	 "A result that cannot be proved is not written. With - the new zone goes to\n"
	 "standard output.\n\n" PATH_IS,
	 zm_fix_command},
	{"zones", ZM_FOR_ZONES, "[OPTION]... [PATH]...", "list the zones, and which may be edited",
	 "Lists zones: views, file, records, serial and its style, state, and whether fix\n"
	 "may write the file, or why not.\n\n" PATH_IS,
	 zm_zones_command},
	{"eval", ZM_FOR_EVAL, "--ip ADDRESS --sender ADDRESS [OPTION]... [PATH]...",
	 "whether an address may send mail as somebody",
	 "Evaluates SPF for one client and sender (RFC 7208, check_host()) as a receiver\n"
	 "would if the zones were served: the result, the term that decided, the\n"
	 "explanation, and the DNS lookups spent. What is in no zone is unknown, and so is\n"
	 "a result that depends on it. The exit status is 0 for any result.\n\n" PATH_IS,
	 zm_eval_command},
	{"tree", ZM_FOR_TREE, "[OPTION]... NAME [PATH]...",
	 "what a record leads to, and what it costs",
	 "Shows the SPF record of NAME and all that it includes, term by term: the DNS\n"
	 "lookups of each and of all (RFC 7208, 4.6.4), the addresses they match, what is\n"
	 "wrong on the way, and what becomes of which addresses. Counted is the worst\n"
	 "case: a client that matches nothing. What is in no zone counts as one lookup or\n"
	 "more.\n\n" PATH_IS,
	 zm_tree_command},
	{"compare", ZM_FOR_COMPARE, "[OPTION]... OLD NEW [NAME] | --base GITREF [PATH]...",
	 "who gains and who loses by a change of zones",
	 "Compares the SPF records of two states of the zones, OLD and NEW (files or\n"
	 "folders), or the files of a commit and those of now: for each name, which\n"
	 "addresses got one result and now get another. What decides is everything that a\n"
	 "receiver would read, so that a change of an included record shows at all that\n"
	 "include it. The exit status is 0 unless --fail-on says otherwise, or a zone of\n"
	 "either state could not be read whole. Of ../old/zones and ../new/zones, or of\n"
	 "../old and ../new, relative names of $INCLUDE begin in ../old and ../new.",
	 zm_compare_command},
	{"serial", ZM_FOR_SERIAL, "[OPTION]... FILE", "show a zone's serial and the next one",
	 "Shows the serial of a zone, its style, and the serial that would follow.",
	 zm_serial_command},
	{"rules", ZM_FOR_RULES, "", "list the rules",
	 "Lists the rules, with their default severity and fix.", zm_rules_command},
	{"explain", ZM_FOR_EXPLAIN, "RULE", "show a rule's page", "Shows the page of a rule.",
	 zm_explain_command},
	{"policy", ZM_FOR_POLICY, "check|show|schema|init [OPTION]... [FILE|NAME]",
	 "check or show a policy",
	 "check says whether a policy is valid; show prints it resolved, with all that it\n"
	 "extends, each value with the place it comes from. Without FILE: the policy that\n"
	 "applies to the current folder. schema prints the JSON Schema of the language.\n"
	 "init [PATH]... prints a policy to start from, made from the zones there.",
	 zm_policy_command},
	{NULL, ZM_FOR_ALL, NULL, NULL, NULL, NULL},
};

static const struct zm_command *find(const char *name)
{
	for (const struct zm_command *c = zm_commands; c->name != NULL; c++) {
		if (strcmp(c->name, name) == 0) {
			return c;
		}
	}
	return NULL;
}

static int refuse_unknown(const char *name)
{
	const char *known[KNOWN_MAX] = {"--help", "--version", "help", "version"};
	size_t count = 4;
	for (const struct zm_command *c = zm_commands; c->name != NULL; c++) {
		known[count++] = c->name;
	}
	const char *nearest = zm_str_nearest(zm_str_from(name), known, count);
	const char *kind = name[0] == '-' ? "option" : "command";
	if (nearest != NULL) {
		zm_say("unknown %s %s; did you mean %s?", kind, name, nearest);
	} else {
		zm_say("unknown %s %s; see: zonemend --help", kind, name);
	}
	return ZM_STATUS_USAGE;
}

static int run(const struct zm_command *command, const char *const *word)
{
	struct zm_arena arena = {0};
	struct zm_options options;
	struct zm_error err;
	int status = ZM_STATUS_USAGE;
	if (!zm_options_parse(&options, &arena, command->options, word, &err)) {
		zm_say("%s", err.text);
	} else if (options.help) {
		zm_help_command(command);
		status = ZM_STATUS_CLEAN;
	} else {
		status = command->run(&options);
	}
	zm_arena_release(&arena);
	return status;
}

static bool is_one_of(const char *word, const char *a, const char *b, const char *c)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
}

static int help(const char *topic)
{
	const struct zm_command *command = topic == NULL ? NULL : find(topic);
	if (topic != NULL && command == NULL) {
		return refuse_unknown(topic);
	}
	if (command == NULL) {
		zm_help_overview(stdout);
	} else {
		zm_help_command(command);
	}
	return ZM_STATUS_CLEAN;
}

int zm_cli(int argc, const char *const *argv)
{
	if (argc < 2) {
		zm_help_overview(stderr);
		return ZM_STATUS_USAGE;
	}
	if (is_one_of(argv[1], "--help", "-h", "help")) {
		return help(argc > 2 ? argv[2] : NULL);
	}
	if (is_one_of(argv[1], "--version", "-V", "version")) {
		printf("zonemend %s\n", ZM_VERSION);
		return ZM_STATUS_CLEAN;
	}
	const struct zm_command *command = find(argv[1]);
	if (command == NULL) {
		return refuse_unknown(argv[1]);
	}
	return run(command, argv + 2);
}
