#include "zone/nameserver.h"

const char *const zm_nameserver_names[ZM_NAMESERVERS + 1] = {"named", "nsd", "knot", "pdns", NULL};

const struct zm_nameserver zm_nameservers[ZM_NAMESERVERS] = {
	{"rndc reload", "rndc thaw", true},
	{"nsd-control reload", NULL, false},
	{"knotc zone-reload", NULL, false},
	{"pdns_control bind-reload-now", NULL, false},
};

const struct zm_nameserver *zm_nameserver_find(struct zm_str name)
{
	for (size_t i = 0; i < ZM_NAMESERVERS; i++) {
		if (zm_str_eq(name, zm_str_from(zm_nameserver_names[i]))) {
			return &zm_nameservers[i];
		}
	}
	return NULL;
}
