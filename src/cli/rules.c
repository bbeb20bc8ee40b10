#include "cli/command.h"
#include "cli/message.h"
#include "cli/status.h"

#include <stdio.h>
#include <string.h>

int zm_rules_command(const struct zm_options *options)
{
	int width = 0;
	if (options->operands > 0) {
		zm_say("rules takes no operand; see: zonemend explain RULE");
		return ZM_STATUS_USAGE;
	}
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		int len = (int)strlen(zm_rule_info[i].name);
		width = len > width ? len : width;
	}
	printf("%-*s  %-8s  %-6s  %s\n", width, "RULE", "SEVERITY", "FIX", "WHAT IT FINDS");
	for (size_t i = 0; i < ZM_RULE_COUNT; i++) {
		const struct zm_rule_info *rule = &zm_rule_info[i];
		bool fixes = rule->safety != ZM_FIX_NONE;
		printf("%-*s  %-8s  %-6s  %s\n", width, rule->name,
		       zm_severity_name(rule->severity), fixes ? zm_safety_name(rule->safety) : "-",
		       rule->summary);
	}
	return ZM_STATUS_CLEAN;
}
