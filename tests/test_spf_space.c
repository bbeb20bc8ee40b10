#include "test.h"

#include "spfclaims.h"

enum { WORLDS = 400, BYTES = 600 };

/* A fixed sequence (Marsaglia's xorshift): the same worlds on every machine. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void check_host_verdicts_and_costs_agree_in_random_worlds(void)
{
	uint32_t state = UINT32_C(2463534242);
	size_t good = 0;
	for (size_t i = 0; i < WORLDS && good == i; i++) {
		uint8_t data[BYTES];
		for (size_t j = 0; j < BYTES; j++) {
			data[j] = (uint8_t)(next_random(&state) >> 11);
		}
		good += zm_claims_hold(data, BYTES);
	}
	CU_ASSERT_EQUAL(good, WORLDS);
}

static const struct zm_test_case cases[] = {
	{"check_host(), verdicts and costs agree in random worlds",
	 check_host_verdicts_and_costs_agree_in_random_worlds},
	{NULL, NULL},
};

void test_spf_space(void)
{
	zm_test_suite("spf space", cases);
}
