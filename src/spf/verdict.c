#include "spf/verdict.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

void zm_verdicts_init(struct zm_verdicts *pool, struct zm_arena *arena)
{
	*pool = (struct zm_verdicts){.arena = arena};
	pool->slots = FIRST_SLOTS;
	pool->slot = zm_arena_array(arena, pool->slots, sizeof(*pool->slot));
}

uint32_t zm_verdict_condition(struct zm_verdicts *pool, const struct zm_condition *condition)
{
	for (size_t i = 0; i < pool->conditions; i++) {
		const struct zm_condition *known = &pool->condition[i];
		if (known->kind == condition->kind && known->is_outside == condition->is_outside &&
		    zm_str_eq(known->text, condition->text)) {
			return (uint32_t)i;
		}
	}
	pool->condition = zm_arena_grow(pool->arena, pool->condition, pool->conditions,
					&pool->condition_capacity, sizeof(*pool->condition));
	struct zm_condition *added = &pool->condition[pool->conditions];
	*added = *condition;
	added->text = zm_arena_copy(pool->arena, condition->text);
	return (uint32_t)pool->conditions++;
}

/* ---- Equal verdicts are one ---- */

static bool same_choice(const struct zm_choice *a, const struct zm_choice *b)
{
	return memcmp(a->match, b->match, sizeof(a->match)) == 0 &&
	       memcmp(a->miss, b->miss, sizeof(a->miss)) == 0;
}

static bool same(const struct zm_verdict *a, const struct zm_verdict *b)
{
	return a->kind == b->kind && a->result == b->result && a->condition == b->condition &&
	       same_choice(&a->choice, &b->choice);
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
	return (hash ^ value) * UINT32_C(16777619); /* FNV-1a, a number at a time */
}

static uint32_t hash_of(const struct zm_verdict *verdict)
{
	uint32_t hash = UINT32_C(2166136261);
	hash = mix(hash, verdict->kind);
	hash = mix(hash, verdict->result);
	hash = mix(hash, verdict->condition);
	for (size_t i = 0; i < ZM_OUTCOMES; i++) {
		hash = mix(mix(hash, verdict->choice.match[i]), verdict->choice.miss[i]);
	}
	return hash ^ hash >> 15;
}

/* The slot that holds an equal verdict, or the empty one where it belongs. */
static uint32_t *find_slot(struct zm_verdicts *pool, const struct zm_verdict *verdict)
{
	size_t i = hash_of(verdict) & (pool->slots - 1);
	while (pool->slot[i] != 0 && !same(&pool->verdict[pool->slot[i] - 1], verdict)) {
		i = (i + 1) & (pool->slots - 1);
	}
	return &pool->slot[i];
}

static void widen(struct zm_verdicts *pool)
{
	pool->slots *= 2;
	pool->slot = zm_arena_array(pool->arena, pool->slots, sizeof(*pool->slot));
	for (size_t i = 0; i < pool->count; i++) {
		*find_slot(pool, &pool->verdict[i]) = (uint32_t)i + 1;
	}
}

static uint32_t intern(struct zm_verdicts *pool, const struct zm_verdict *verdict)
{
	uint32_t *slot = find_slot(pool, verdict);
	if (*slot != 0) {
		return *slot - 1;
	}
	pool->verdict = zm_arena_grow(pool->arena, pool->verdict, pool->count, &pool->capacity,
				      sizeof(*pool->verdict));
	pool->verdict[pool->count++] = *verdict;
	*slot = (uint32_t)pool->count;
	if (pool->count * 2 > pool->slots) {
		widen(pool);
	}
	return (uint32_t)pool->count - 1;
}

uint32_t zm_verdict_result(struct zm_verdicts *pool, enum zm_spf_result result)
{
	struct zm_verdict verdict = {
		.kind = ZM_VERDICT_RESULT, .result = result, .results = 1U << result};
	return intern(pool, &verdict);
}

uint32_t zm_verdict_elsewhere(struct zm_verdicts *pool, uint32_t condition)
{
	struct zm_verdict verdict = {.kind = ZM_VERDICT_ELSEWHERE,
				     .result = ZM_RESULT_UNKNOWN,
				     .condition = condition,
				     .results = 1U << ZM_RESULT_UNKNOWN};
	return intern(pool, &verdict);
}

uint32_t zm_verdict_choice(struct zm_verdicts *pool, uint32_t condition,
			   const struct zm_choice *choice)
{
	struct zm_verdict verdict = {.kind = ZM_VERDICT_CHOICE,
				     .result = ZM_RESULT_UNKNOWN,
				     .condition = condition,
				     .choice = *choice};
	bool all_same = true;
	for (size_t i = 0; i < ZM_OUTCOMES; i++) {
		verdict.results |= pool->verdict[choice->match[i]].results |
				   pool->verdict[choice->miss[i]].results;
		all_same = all_same && choice->match[i] == choice->match[0] &&
			   choice->miss[i] == choice->match[0];
	}
	return all_same ? choice->match[0] : intern(pool, &verdict);
}

bool zm_verdict_is(const struct zm_verdicts *pool, uint32_t verdict, enum zm_spf_result result)
{
	const struct zm_verdict *v = &pool->verdict[verdict];
	return v->kind == ZM_VERDICT_RESULT && v->result == result;
}

uint32_t zm_verdict_miss(const struct zm_verdicts *pool, const struct zm_verdict *choice)
{
	bool is_exists = pool->condition[choice->condition].kind == ZM_SPF_EXISTS;
	return choice->choice.miss[is_exists ? 1 : 0];
}
