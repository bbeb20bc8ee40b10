/*
 * configured: what --named-conf says of the files of a run: which zones they are, in which views,
 * and what the server itself does to them.
 */
#ifndef ZM_CLI_CONFIGURED_H
#define ZM_CLI_CONFIGURED_H

#include "cli/inputs.h"
#include "conf/conf.h"
#include "fix/obstacle.h"
#include "zone/nameserver.h"

/* One zone in one file, in all views that have it so. */
struct zm_configured {
	const struct zm_conf_zone *zone; /* the first of them */
	const char **view;               /* in the order of the configuration */
	size_t views;
	bool signs_inline;
	const char *why; /* it is not for zonemend, a phrase; NULL: it is */
	struct zm_server server;
};

/* A configured file as it is on the disk. */
struct zm_configured_file {
	dev_t device;
	ino_t inode;
	const struct zm_configured *item;
};

struct zm_configuration {
	bool is_given;
	const struct zm_nameserver *server; /* whose configuration it is; NULL: it does not tell */
	const char *directory; /* where relative names of $INCLUDE begin; NULL: not set */
	struct zm_configured *item;
	size_t count;
	struct zm_configured_file *file; /* of those that are not for zonemend, by inode */
	size_t files;
};

/*
 * Reads --named-conf where it is given. What is wrong or unreadable is said and noted in `result`;
 * false: it is so wrong that nothing can be done.
 */
bool zm_configuration_read(struct zm_configuration *configuration, struct zm_arena *arena,
			   const struct zm_options *options, struct zm_result *result);

/*
 * Without any path on the command line: all its zones are the inputs. Else the files among them
 * that are in it get what it says, one input a zone. False: none of the files that it names is
 * there, so that it is that of another machine, or of another folder; this was said.
 */
bool zm_configuration_apply(struct zm_configuration *configuration, struct zm_arena *arena,
			    const struct zm_options *options, struct zm_inputs *inputs);

/* The zone that is not for zonemend and has this file; NULL: there is none. */
const struct zm_configured *zm_configuration_owner(const struct zm_configuration *configuration,
						   const struct stat *stat);

#endif
