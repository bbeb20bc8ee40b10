#include "cli/command.h"
#include "cli/message.h"
#include "cli/status.h"
#include "lint/page.h"

#include <stdio.h>
#include <string.h>

static bool print_page(const char *rule)
{
	for (const struct zm_page *page = zm_page; page->name != NULL; page++) {
		if (strcmp(page->name, rule) == 0) {
			fwrite(page->start, 1, (size_t)(page->end - page->start), stdout);
			return true;
		}
	}
	return false;
}

static void refuse_unknown(const char *rule)
{
	const struct zm_catalogue *known = &zm_rule_catalogue;
	const char *nearest = zm_str_nearest(zm_str_from(rule), known->name, known->count);
	if (nearest != NULL) {
		zm_say("unknown rule %s; did you mean %s?", rule, nearest);
	} else {
		zm_say("unknown rule %s; see: zonemend rules", rule);
	}
}

int zm_explain_command(const struct zm_options *options)
{
	if (options->operands != 1) {
		zm_say("explain needs one rule; see: zonemend rules");
		return ZM_STATUS_USAGE;
	}
	if (!print_page(options->operand[0])) {
		refuse_unknown(options->operand[0]);
		return ZM_STATUS_USAGE;
	}
	return ZM_STATUS_CLEAN;
}
