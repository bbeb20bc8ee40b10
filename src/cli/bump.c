#include "cli/bump.h"

struct zm_serial_how zm_bump_how(const struct zm_options *options, const struct zm_policy *policy,
				 struct zm_name zone, int64_t now)
{
	struct zm_serial_how how = {.now = now};
	if (policy != NULL) {
		const struct zm_policy_serial *serial = &zm_policy_view(policy, zone, zone)->serial;
		how.style = serial->style;
		how.first = (uint32_t)serial->first.value;
		if (serial->timezone.text.data != NULL) { /* known: checked with the policy */
			zm_policy_offset(&how.ahead, serial->timezone.text, now);
		}
	}
	if (options->serial.given) {
		how.style = options->serial.style;
	}
	return how;
}
