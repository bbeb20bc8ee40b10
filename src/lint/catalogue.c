#include "lint/lint.h"

#define RULE(ident, name, severity, safety, stage, summary)                                        \
	extern const struct zm_rule zm_rule_##ident;
#include "lint/rules.def"
#undef RULE

#define RULE(ident, name, severity, safety, stage, summary)                                        \
	{name, severity, safety, stage, summary, &zm_rule_##ident},
const struct zm_rule_info zm_rule_info[ZM_RULE_COUNT] = {
#include "lint/rules.def"
};
#undef RULE

#define RULE(ident, name, severity, safety, stage, summary) name,
static const char *const names[ZM_RULE_COUNT] = {
#include "lint/rules.def"
};
#undef RULE

#define RULE(ident, name, severity, safety, stage, summary) severity,
static const enum zm_severity severities[ZM_RULE_COUNT] = {
#include "lint/rules.def"
};
#undef RULE

#define RULE(ident, name, severity, safety, stage, summary) summary,
static const char *const summaries[ZM_RULE_COUNT] = {
#include "lint/rules.def"
};
#undef RULE

/* Ended by one that is none, for there may be no other. */
#define SETTING(rule, ident, name, value, min, max, about)                                         \
	{ZM_RULE_##rule, name, value, min, max, about},
static const struct zm_catalogue_setting settings[ZM_SETTING_COUNT + 1] = {
#include "lint/settings.def"
	{ZM_RULE_COUNT, NULL, 0, 0, 0, NULL}};
#undef SETTING

const struct zm_catalogue zm_rule_catalogue = {names,     severities, ZM_RULE_COUNT,
					       summaries, settings,   ZM_SETTING_COUNT};

const char *zm_safety_name(enum zm_safety safety)
{
	static const char *const safety_names[] = {
		[ZM_FIX_NONE] = "none",     [ZM_FIX_SAFE] = "safe",     [ZM_FIX_REPAIR] = "repair",
		[ZM_FIX_POLICY] = "policy", [ZM_FIX_UNSAFE] = "unsafe",
	};
	return safety_names[safety];
}
