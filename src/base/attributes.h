/*
 * attributes: what a file has besides its bytes (owner, mode, access control lists, labels and
 * other extended attributes), carried over to the file that replaces it.
 */
#ifndef ZM_BASE_ATTRIBUTES_H
#define ZM_BASE_ATTRIBUTES_H

#include "base/error.h"

/*
 * Gives `to` the owner, mode and extended attributes of `from`, and takes away those that `from`
 * lacks. Fails when one cannot be kept: `err` says which, of `path`, and `to` is then of no use.
 * Needs read access to `from` and write access to `to`, both open files.
 */
bool zm_attributes_copy(int from, int to, const char *path, struct zm_error *err);

#endif
