#include "fix/ledger.h"

#include "fix/edit.h"

#include <stdlib.h>

void zm_ledger_init(struct zm_ledger *ledger, struct zm_arena *arena)
{
	*ledger = (struct zm_ledger){.arena = arena, .owner = {.arena = arena}};
}

/* The round's zone and findings go before the ledger does: it keeps copies. */
static size_t add(struct zm_ledger *ledger, struct zm_planned_change change)
{
	change.owner = zm_name_copy(ledger->arena, change.owner);
	change.before = zm_arena_copy(ledger->arena, change.before);
	change.after = zm_arena_copy(ledger->arena, change.after);
	change.round = ledger->round;
	size_t *newest = zm_map_put(&ledger->owner, change.owner);
	change.older = *newest;
	ledger->change = zm_arena_grow(ledger->arena, ledger->change, ledger->count,
				       &ledger->capacity, sizeof(*ledger->change));
	ledger->change[ledger->count] = change;
	*newest = ledger->count++;
	return *newest;
}

/*
 * The number of the change whose outcome before this round is this record; a new one where the
 * record is still as it was. A change is one record's: none is found twice in a round.
 */
static size_t find_change(struct zm_ledger *ledger, const struct zm_record *record)
{
	struct zm_str text = record->text->bytes;
	size_t i = zm_map_get(&ledger->owner, record->owner);
	for (; i != SIZE_MAX; i = ledger->change[i].older) {
		struct zm_planned_change *change = &ledger->change[i];
		bool there = change->kind == ZM_CHANGE_TEXT || change->kind == ZM_CHANGE_NEW;
		if (there && change->round != ledger->round && zm_str_eq(change->after, text)) {
			change->round = ledger->round;
			return i;
		}
	}
	return add(ledger, (struct zm_planned_change){.kind = ZM_CHANGE_TEXT,
						      .owner = record->owner,
						      .before = text,
						      .after = text});
}

/* One operation of the round; those of one record stand together once they are sorted. */
struct booking {
	const struct zm_op *op;
	size_t order;
	size_t change; /* of the record's first operation: the number of its change */
};

static int compare(const void *a, const void *b)
{
	const struct booking *x = a;
	const struct booking *y = b;
	uintptr_t rx = (uintptr_t)x->op->record;
	uintptr_t ry = (uintptr_t)y->op->record;
	if (rx != ry) {
		return rx < ry ? -1 : 1;
	}
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Replacements of one record are put together in the text as it was before the round. */
static struct zm_str text_after(struct zm_ledger *ledger, const struct booking *booking,
				size_t count)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < count; i++) {
		const struct zm_op *op = booking[i].op;
		if (op->kind == ZM_OP_REWRITE) {
			return zm_arena_copy(ledger->arena, op->text);
		}
		if (op->kind == ZM_OP_REPLACE) {
			zm_edits_add(&edits, ledger->arena,
				     (struct zm_edit){NULL, op->at, op->text});
		}
	}
	zm_edits_settle(&edits);
	return zm_edits_apply(&edits, ledger->arena, booking[0].op->record->text->bytes);
}

static void book_record(struct zm_ledger *ledger, const struct booking *booking, size_t count)
{
	struct zm_str text =
		booking->op->kind == ZM_OP_DELETE ? ZM_STR("") : text_after(ledger, booking, count);
	struct zm_planned_change *change = &ledger->change[booking->change];
	change->after = text;
	if (booking->op->kind == ZM_OP_DELETE) {
		change->kind = change->kind == ZM_CHANGE_NEW ? ZM_CHANGE_NOTHING : ZM_CHANGE_GONE;
	}
}

/* How many of the bookings from the first on are about its record. */
static size_t count_same(const struct booking *booking, size_t left)
{
	size_t count = 1;
	while (count < left && booking[count].op->record == booking[0].op->record) {
		count++;
	}
	return count;
}

/* Records that come are booked at once; the others are noted, to be sorted by record. */
static size_t note_ops(struct zm_ledger *ledger, const struct zm_fix *fix, struct booking *booking,
		       size_t count)
{
	for (size_t i = 0; i < fix->count; i++) {
		const struct zm_op *op = &fix->op[i];
		if (op->kind == ZM_OP_INSERT) {
			add(ledger, (struct zm_planned_change){.kind = ZM_CHANGE_NEW,
							       .owner = op->owner,
							       .after = op->text});
		} else {
			booking[count] = (struct booking){op, count, SIZE_MAX};
			count++;
		}
	}
	return count;
}

void zm_ledger_book(struct zm_ledger *ledger, const struct zm_fix *const *fix, size_t count)
{
	size_t ops = 0;
	size_t bookings = 0;
	ledger->round++;
	for (size_t i = 0; i < count; i++) {
		ops += fix[i]->count;
	}
	struct booking *booking = zm_arena_array(ledger->arena, ops, sizeof(*booking));
	for (size_t i = 0; i < count; i++) {
		bookings = note_ops(ledger, fix[i], booking, bookings);
	}
	qsort(booking, bookings, sizeof(*booking), compare);
	/* All are found before any is booked: one record may come to say what another one said. */
	for (size_t i = 0; i < bookings; i += count_same(&booking[i], bookings - i)) {
		booking[i].change = find_change(ledger, booking[i].op->record);
	}
	for (size_t i = 0; i < bookings; i += count_same(&booking[i], bookings - i)) {
		book_record(ledger, &booking[i], count_same(&booking[i], bookings - i));
	}
}

void zm_ledger_book_serial(struct zm_ledger *ledger, uint32_t serial)
{
	ledger->change = zm_arena_grow(ledger->arena, ledger->change, ledger->count,
				       &ledger->capacity, sizeof(*ledger->change));
	ledger->change[ledger->count++] = (struct zm_planned_change){
		.kind = ZM_CHANGE_SERIAL, .serial = serial, .older = SIZE_MAX};
}

size_t zm_ledger_records(const struct zm_ledger *ledger)
{
	size_t records = 0;
	for (size_t i = 0; i < ledger->count; i++) {
		enum zm_planned_kind kind = ledger->change[i].kind;
		records += kind != ZM_CHANGE_SERIAL && kind != ZM_CHANGE_NOTHING;
	}
	return records;
}
