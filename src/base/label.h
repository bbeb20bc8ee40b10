/*
 * label: the hash of a domain name, label by label from the root, so that the hash of a name is
 * made from that of the name above it:
 *
 *	hash(www.example.com.) = zm_label_hash(hash(example.com.), "www")
 *
 * Names that are equal without case (RFC 4343) have equal hashes; so do some that differ in other
 * bits, which is why a hash only ever says where to look.
 */
#ifndef ZM_BASE_LABEL_H
#define ZM_BASE_LABEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ZM_LABEL_ROOT UINT64_C(0x9e3779b97f4a7c15) /* the hash of the root */

static inline uint64_t zm_label_stir(uint64_t hash, uint64_t word)
{
	const uint64_t factor = UINT64_C(0xff51afd7ed558ccd);
	hash = (hash ^ word) * factor;
	return hash ^ hash >> 32;
}

/* `len` bytes, 63 at the most. */
static inline uint64_t zm_label_hash(uint64_t above, const char *bytes, size_t len)
{
	const uint64_t lower = UINT64_C(0x2020202020202020);
	uint64_t hash = zm_label_stir(above, len);
	uint64_t word;
	for (; len >= sizeof(word); len -= sizeof(word), bytes += sizeof(word)) {
		memcpy(&word, bytes, sizeof(word));
		hash = zm_label_stir(hash, word | lower);
	}
	if (len > 0) {
		word = 0;
		memcpy(&word, bytes, len);
		hash = zm_label_stir(hash, word | lower);
	}
	return hash;
}

#endif
