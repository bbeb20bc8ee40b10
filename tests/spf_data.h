/*
 * spf_data: the DNS data of one document of a suite (spf_suite.h says how it is written) as a
 * resolver.
 */
#ifndef ZM_TESTS_SPF_DATA_H
#define ZM_TESTS_SPF_DATA_H

#include "spf/resolve.h"

#include <yaml.h>

struct zm_spf_data {
	yaml_document_t *document;
	yaml_node_t *zonedata; /* a mapping, or NULL */
};

struct zm_resolver zm_spf_data_resolver(struct zm_spf_data *data);

/* A scalar's text; empty for any other node, for YAML's null and for NULL. */
struct zm_str zm_yaml_text(const yaml_node_t *node);

/* The value of `key` in a mapping, or NULL. */
yaml_node_t *zm_yaml_get(yaml_document_t *document, const yaml_node_t *mapping, const char *key);

#endif
