#include "base/mapping.h"

#include <signal.h>
#include <stdatomic.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAPPINGS_MAX = 1024 }; /* at once; further files are read */

/*
 * Touching a page that the file has lost raises SIGBUS. The handler then puts pages of zeros in the
 * place of all that follows, and the reader goes on. Since a handler may run at any moment, all
 * mappings stand in one table that never moves.
 */
struct zm_mapping {
	atomic_bool is_taken;
	_Atomic(char *) bytes; /* NULL: not mapped */
	size_t size;
	int fd;
	atomic_bool is_torn;
};

static struct zm_mapping table[MAPPINGS_MAX];
static struct sigaction action_before;
static size_t page_size;
static pthread_once_t watched = PTHREAD_ONCE_INIT;

static struct zm_mapping *find(const char *address)
{
	for (size_t i = 0; i < MAPPINGS_MAX; i++) {
		const char *bytes = atomic_load(&table[i].bytes);
		if (bytes != NULL && address >= bytes && address < bytes + table[i].size) {
			return &table[i];
		}
	}
	return NULL;
}

static void replace_lost_pages(int signal, siginfo_t *info, void *context)
{
	(void)context;
	struct zm_mapping *mapping = find(info->si_addr);
	if (mapping == NULL) {
		sigaction(signal, &action_before, NULL); /* not ours: as if there were no handler */
		return;
	}
	char *bytes = atomic_load(&mapping->bytes);
	size_t lost = (size_t)((const char *)info->si_addr - bytes) / page_size * page_size;
	atomic_store(&mapping->is_torn, true);
	if (mmap(bytes + lost, mapping->size - lost, PROT_READ,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) {
		_exit(3);
	}
}

static void watch(void)
{
	struct sigaction action = {.sa_sigaction = replace_lost_pages, .sa_flags = SA_SIGINFO};
	page_size = (size_t)sysconf(_SC_PAGESIZE);
	sigemptyset(&action.sa_mask);
	sigaction(SIGBUS, &action, &action_before);
}

static struct zm_mapping *take_place(void)
{
	for (size_t i = 0; i < MAPPINGS_MAX; i++) {
		if (!atomic_exchange(&table[i].is_taken, true)) {
			return &table[i];
		}
	}
	return NULL;
}

static void unmap(void *thing)
{
	struct zm_mapping *mapping = thing;
	char *bytes = atomic_exchange(&mapping->bytes, NULL);
	munmap(bytes, mapping->size);
	close(mapping->fd);
	atomic_store(&mapping->is_taken, false);
}

/* False where the file has to be read instead; `fd` is then still the caller's. */
static bool map(struct zm_file *file, struct zm_arena *arena, int fd)
{
	size_t size = (size_t)file->stat.st_size;
	struct zm_mapping *mapping = take_place();
	if (mapping == NULL) {
		return false;
	}
	char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED) {
		atomic_store(&mapping->is_taken, false);
		return false;
	}
	pthread_once(&watched, watch);
	mapping->size = size;
	mapping->fd = fd;
	atomic_store(&mapping->is_torn, false);
	atomic_store(&mapping->bytes, bytes);
	zm_arena_defer(arena, unmap, mapping);
	file->bytes = (struct zm_str){bytes, size};
	file->mapping = mapping;
	return true;
}

/* Closes the file, unless it is mapped. */
static bool take(struct zm_file *file, struct zm_arena *arena, const struct zm_stream *opened,
		 struct zm_error *err)
{
	bool done = zm_file_look(file, opened, err);
	if (done && file->stat.st_size >= ZM_MAPPED_MIN && map(file, arena, opened->fd)) {
		return true;
	}
	done = done && zm_file_read_opened(file, arena, opened, err);
	close(opened->fd);
	return done;
}

bool zm_file_map(struct zm_file *file, struct zm_arena *arena, const char *path,
		 struct zm_error *err)
{
	struct zm_stream opened = {.name = path};
	return zm_file_open(&opened.fd, path, err) && take(file, arena, &opened, err);
}

bool zm_file_map_seen(struct zm_file *file, struct zm_arena *arena, const char *path,
		      struct zm_error *err)
{
	struct zm_stream opened = {.name = path};
	return zm_file_open_seen(&opened.fd, path, err) && take(file, arena, &opened, err);
}

bool zm_file_is_steady(const struct zm_file *file)
{
	struct stat now;
	const struct zm_mapping *mapping = file->mapping;
	return mapping == NULL ||
	       (!atomic_load(&mapping->is_torn) && fstat(mapping->fd, &now) == 0 &&
		zm_file_same_moment(&file->stat, &now));
}
