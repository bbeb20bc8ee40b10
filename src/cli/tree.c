#include "report/tree.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/session.h"
#include "dns/zones.h"

/* One name and what is known of it. */
struct tree {
	const struct zm_options *options;
	struct zm_arena arena;
	struct zm_spf_graph graph;
	struct zm_spf_limits limits;
	struct zm_verdicts verdicts;
	struct zm_space space;
};

static void put(const struct tree *tree)
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
		.graph = &tree->graph,
		.limits = &tree->limits,
		.space = &tree->space,
		.verdicts = &tree->verdicts,
	};
	format[tree->options->tree_format](&report);
}

/* Nothing to show is not shown as if it were something. */
static bool has_record(const char *name, const struct zm_spf_graph *graph)
{
	const struct zm_spf_node *root = graph->node[0];
	if (root->found == ZM_FOUND_UNKNOWN) {
		zm_say("%s is in none of the zones", name);
	} else if (root->found == ZM_FOUND_NONE) {
		zm_say("%s has no SPF record", name);
	}
	return root->found != ZM_FOUND_UNKNOWN && root->found != ZM_FOUND_NONE;
}

static int show(struct tree *tree, const char *name, struct zm_session *session)
{
	struct zm_zones zones;
	struct zm_name_buf buf;
	const char *why;
	if (!zm_name_from_domain(&buf, zm_str_from(name), &why)) {
		zm_say("%s: %s", name, why);
		return ZM_STATUS_USAGE;
	}
	zm_zones_init(&zones, &session->set, &tree->arena, NULL);
	struct zm_resolver resolver = zm_zones_resolver(&zones);
	zm_spf_graph_build(&tree->graph, &tree->arena, zm_name_copy(&tree->arena, zm_name_of(&buf)),
			   &resolver);
	if (!has_record(name, &tree->graph)) {
		return ZM_STATUS_USAGE;
	}
	zm_spf_limits_count(&tree->limits, &tree->arena, &tree->graph);
	zm_verdicts_init(&tree->verdicts, &tree->arena);
	zm_space_find(&tree->space, &tree->verdicts, &tree->arena, &tree->graph);
	put(tree);
	return ZM_STATUS_CLEAN;
}

int zm_tree_command(const struct zm_options *options)
{
	struct tree tree = {.options = options};
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
		bool loads = zm_session_loads(&session);
		status = show(&tree, options->operand[0], &session);
		status = status == ZM_STATUS_CLEAN && !loads ? ZM_STATUS_FINDINGS : status;
	}
	int ended = zm_session_end(&session);
	zm_arena_release(&tree.arena);
	return ended > status ? ended : status;
}
