/*
 * eval ZONE QUESTIONS SECONDS: evaluations a second over one zone. Asks every question once, then
 * again until the time is over, and prints how many of each result the first round gave and the
 * rate.
 */
#include "base/file.h"
#include "dns/zones.h"
#include "spf/eval.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct question {
	struct zm_ip ip;
	struct zm_str sender;
};

struct bench {
	struct zm_arena arena;
	struct zm_arena each; /* of one evaluation */
	struct zm_source source;
	struct zm_set set;
	struct zm_zones zones;
	struct question *question;
	size_t count;
	size_t capacity;
	size_t results[ZM_RESULT_UNKNOWN + 1];
};

/* Of this process alone: what else the machine does is not measured. */
static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct zm_str read_file(struct bench *bench, const char *path)
{
	struct zm_file file;
	struct zm_error err;
	if (!zm_file_read(&file, &bench->arena, path, 0, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	return file.bytes;
}

static void load_zone(struct bench *bench, const char *path)
{
	const struct zm_load_options options = {.keep = ZM_ZONES_KEEP};
	bench->source = (struct zm_source){.name = path, .bytes = read_file(bench, path)};
	zm_set_init(&bench->set, &bench->arena);
	zm_set_add(&bench->set, zm_zone_load(&bench->arena, &bench->source, &options));
	zm_zones_init(&bench->zones, &bench->set, &bench->arena, NULL);
}

static void load_questions(struct bench *bench, const char *path)
{
	struct zm_str bytes = read_file(bench, path);
	for (size_t start = 0; start < bytes.len;) {
		size_t blank = zm_str_find(bytes, ZM_STR(" "), start);
		size_t end = zm_str_find(bytes, ZM_STR("\n"), start);
		struct question question = {.sender = zm_str_sub(bytes, blank + 1, end)};
		if (!zm_ip4_parse(&question.ip, zm_str_sub(bytes, start, blank))) {
			fprintf(stderr, "%s: no address at byte %zu\n", path, start);
			exit(2);
		}
		bench->question = zm_arena_grow(&bench->arena, bench->question, bench->count,
						&bench->capacity, sizeof(*bench->question));
		bench->question[bench->count++] = question;
		start = end + 1;
	}
}

static enum zm_spf_result ask(struct bench *bench, const struct question *question)
{
	struct zm_resolver resolver = zm_zones_resolver(&bench->zones);
	const struct zm_spf_client client = {.ip = question->ip, .sender = question->sender};
	enum zm_spf_result result = zm_spf_check_host(&bench->each, &client, &resolver)->result;
	zm_arena_reset(&bench->each);
	return result;
}

int main(int argc, char **argv)
{
	struct bench bench = {0};
	if (argc != 4) {
		fprintf(stderr, "usage: eval ZONE QUESTIONS SECONDS\n");
		return 2;
	}
	load_zone(&bench, argv[1]);
	load_questions(&bench, argv[2]);
	double end = strtod(argv[3], NULL);
	double start = seconds();
	size_t asked = 0;
	for (; asked < bench.count; asked++) {
		bench.results[ask(&bench, &bench.question[asked])]++;
	}
	while (seconds() - start < end) {
		for (size_t i = 0; i < 1000; i++, asked++) {
			ask(&bench, &bench.question[asked % bench.count]);
		}
	}
	double rate = (double)asked / (seconds() - start);
	printf("pass %zu fail %zu softfail %zu neutral %zu rate %.0f\n",
	       bench.results[ZM_RESULT_PASS], bench.results[ZM_RESULT_FAIL],
	       bench.results[ZM_RESULT_SOFTFAIL], bench.results[ZM_RESULT_NEUTRAL], rate);
	zm_arena_release(&bench.each);
	zm_arena_release(&bench.arena);
	return 0;
}
