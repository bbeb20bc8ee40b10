/*
 * replay: gives each file that standard input names, one a line, to a fuzz target as libFuzzer
 * would.
 *
 * The work is done in a child, which says in shared memory how far it is: when a file ends it, the
 * file is a failure and a new child goes on after it.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MAX = 65536 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *path[FILES_MAX];
static size_t count;

static void read_paths(void)
{
	size_t room = 0;
	while (count < FILES_MAX && getline(&path[count], &room, stdin) > 0) {
		path[count][strcspn(path[count], "\n")] = '\0';
		count++;
		room = 0;
	}
}

/* Exactly as many bytes as the file has, so that the sanitizer sees one byte too many. */
static void run_file(const char *name)
{
	FILE *file = fopen(name, "rb");
	if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
		perror(name);
		exit(2);
	}
	size_t size = (size_t)ftell(file);
	uint8_t *data = malloc(size);
	rewind(file);
	if ((data == NULL && size > 0) || fread(data, 1, size, file) != size) {
		perror(name);
		exit(2);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

/* The first file that was not survived, or `count`. */
static size_t run_from(size_t first, volatile size_t *at)
{
	*at = first;
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		for (; *at < count; ++*at) {
			run_file(path[*at]);
		}
		exit(0);
	}
	int status = 0;
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		perror("fork");
		exit(2);
	}
	if (status != 0 && *at == count) {
		printf("FAILED: at the end: status %d\n", status);
		count = 0;
	}
	return *at;
}

int main(void)
{
	read_paths();
	size_t files = count;
	size_t failed = 0;
	volatile size_t *at =
		mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED) {
		perror("mmap");
		return 2;
	}
	for (size_t i = run_from(0, at); i < count; i = run_from(i + 1, at)) {
		printf("FAILED: %s\n", path[i]);
		failed++;
	}
	if (count < files) {
		failed++;
	}
	for (size_t i = 0; i < files; i++) {
		free(path[i]);
	}
	printf("%zu passed, %zu failed\n", files - failed, failed);
	return failed == 0 && files > 0 ? 0 : 1;
}
