#include "fix/ledger.h"

#include "fix/edit.h"

static struct zm_change *add(struct zm_ledger *ledger, struct zm_change change)
{
	ledger->change = zm_arena_grow(ledger->arena, ledger->change, ledger->count,
				       &ledger->capacity, sizeof(*ledger->change));
	ledger->change[ledger->count] = change;
	return &ledger->change[ledger->count++];
}

/* The change whose outcome so far is this record; a new one where the record is still as it was. */
static struct zm_change *change_of(struct zm_ledger *ledger, const struct zm_record *record)
{
	struct zm_str text = record->text->bytes;
	for (size_t i = 0; i < ledger->count; i++) {
		struct zm_change *change = &ledger->change[i];
		bool there = change->kind == ZM_CHANGE_TEXT || change->kind == ZM_CHANGE_NEW;
		if (there && zm_name_eq(change->owner, record->owner) &&
		    zm_str_eq(change->after, text)) {
			return change;
		}
	}
	return add(ledger, (struct zm_change){ZM_CHANGE_TEXT, record->owner, text, text, 0});
}

static void book_gone(struct zm_ledger *ledger, const struct zm_record *record)
{
	struct zm_change *change = change_of(ledger, record);
	if (change->kind == ZM_CHANGE_NEW) {
		*change = ledger->change[--ledger->count];
		return;
	}
	change->kind = ZM_CHANGE_GONE;
	change->after = ZM_STR("");
}

/* The record's operations of this round: replacements are put together, in the text as it was
 * before the round. */
struct round {
	struct zm_ledger *ledger;
	const struct zm_fix *const *fix;
	size_t count;
};

static struct zm_str text_after(struct round *round, const struct zm_record *record)
{
	struct zm_edits edits = {0};
	for (size_t i = 0; i < round->count; i++) {
		for (size_t j = 0; j < round->fix[i]->count; j++) {
			const struct zm_op *op = &round->fix[i]->op[j];
			if (op->record != record) {
				continue;
			}
			if (op->kind == ZM_OP_REWRITE) {
				return op->text;
			}
			if (op->kind == ZM_OP_REPLACE) {
				zm_edits_add(&edits, round->ledger->arena,
					     (struct zm_edit){NULL, op->at, op->text});
			}
		}
	}
	zm_edits_settle(&edits);
	return zm_edits_apply(&edits, round->ledger->arena, record->text->bytes);
}

static bool is_first(const struct round *round, size_t fix, size_t op)
{
	const struct zm_record *record = round->fix[fix]->op[op].record;
	for (size_t i = 0; i <= fix; i++) {
		size_t end = i == fix ? op : round->fix[i]->count;
		for (size_t j = 0; j < end; j++) {
			if (round->fix[i]->op[j].record == record) {
				return false;
			}
		}
	}
	return true;
}

static void book_op(struct round *round, size_t fix, size_t i)
{
	const struct zm_op *op = &round->fix[fix]->op[i];
	struct zm_ledger *ledger = round->ledger;
	switch (op->kind) {
	case ZM_OP_INSERT:
		add(ledger, (struct zm_change){ZM_CHANGE_NEW, op->owner, ZM_STR(""), op->text, 0});
		break;
	case ZM_OP_DELETE:
		book_gone(ledger, op->record);
		break;
	default:
		if (is_first(round, fix, i)) {
			change_of(ledger, op->record)->after = text_after(round, op->record);
		}
		break;
	}
}

void zm_ledger_book(struct zm_ledger *ledger, const struct zm_fix *const *fix, size_t count)
{
	struct round round = {ledger, fix, count};
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < fix[i]->count; j++) {
			book_op(&round, i, j);
		}
	}
}

void zm_ledger_book_serial(struct zm_ledger *ledger, uint32_t serial)
{
	add(ledger, (struct zm_change){.kind = ZM_CHANGE_SERIAL, .serial = serial});
}

size_t zm_ledger_close(struct zm_ledger *ledger)
{
	size_t records = 0;
	for (size_t i = 0; i < ledger->count; i++) {
		records += ledger->change[i].kind != ZM_CHANGE_SERIAL;
	}
	return records;
}
