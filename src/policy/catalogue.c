#include "policy/catalogue.h"

static const char *const names[] = {
	[ZM_OFF] = "off", [ZM_INFO] = "info", [ZM_WARNING] = "warning", [ZM_ERROR] = "error"};

const char *zm_severity_name(enum zm_severity severity)
{
	return names[severity];
}

bool zm_severity_parse(enum zm_severity *severity, struct zm_str text)
{
	for (int i = ZM_OFF; i <= ZM_ERROR; i++) {
		if (zm_str_eq(text, zm_str_from(names[i]))) {
			*severity = (enum zm_severity)i;
			return true;
		}
	}
	return false;
}
