#include "zone/types.h"

struct type_name {
	const char *name;
	uint16_t type;
};

/* IANA's DNS parameters, the frequent ones first; 65401 and 65402 are PowerDNS's own. */
static const struct type_name types[] = {
	{"A", 1},         {"NS", 2},          {"AAAA", 28},     {"DS", 43},
	{"CNAME", 5},     {"MX", 15},         {"TXT", 16},      {"PTR", 12},
	{"RRSIG", 46},    {"NSEC3", 50},      {"SOA", 6},       {"SRV", 33},
	{"CAA", 257},     {"SPF", 99},        {"TLSA", 52},     {"NSEC", 47},
	{"DNSKEY", 48},   {"SSHFP", 44},      {"NAPTR", 35},    {"DNAME", 39},
	{"HTTPS", 65},    {"SVCB", 64},       {"LOC", 29},      {"HINFO", 13},
	{"RP", 17},       {"CDS", 59},        {"CDNSKEY", 60},  {"NSEC3PARAM", 51},
	{"ALIAS", 65401}, {"LUA", 65402},     {"MD", 3},        {"MF", 4},
	{"MB", 7},        {"MG", 8},          {"MR", 9},        {"NULL", 10},
	{"WKS", 11},      {"MINFO", 14},      {"AFSDB", 18},    {"X25", 19},
	{"ISDN", 20},     {"RT", 21},         {"NSAP", 22},     {"NSAP-PTR", 23},
	{"SIG", 24},      {"KEY", 25},        {"PX", 26},       {"GPOS", 27},
	{"NXT", 30},      {"EID", 31},        {"NIMLOC", 32},   {"ATMA", 34},
	{"KX", 36},       {"CERT", 37},       {"A6", 38},       {"SINK", 40},
	{"OPT", 41},      {"APL", 42},        {"IPSECKEY", 45}, {"DHCID", 49},
	{"SMIMEA", 53},   {"HIP", 55},        {"NINFO", 56},    {"RKEY", 57},
	{"TALINK", 58},   {"OPENPGPKEY", 61}, {"CSYNC", 62},    {"ZONEMD", 63},
	{"DSYNC", 66},    {"HHIT", 67},       {"BRID", 68},     {"UINFO", 100},
	{"UID", 101},     {"GID", 102},       {"UNSPEC", 103},  {"NID", 104},
	{"L32", 105},     {"L64", 106},       {"LP", 107},      {"EUI48", 108},
	{"EUI64", 109},   {"TKEY", 249},      {"TSIG", 250},    {"IXFR", 251},
	{"AXFR", 252},    {"MAILB", 253},     {"MAILA", 254},   {"ANY", 255},
	{"URI", 256},     {"AVC", 258},       {"DOA", 259},     {"AMTRELAY", 260},
	{"RESINFO", 261}, {"WALLET", 262},    {"TA", 32768},    {"DLV", 32769},
};

static bool word_is(struct zm_str text, const char *name)
{
	size_t i = 0;
	while (i < text.len && name[i] != '\0' && zm_lower(text.data[i]) == zm_lower(name[i])) {
		i++;
	}
	return i == text.len && name[i] == '\0';
}

static bool parse_number_after(struct zm_str text, struct zm_str prefix, uint16_t *value)
{
	uint64_t number;
	if (!zm_str_starts_nocase(text, prefix) ||
	    !zm_str_number(zm_str_sub(text, prefix.len, text.len), UINT16_MAX, &number)) {
		return false;
	}
	*value = (uint16_t)number;
	return true;
}

bool zm_type_parse(uint16_t *type, struct zm_str text)
{
	if (text.len == 0 || !zm_is_alpha(text.data[0])) {
		return false;
	}
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (word_is(text, types[i].name)) {
			*type = types[i].type;
			return true;
		}
	}
	return parse_number_after(text, ZM_STR("TYPE"), type) && *type != 0;
}

const char *zm_type_name(uint16_t type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (types[i].type == type) {
			return types[i].name;
		}
	}
	return NULL;
}

bool zm_type_is_meta(uint16_t type)
{
	return type == 41 || (type >= 128 && type <= 255); /* RFC 6895 3.1 */
}

bool zm_class_parse(uint16_t *class, struct zm_str text)
{
	static const struct type_name classes[] = {
		{"IN", 1}, {"CH", 3}, {"CHAOS", 3}, {"HS", 4}, {"HESIOD", 4},
	};
	if (text.len < 2 || !zm_is_alpha(text.data[0])) {
		return false;
	}
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		if (word_is(text, classes[i].name)) {
			*class = classes[i].type;
			return true;
		}
	}
	return parse_number_after(text, ZM_STR("CLASS"), class);
}

uint32_t zm_ttl_unit(char unit)
{
	switch (zm_lower(unit)) {
	case 'w':
		return 7 * 24 * 3600;
	case 'd':
		return 24 * 3600;
	case 'h':
		return 3600;
	case 'm':
		return 60;
	case 's':
		return 1;
	default:
		return 0;
	}
}

bool zm_ttl_parse(uint32_t *ttl, struct zm_str text)
{
	uint64_t sum = 0;
	size_t at = 0;
	while (at < text.len) {
		size_t digits = at;
		while (digits < text.len && zm_is_digit(text.data[digits])) {
			digits++;
		}
		uint64_t number;
		if (!zm_str_number(zm_str_sub(text, at, digits), UINT32_MAX, &number)) {
			return false;
		}
		if (digits == text.len) {
			sum += number;
			if (at > 0) {
				return false; /* `1h30`: a last number without unit stands alone or
						 not at all */
			}
			break;
		}
		sum += number * zm_ttl_unit(text.data[digits]);
		if (zm_ttl_unit(text.data[digits]) == 0 || sum > UINT32_MAX) {
			return false;
		}
		at = digits + 1;
	}
	*ttl = (uint32_t)sum;
	return text.len > 0;
}
