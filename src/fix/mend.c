#include "fix/mend.h"

#include "fix/compile.h"
#include "fix/ledger.h"

#include <stdio.h>
#include <stdlib.h>

/* One zone on its way: the file as it is now, and what was done to it. */
struct mending {
	struct zm_arena *arena;
	const struct zm_mend_options *options;
	const struct zm_zone *first; /* as it was read */
	const struct zm_zone *zone;  /* as it is now */
	struct zm_arena *round; /* holds `zone` and `findings` after the first round; else NULL */
	struct zm_findings findings;
	struct zm_ledger ledger;
	struct zm_error err; /* why the last fix of this round could not be compiled, or empty */
	size_t mended;
	bool watches_serial;             /* lint compares the serial too */
	const struct zm_finding *serial; /* the first that asks for another serial, or NULL */
	size_t serials;                  /* how many do */
};

static bool may_apply(const struct mending *m, const struct zm_finding *finding)
{
	enum zm_safety safety = finding->fix.safety;
	return safety != ZM_FIX_NONE && (safety != ZM_FIX_UNSAFE || m->options->unsafe);
}

/* ---- What forbids any fix ---- */

/* A string over 255 bytes keeps the zone from loading too, but before the first round that may yet
 * be mended. */
static const struct zm_fault *first_serious_fault(const struct zm_zone *zone, bool long_strings_too)
{
	for (size_t i = 0; i < zone->fault_count; i++) {
		enum zm_fault_kind kind = zone->fault[i].kind;
		bool harmless = zm_fault_is_harmless(kind) ||
				(kind == ZM_FAULT_STRING_LONG && !long_strings_too);
		if (!harmless) {
			return &zone->fault[i];
		}
	}
	return NULL;
}

static struct zm_str name_fault(struct zm_arena *arena, const struct zm_fault *fault)
{
	struct zm_position at = zm_source_position(fault->source, fault->at.start);
	return zm_arena_printf(arena, "the zone does not load: mend %s:%zu first (%.*s)",
			       fault->source->name, at.line, ZM_STR_ARG(fault->message));
}

/* Also one that says the same: servers drop a copy, but not one whose serial has stayed behind. */
static bool has_other_soa(const struct zm_zone *zone)
{
	for (size_t i = 0; i < zone->odd_count; i++) {
		if (zone->odd[i]->type == ZM_TYPE_SOA && zone->odd[i] != zone->soa) {
			return true;
		}
	}
	return false;
}

struct zm_str zm_mend_obstacle(struct zm_arena *arena, const struct zm_zone *zone)
{
	const struct zm_fault *fault = first_serious_fault(zone, false);
	if (zone->is_signed) {
		return ZM_STR("the zone is signed: mend the unsigned source and sign it again");
	}
	if (zone->has_digest) {
		return ZM_STR("the zone holds a digest of itself (ZONEMD), which a fix would make "
			      "wrong: mend the source that it is made from, and make it again");
	}
	if (fault != NULL) {
		return name_fault(arena, fault);
	}
	if (zone->soa == NULL || zone->soa->soa_data == NULL) {
		return ZM_STR("the zone has no SOA record, so that its serial cannot be bumped");
	}
	if (has_other_soa(zone)) {
		return ZM_STR("the zone has several SOA records: leave one");
	}
	if (zone->soa->source != zone->source) {
		return zm_arena_printf(
			arena,
			"its SOA record is in %s, which other zones may include: mend both by hand",
			zone->soa->source->name);
	}
	return ZM_STR("");
}

/* ---- A round ---- */

/* The fixes of one round: of one stage, none touching what another touches. */
struct batch {
	struct zm_arena *arena;
	const struct zm_fix **fix;
	size_t count;
	struct zm_edits edits;
};

static enum zm_stage stage_of(const struct zm_finding *finding)
{
	return zm_rule_info[finding->rule].stage;
}

static bool is_all_here(const struct mending *m, const struct zm_edits *edits)
{
	for (size_t i = 0; i < edits->count; i++) {
		if (edits->item[i].source != m->zone->source) {
			return false;
		}
	}
	return true;
}

static void take_fix(struct mending *m, struct batch *batch, const struct zm_fix *fix)
{
	struct zm_edits edits;
	if (!zm_fix_compile(&edits, batch->arena, m->zone, fix, &m->err)) {
		return;
	}
	if (!is_all_here(m, &edits)) {
		zm_error_set(&m->err, "the record is in an included file, which other zones may "
				      "include: mend it there by hand");
		return;
	}
	if (edits.count == 0 || zm_edits_overlap(&edits, &batch->edits)) {
		return;
	}
	for (size_t i = 0; i < edits.count; i++) {
		zm_edits_add(&batch->edits, batch->arena, edits.item[i]);
	}
	zm_edits_settle(&batch->edits);
	batch->fix[batch->count++] = fix;
}

static struct batch collect(struct mending *m, struct zm_arena *arena, enum zm_stage stage)
{
	struct batch batch = {
		.arena = arena,
		.fix = zm_arena_array(arena, m->findings.count, sizeof(struct zm_fix *)),
	};
	for (size_t i = 0; i < m->findings.count; i++) {
		const struct zm_finding *finding = m->findings.item[i];
		if (may_apply(m, finding) && stage_of(finding) == stage) {
			take_fix(m, &batch, &finding->fix);
		}
	}
	return batch;
}

static void lint(struct mending *m, struct zm_arena *arena)
{
	const struct zm_lint_task task = {
		.zone = m->zone,
		.set = m->options->set,
		.policy = m->options->policy,
		.earlier = m->watches_serial ? m->options->earlier : NULL,
	};
	zm_set_add(m->options->set, m->zone);
	zm_lint_zone_by(&m->findings, arena, &task, NULL);
}

static void release_arena(void *arena)
{
	zm_arena_release(arena);
}

/*
 * A round's memory: its edits, the bytes that they make, the zone and the findings read from those.
 * It is given back when the next round's zone stands, so that a large zone costs two rounds' memory
 * and not all of them.
 */
static struct zm_arena *new_round(struct mending *m)
{
	struct zm_arena *round = zm_arena_alloc(m->arena, sizeof(*round));
	zm_arena_defer(m->arena, release_arena, round);
	return round;
}

static void enter_round(struct mending *m, struct zm_arena *round)
{
	if (m->round != NULL) {
		zm_arena_release(m->round);
	}
	m->round = round;
}

static void reload(struct mending *m, struct zm_arena *round, struct zm_str bytes)
{
	struct zm_source *source = zm_arena_alloc(round, sizeof(*source));
	*source = (struct zm_source){.name = m->first->source->name, .bytes = bytes};
	struct zm_load_options *load = zm_arena_alloc(round, sizeof(*load));
	*load = *m->options->load;
	load->origin = m->first->origin;
	load->origin_from = m->first->origin_from;
	m->zone = zm_zone_load(round, source, load);
	lint(m, round);
	enter_round(m, round);
}

static void apply(struct mending *m, const struct batch *batch)
{
	zm_ledger_book(&m->ledger, batch->fix, batch->count);
	m->mended += batch->count;
	reload(m, batch->arena,
	       zm_edits_apply(&batch->edits, batch->arena, m->zone->source->bytes));
}

/* True when the round changed something. */
static bool run_round(struct mending *m)
{
	struct zm_arena *round = new_round(m);
	m->err.text[0] = '\0';
	for (enum zm_stage stage = ZM_STAGE_QUOTING; stage <= ZM_STAGE_SPLITTING; stage++) {
		struct batch batch = collect(m, round, stage);
		if (batch.count > 0) {
			apply(m, &batch);
			return true;
		}
	}
	zm_arena_release(round);
	return false;
}

static size_t count_applicable(const struct mending *m)
{
	size_t count = 0;
	for (size_t i = 0; i < m->findings.count; i++) {
		count += may_apply(m, m->findings.item[i]);
	}
	return count;
}

/* ---- Serial and proof ---- */

static void note_serial(struct mending *m)
{
	for (size_t i = 0; i < m->findings.count; i++) {
		const struct zm_finding *finding = m->findings.item[i];
		if (may_apply(m, finding) && stage_of(finding) == ZM_STAGE_SERIAL) {
			m->serial = m->serials == 0 ? finding : m->serial;
			m->serials++;
		}
	}
}

static struct zm_str write_serial(struct zm_arena *arena, const struct zm_zone *zone,
				  uint32_t serial)
{
	struct zm_edits edits = {0};
	struct zm_str text = zm_arena_printf(arena, "%u", (unsigned)serial);
	zm_edits_add(&edits, arena, (struct zm_edit){zone->source, zone->soa->serial_at, text});
	zm_edits_settle(&edits);
	return zm_edits_apply(&edits, arena, zone->source->bytes);
}

static void refuse(struct zm_mend *mend, struct mending *m, const struct zm_zone *zone,
		   struct zm_str reason)
{
	m->zone = zone;
	m->watches_serial = true;
	lint(m, m->arena);
	enter_round(m, NULL);
	mend->outcome = ZM_MEND_REFUSED;
	mend->reason = reason;
	mend->zone = zone;
	mend->left = m->findings;
}

/* What was asked for when nothing but the serial is to be changed; else the next one. */
static struct zm_serial_next next_serial(const struct mending *m, uint32_t serial)
{
	uint64_t asked;
	if (m->options->earlier == NULL) {
		return zm_serial_bump_by(serial, &m->options->serial);
	}
	struct zm_serial_next next = zm_earlier_next(m->options->earlier, serial);
	if (m->serial != NULL && m->mended == 0 &&
	    zm_str_number(m->serial->fix.op[0].text, UINT32_MAX, &asked) &&
	    (uint32_t)asked != next.serial) {
		next = (struct zm_serial_next){.serial = (uint32_t)asked, .style = next.style};
	}
	return next;
}

static void bump_serial(struct zm_mend *mend, struct mending *m)
{
	mend->old_serial = m->zone->soa->soa_data->serial;
	mend->serial = next_serial(m, mend->old_serial);
	m->watches_serial = true;
	if (mend->serial.serial != mend->old_serial) {
		zm_ledger_book_serial(&m->ledger, mend->serial.serial);
		struct zm_arena *round = new_round(m);
		reload(m, round, write_serial(round, m->zone, mend->serial.serial));
		m->mended += m->serials;
	} else if (m->options->earlier != NULL) {
		lint(m, m->round == NULL ? m->arena : m->round);
	}
}

/* Why fixes are still there that the last round has tried; the serial is not one of them. */
static struct zm_str reason_of_left(struct mending *m)
{
	size_t left = 0;
	for (size_t i = 0; i < m->findings.count; i++) {
		const struct zm_finding *finding = m->findings.item[i];
		left += may_apply(m, finding) && stage_of(finding) != ZM_STAGE_SERIAL;
	}
	if (left == 0 || m->err.text[0] == '\0') {
		return ZM_STR("");
	}
	return zm_arena_printf(m->arena, "%zu other finding%s stay%s: %s", left,
			       left == 1 ? "" : "s", left == 1 ? "s" : "", m->err.text);
}

static void finish(struct zm_mend *mend, struct mending *m, const struct zm_zone *zone)
{
	struct zm_error err;
	struct zm_load_options load = *m->options->load;
	load.origin = zone->origin;
	const struct zm_fault *fault = first_serious_fault(m->zone, true);
	if (fault != NULL) {
		/* By its owner: lines have moved since the file was read. */
		struct zm_str owner = zm_name_text(m->arena, fault->owner);
		refuse(mend, m, zone,
		       zm_arena_printf(
			       m->arena,
			       "the zone does not load: mend the record of %.*s first (%.*s)",
			       ZM_STR_ARG(owner), ZM_STR_ARG(fault->message)));
		return;
	}
	mend->records = zm_ledger_records(&m->ledger);
	bump_serial(mend, m);
	struct zm_str bytes = m->zone->source->bytes;
	const struct zm_changes changes = {m->ledger.change, m->ledger.count};
	if (!zm_proof(zone->source, bytes, &load, &changes, &err)) {
		refuse(mend, m, zone,
		       zm_arena_printf(m->arena,
				       "the result could not be proved, nothing was changed: %s",
				       err.text));
		return;
	}
	mend->outcome = ZM_MEND_PLANNED;
	mend->reason = reason_of_left(m);
	mend->bytes = bytes;
	mend->findings = m->mended;
	mend->zone = m->zone;
	mend->left = m->findings;
}

void zm_mend_plan(struct zm_mend *mend, struct zm_arena *arena, const struct zm_zone *zone,
		  const struct zm_mend_options *options)
{
	struct mending m = {
		.arena = arena,
		.options = options,
		.first = zone,
		.zone = zone,
	};
	zm_ledger_init(&m.ledger, arena);
	m.watches_serial = true;
	*mend = (struct zm_mend){.outcome = ZM_MEND_NOTHING, .zone = zone};
	lint(&m, arena);
	mend->left = m.findings;
	if (count_applicable(&m) == 0) {
		return;
	}
	struct zm_str obstacle = zm_mend_obstacle(arena, zone);
	if (obstacle.len > 0) {
		refuse(mend, &m, zone, obstacle);
		return;
	}
	note_serial(&m);
	m.watches_serial = false;
	size_t rounds = 0;
	while (rounds < ZM_MEND_ROUNDS_MAX && run_round(&m)) {
		rounds++;
	}
	if (rounds == ZM_MEND_ROUNDS_MAX) {
		refuse(mend, &m, zone, ZM_STR("the fixes do not settle: mend the record by hand"));
	} else if (rounds == 0 && m.serial == NULL) {
		refuse(mend, &m, zone, zm_arena_copy(arena, zm_str_from(m.err.text)));
	} else {
		finish(mend, &m, zone);
	}
}

bool zm_mend_serial(struct zm_str *bytes, const struct zm_zone *zone,
		    const struct zm_load_options *load, uint32_t next, struct zm_error *err)
{
	struct zm_arena *arena = zone->arena;
	struct zm_str obstacle = zm_mend_obstacle(arena, zone);
	if (obstacle.len > 0) {
		return zm_error_set(err, "%.*s", ZM_STR_ARG(obstacle));
	}
	struct zm_load_options again = *load;
	again.origin = zone->origin;
	struct zm_change change = {.kind = ZM_CHANGE_SERIAL, .serial = next};
	const struct zm_changes changes = {&change, 1};
	*bytes = write_serial(arena, zone, next);
	return zm_proof(zone->source, *bytes, &again, &changes, err);
}
