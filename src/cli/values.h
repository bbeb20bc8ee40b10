/*
 * values: what the options' values mean. Each setter fills the field of struct zm_options that its
 * table line names; false: `err` says what is wrong with the value, without the option's name.
 */
#ifndef ZM_CLI_VALUES_H
#define ZM_CLI_VALUES_H

#include "cli/options.h"

enum { ZM_COUNT_MAX = 1000000000 }; /* what a count may be set to */

typedef bool zm_setter(void *field, const char *value, struct zm_error *err);

zm_setter zm_set_flag;        /* bool; there is no value */
zm_setter zm_set_text;        /* const char *; not empty */
zm_setter zm_set_format;      /* const struct zm_report_format * */
zm_setter zm_set_tree_format; /* enum zm_tree_format */
zm_setter zm_set_fail_change; /* enum zm_fail_change */
zm_setter zm_set_severity;    /* enum zm_severity; `never` is ZM_OFF */
zm_setter zm_set_rules;       /* struct zm_rule_choice; names with commas between, added up */
zm_setter zm_set_jobs;        /* size_t; 1 to ZM_POOL_MAX */
zm_setter zm_set_count;       /* size_t; 0 to ZM_COUNT_MAX */
zm_setter zm_set_color;       /* enum zm_color */
zm_setter zm_set_serial;      /* struct zm_serial_choice */
zm_setter zm_set_server;      /* const struct zm_nameserver * */
zm_setter zm_set_now;         /* struct zm_now */
zm_setter zm_set_ip;          /* struct zm_ip */
zm_setter zm_set_sender;      /* const char *; may be empty */
zm_setter zm_set_result;      /* struct zm_expect */
zm_setter zm_set_dns;         /* struct zm_dns; NULL: no server */

/* As zm_set_format, of those that answer a question: text, json. */
zm_setter zm_set_answer_format;

/* Whether a word can be the value of --dns. */
bool zm_is_dns_server(const char *word);

/* The number of the word that `value` is, or `count` with `err` set. */
size_t zm_choose(const char *value, const char *const *name, size_t count, struct zm_error *err);

/* "; did you mean NAME?" or the known names, for a message about a word that is none of them. */
struct zm_str zm_hint(struct zm_arena *arena, struct zm_str word, const char *const *name,
		      size_t count);

#endif
