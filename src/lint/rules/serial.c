/*
 * serial-not-bumped, serial-backwards: a secondary takes over what its primary says only when the
 * SOA's serial is greater than the one that it has (RFC 1034 4.3.5, RFC 1982 3.2).
 */
#include "lint/earlier.h"
#include "lint/lint.h"
#include "zone/types.h"

/* Two serials so far apart are in no order (RFC 1982 3.2). */
static const uint32_t UNORDERED = UINT32_C(1) << 31;

/* Both serials are known, and what the zone says now is. */
static bool may_compare(const struct zm_lint *lint)
{
	const struct zm_record *soa = lint->zone->soa;
	return lint->earlier != NULL && soa != NULL && soa->soa_data != NULL &&
	       !soa->soa_data->has_placeholder;
}

static bool is_all_read(const struct zm_lint *lint)
{
	for (size_t i = 0; i < lint->zone->fault_count; i++) {
		if (lint->zone->fault[i].kind == ZM_FAULT_INCLUDE) {
			return false;
		}
	}
	return !lint->is_garbled;
}

static struct zm_finding *report_serial(struct zm_lint *lint, struct zm_str message)
{
	const struct zm_record *soa = lint->zone->soa;
	struct zm_finding *finding =
		zm_lint_report_at(lint, soa->source, soa->serial_at, "%.*s", ZM_STR_ARG(message));
	finding->owner = soa->owner;
	finding->record = soa;
	finding->entry = zm_lint_entry_of(soa);
	return finding;
}

static void fix_serial(struct zm_lint *lint, struct zm_finding *finding, uint32_t serial,
		       const char *title)
{
	zm_finding_fix(lint, finding, ZM_FIX_SAFE, "%s %u", title, (unsigned)serial);
	zm_fix_add(lint, finding,
		   (struct zm_op){
			   .kind = ZM_OP_SERIAL,
			   .record = lint->zone->soa,
			   .text = zm_arena_printf(lint->arena, "%u", (unsigned)serial),
		   });
}

/* ---- serial-not-bumped ---- */

static struct zm_str name_first(struct zm_lint *lint, const struct zm_delta *delta)
{
	const char *name = zm_type_name(delta->type);
	struct zm_str owner = zm_name_text(lint->arena, delta->owner);
	if (delta->type == 0) {
		return ZM_STR("a $GENERATE");
	}
	return name == NULL ? zm_arena_printf(lint->arena, "TYPE%u of %.*s", (unsigned)delta->type,
					      ZM_STR_ARG(owner))
			    : zm_arena_printf(lint->arena, "%s of %.*s", name, ZM_STR_ARG(owner));
}

static void check_not_bumped(struct zm_lint *lint)
{
	const struct zm_earlier *earlier = lint->earlier;
	struct zm_delta delta;
	if (!may_compare(lint) || !is_all_read(lint) ||
	    lint->zone->soa->soa_data->serial != earlier->serial ||
	    !zm_earlier_differs(earlier, lint->arena, lint->zone, &delta)) {
		return;
	}
	struct zm_str first = name_first(lint, &delta);
	struct zm_finding *finding = report_serial(
		lint,
		zm_arena_printf(lint->arena,
				"records changed since %s (%zu added, %zu removed, first %.*s), "
				"but the serial is still %u",
				earlier->ref, delta.added, delta.removed, ZM_STR_ARG(first),
				(unsigned)earlier->serial));
	uint32_t next = zm_earlier_next(earlier, earlier->serial).serial;
	if (next != earlier->serial) {
		fix_serial(lint, finding, next, "bump the serial to");
	}
}

/* ---- serial-backwards ---- */

static struct zm_str say_backwards(struct zm_lint *lint, uint32_t serial)
{
	const struct zm_earlier *earlier = lint->earlier;
	if (serial - earlier->serial == UNORDERED) {
		return zm_arena_printf(lint->arena,
				       "serial %u is 2^31 away from %u in %s: which of them is "
				       "newer is undefined",
				       (unsigned)serial, (unsigned)earlier->serial, earlier->ref);
	}
	return zm_arena_printf(lint->arena,
			       "serial %u is behind %u in %s: secondaries keep the zone that they "
			       "have",
			       (unsigned)serial, (unsigned)earlier->serial, earlier->ref);
}

static void check_backwards(struct zm_lint *lint)
{
	struct zm_delta delta;
	uint32_t serial = may_compare(lint) ? lint->zone->soa->soa_data->serial : 0;
	if (!may_compare(lint) || serial == lint->earlier->serial ||
	    zm_serial_is_after(serial, lint->earlier->serial)) {
		return;
	}
	struct zm_finding *finding = report_serial(lint, say_backwards(lint, serial));
	uint32_t next = zm_earlier_next(lint->earlier, serial).serial;
	if (next == serial || !is_all_read(lint)) {
		return;
	}
	/* Where nothing else has changed, nothing is to be published. */
	bool differs = zm_earlier_differs(lint->earlier, lint->arena, lint->zone, &delta);
	fix_serial(lint, finding, differs ? next : lint->earlier->serial,
		   differs ? "bump the serial to" : "set the serial back to");
}

const struct zm_rule zm_rule_serial_not_bumped = {.on_zone = check_not_bumped};
const struct zm_rule zm_rule_serial_backwards = {.on_zone = check_backwards};
