#include "cli/reload.h"

const struct zm_nameserver *zm_reload_by(const struct zm_options *options,
					 const struct zm_policy *policy,
					 const struct zm_configuration *configuration)
{
	if (options->server != NULL) {
		return options->server;
	}
	if (policy != NULL && policy->server.text.data != NULL) {
		return zm_nameserver_find(policy->server.text);
	}
	bool is_told = configuration != NULL && configuration->server != NULL;
	return is_told ? configuration->server : &zm_nameservers[0];
}
