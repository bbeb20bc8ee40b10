/*
 * command: one table line a command; main and the help are made from it.
 */
#ifndef ZM_CLI_COMMAND_H
#define ZM_CLI_COMMAND_H

#include "cli/options.h"

struct zm_command {
	const char *name;
	enum zm_for options;
	const char *operands; /* for the usage line */
	const char *summary;  /* one line */
	const char *about;    /* the paragraphs of its help, lines of at most 80 columns */
	int (*run)(const struct zm_options *options); /* returns the exit status */
};

extern const struct zm_command zm_commands[]; /* ended by one without a name */

int zm_check_command(const struct zm_options *options);
int zm_fix_command(const struct zm_options *options);
int zm_zones_command(const struct zm_options *options);
int zm_eval_command(const struct zm_options *options);
int zm_tree_command(const struct zm_options *options);
int zm_compare_command(const struct zm_options *options);
int zm_serial_command(const struct zm_options *options);
int zm_rules_command(const struct zm_options *options);
int zm_explain_command(const struct zm_options *options);
int zm_policy_command(const struct zm_options *options);

/* The whole program: returns the exit status. */
int zm_cli(int argc, const char *const *argv);

#endif
