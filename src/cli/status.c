#include "cli/status.h"

static enum zm_status status_of_one(const struct zm_result *r, bool nonzero_on_fix)
{
	if (r->unwritable) {
		return ZM_STATUS_UNWRITABLE;
	}
	if (r->refused) {
		return ZM_STATUS_REFUSED;
	}
	if (r->unreadable) {
		return ZM_STATUS_UNREADABLE;
	}
	if (r->misused) {
		return ZM_STATUS_USAGE;
	}
	bool differs = r->findings || r->would_fix || (r->fixed && nonzero_on_fix);
	return differs ? ZM_STATUS_FINDINGS : ZM_STATUS_CLEAN;
}

enum zm_status zm_status_of(const struct zm_result *result, size_t count, bool nonzero_on_fix)
{
	enum zm_status highest = ZM_STATUS_CLEAN;
	for (size_t i = 0; i < count; i++) {
		enum zm_status status = status_of_one(&result[i], nonzero_on_fix);
		highest = status > highest ? status : highest;
	}
	return highest;
}
