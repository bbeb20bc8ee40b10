#include "report/tree.h"

#include "cli/asked.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"

/* One name and what is known of it. */
struct tree {
	const struct zm_options *options;
	struct zm_arena arena;
	struct zm_spf_graph graph;
	struct zm_spf_limits limits;
	struct zm_verdicts verdicts;
	struct zm_space space;
};

static void put(const struct tree *tree, const struct zm_zone *zone)
{
	static void (*const format[])(const struct zm_report_tree *) = {
		[ZM_TREE_TEXT] = zm_report_tree_text,
		[ZM_TREE_JSON] = zm_report_tree_json,
		[ZM_TREE_DOT] = zm_report_tree_dot,
	};
	struct zm_report_tree report = {
		.out = stdout,
		.color = zm_wants_color(tree->options, stdout),
		.ascii = tree->options->ascii,
		.verbose = tree->options->verbose,
		.zone = zone,
		.graph = &tree->graph,
		.limits = &tree->limits,
		.space = &tree->space,
		.verdicts = &tree->verdicts,
	};
	format[tree->options->tree_format](&report);
}

/* Nothing to show is not shown as if it were something. */
static bool has_record(struct zm_arena *arena, const struct zm_spf_graph *graph)
{
	const struct zm_spf_node *root = graph->node[0];
	struct zm_str name = zm_name_text(arena, root->name);
	if (root->found == ZM_FOUND_UNKNOWN) {
		zm_say("%.*s is in none of the zones", ZM_STR_ARG(name));
	} else if (root->found == ZM_FOUND_NONE) {
		zm_say("%.*s has no SPF record", ZM_STR_ARG(name));
	}
	return root->found != ZM_FOUND_UNKNOWN && root->found != ZM_FOUND_NONE;
}

/* As the clients of `asker` see it; NULL: everybody. */
static int show(const struct zm_options *options, const struct zm_session *session,
		struct zm_name name, const struct zm_zone *asker)
{
	struct tree tree = {.options = options};
	struct zm_zones zones;
	int status = ZM_STATUS_USAGE;
	zm_zones_init(&zones, &session->set, &tree.arena, asker);
	struct zm_resolver resolver = zm_zones_resolver(&zones);
	zm_spf_graph_build(&tree.graph, &tree.arena, name, &resolver);
	if (has_record(&tree.arena, &tree.graph)) {
		zm_spf_limits_count(&tree.limits, &tree.arena, &tree.graph);
		zm_verdicts_init(&tree.verdicts, &tree.arena);
		zm_space_find(&tree.space, &tree.verdicts, &tree.arena, &tree.graph);
		bool loads = zm_asked_zones_load(&zones);
		put(&tree, asker);
		status = loads ? ZM_STATUS_CLEAN : ZM_STATUS_FINDINGS;
	}
	zm_arena_release(&tree.arena);
	return status;
}

/* Once for each zone that may answer for the name. */
static int show_all(const struct zm_options *options, struct zm_session *session)
{
	struct zm_name_buf buf;
	const char *why;
	size_t count;
	if (!zm_name_from_domain(&buf, zm_str_from(options->operand[0]), &why)) {
		zm_say("%s: %s", options->operand[0], why);
		return ZM_STATUS_USAGE;
	}
	struct zm_name name = zm_name_of(&buf);
	const struct zm_zone **zone = zm_asked_authorities(session, &session->arena, name, &count);
	if (count < 2) {
		return show(options, session, name, NULL);
	}
	int highest = ZM_STATUS_CLEAN;
	for (size_t i = 0; i < count; i++) {
		int status = show(options, session, name, zone[i]);
		highest = status > highest ? status : highest;
	}
	return highest;
}

int zm_tree_command(const struct zm_options *options)
{
	struct zm_session session;
	struct zm_options paths = *options;
	if (options->operands == 0) {
		zm_say("tree needs a domain name: zonemend tree NAME [PATH]...");
		return ZM_STATUS_USAGE;
	}
	paths.operand++;
	paths.operands--;
	int status = ZM_STATUS_CLEAN;
	bool good = zm_session_ask(&session, &paths);
	/* A zone that could not be read could change the tree. */
	good = good && zm_status_of(session.result, session.count + 1, false) == ZM_STATUS_CLEAN;
	if (good) {
		status = show_all(options, &session);
	}
	int ended = zm_session_end(&session);
	return ended > status ? ended : status;
}
