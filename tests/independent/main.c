/*
 * Compares two zone files: compare OLD NEW ORIGIN. Status 0 and what changed, or 1 and what is
 * different that may not be.
 */
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bytes read_all(const char *path)
{
	struct bytes bytes = {0};
	char *data = NULL;
	FILE *file = fopen(path, "rb");
	if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
		perror(path);
		exit(2);
	}
	bytes.len = (size_t)ftell(file);
	rewind(file);
	data = malloc(bytes.len + 1);
	if (data == NULL || fread(data, 1, bytes.len, file) != bytes.len) {
		perror(path);
		exit(2);
	}
	fclose(file);
	data[bytes.len] = '\0';
	bytes.data = data;
	return bytes;
}

static size_t line_of(struct bytes bytes, size_t at)
{
	size_t line = 1;
	for (size_t i = 0; i < at && i < bytes.len; i++) {
		line += bytes.data[i] == '\n';
	}
	return line;
}

int main(int argc, char **argv)
{
	struct comparison said;
	if (argc != 4) {
		fprintf(stderr, "usage: compare OLD NEW ORIGIN\n");
		return 2;
	}
	struct bytes before = read_all(argv[1]);
	struct bytes after = read_all(argv[2]);
	bool agrees = compare_zones(&said, before, after, argv[3]);
	if (!agrees) {
		printf("%s: line %zu of the old file, line %zu of the new one\n", said.why,
		       line_of(before, said.old_at), line_of(after, said.new_at));
	} else {
		printf("%zu edited, %zu gone, %zu come", said.edited, said.gone, said.come);
		if (said.bumped) {
			printf(", serial %u -> %u", said.old_serial, said.new_serial);
		}
		printf("\n");
	}
	free((char *)before.data);
	free((char *)after.data);
	return agrees ? 0 : 1;
}
