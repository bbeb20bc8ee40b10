#include "lint/order.h"

#include "lint/finding.h"

static size_t source_number(const struct zm_zone *zone, const struct zm_source *source)
{
	size_t i = 0;
	while (zone != NULL && i < zone->source_count && zone->sources[i] != source) {
		i++;
	}
	return i;
}

int zm_finding_compare(const void *a, const void *b)
{
	const struct zm_finding *x = *(struct zm_finding *const *)a;
	const struct zm_finding *y = *(struct zm_finding *const *)b;
	if (x->source != y->source) {
		return source_number(x->zone, x->source) < source_number(y->zone, y->source) ? -1
											     : 1;
	}
	if (x->at.start != y->at.start) {
		return x->at.start < y->at.start ? -1 : 1;
	}
	if (x->rule != y->rule) {
		return x->rule < y->rule ? -1 : 1;
	}
	return x->at.end < y->at.end ? -1 : x->at.end > y->at.end;
}
