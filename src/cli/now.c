#include "cli/now.h"

#include "cli/message.h"

#include <stdlib.h>
#include <time.h>

bool zm_now(int64_t *seconds, const struct zm_options *options)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	if (options->now.given) {
		*seconds = options->now.seconds;
	} else if (epoch == NULL || epoch[0] == '\0') {
		*seconds = (int64_t)time(NULL);
	} else if (!zm_time_parse(seconds, zm_str_from(epoch))) {
		zm_say("SOURCE_DATE_EPOCH is no time: %s", epoch);
		return false;
	}
	return true;
}
