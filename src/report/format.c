#include "report/report.h"

const struct zm_report_format *const zm_report_formats[] = {
	&zm_report_text, &zm_report_concise, &zm_report_json, &zm_report_jsonl, NULL,
};

const struct zm_report_format *zm_report_format_find(struct zm_str name)
{
	for (size_t i = 0; zm_report_formats[i] != NULL; i++) {
		if (zm_str_eq(name, zm_str_from(zm_report_formats[i]->name))) {
			return zm_report_formats[i];
		}
	}
	return NULL;
}

const char *zm_zone_state_name(enum zm_zone_state state)
{
	static const char *const names[] = {
		[ZM_STATE_STATIC] = "static",       [ZM_STATE_DYNAMIC] = "dynamic",
		[ZM_STATE_SIGNED] = "signed",       [ZM_STATE_INLINE] = "inline",
		[ZM_STATE_GENERATED] = "generated",
	};
	return names[state];
}
