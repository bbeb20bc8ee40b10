#include "zone/rdata/layout.h"

/* The frequent ones first. A line: type, size, name, fields, their names. */
static const struct zm_layout layouts[] = {
	{2, 0, "NS", {ZM_NAME}, {"name server"}}, /* RFC 1035 3.3.11 */
	{1, 0, "A", {ZM_IP4}, {"address"}},
	{28, 0, "AAAA", {ZM_IP6}, {"address"}}, /* RFC 3596 2.2 */
	{43,
	 ZM_SIZE_DIGEST,
	 "DS", /* RFC 4034 5.3 */
	 {ZM_U16, ZM_ALGORITHM, ZM_DIGEST_TYPE, ZM_HEX},
	 {"key tag", "algorithm", "digest type", "digest"}},
	{5, 0, "CNAME", {ZM_NAME}, {"canonical name"}},
	{15, 0, "MX", {ZM_U16, ZM_NAME}, {"preference", "exchange"}},
	{12, 0, "PTR", {ZM_NAME}, {"name"}},
	{46,
	 0,
	 "RRSIG", /* RFC 4034 3.2 */
	 {ZM_COVERED, ZM_ALGORITHM, ZM_U8, ZM_U32, ZM_TIME, ZM_TIME, ZM_U16, ZM_NAME, ZM_BASE64},
	 {"type covered", "algorithm", "labels", "original TTL", "expiration", "inception",
	  "key tag", "signer", "signature"}},
	{50,
	 0,
	 "NSEC3", /* RFC 5155 3.3 */
	 {ZM_HASH, ZM_U8, ZM_U16, ZM_SALT, ZM_BASE32, ZM_TYPES},
	 {"hash algorithm", "flags", "iterations", "salt", "next hash", "types"}},
	{47, 0, "NSEC", {ZM_NAME, ZM_TYPES}, {"next name", "types"}},
	{51,
	 0,
	 "NSEC3PARAM",
	 {ZM_HASH, ZM_U8, ZM_U16, ZM_SALT},
	 {"hash algorithm", "flags", "iterations", "salt"}},
	{33,
	 0,
	 "SRV", /* RFC 2782 */
	 {ZM_U16, ZM_U16, ZM_U16, ZM_NAME},
	 {"priority", "weight", "port", "target"}},
	{257, 0, "CAA", {ZM_U8, ZM_TAG, ZM_VALUE}, {"flags", "tag", "value"}},
	{48,
	 0,
	 "DNSKEY",
	 {ZM_KEY_FLAGS, ZM_PROTOCOL, ZM_ALGORITHM, ZM_BASE64},
	 {"flags", "protocol", "algorithm", "key"}},
	{60,
	 0,
	 "CDNSKEY",
	 {ZM_KEY_FLAGS, ZM_PROTOCOL, ZM_ALGORITHM, ZM_BASE64},
	 {"flags", "protocol", "algorithm", "key"}},
	{59,
	 ZM_SIZE_DIGEST,
	 "CDS",
	 {ZM_U16, ZM_ALGORITHM, ZM_DIGEST_TYPE, ZM_HEX},
	 {"key tag", "algorithm", "digest type", "digest"}},
	{52,
	 0,
	 "TLSA", /* RFC 6698 2.2 */
	 {ZM_U8, ZM_U8, ZM_U8, ZM_HEX},
	 {"usage", "selector", "matching type", "certificate data"}},
	{53,
	 0,
	 "SMIMEA", /* RFC 8162 2 */
	 {ZM_U8, ZM_U8, ZM_U8, ZM_HEX},
	 {"usage", "selector", "matching type", "certificate data"}},
	{44,
	 ZM_SIZE_SSHFP,
	 "SSHFP",
	 {ZM_U8, ZM_U8, ZM_HEX},
	 {"algorithm", "fingerprint type", "fingerprint"}},
	{35,
	 0,
	 "NAPTR", /* RFC 3403 4.1 */
	 {ZM_U16, ZM_U16, ZM_STRING, ZM_STRING, ZM_REGEXP, ZM_NAME},
	 {"order", "preference", "flags", "services", "regexp", "replacement"}},
	{39, 0, "DNAME", {ZM_NAME}, {"target"}},
	{13, 0, "HINFO", {ZM_STRING, ZM_STRING}, {"CPU", "OS"}},
	{17, 0, "RP", {ZM_NAME, ZM_NAME}, {"mailbox", "TXT name"}},
	{18, 0, "AFSDB", {ZM_U16, ZM_NAME}, {"subtype", "host"}},
	{21, 0, "RT", {ZM_U16, ZM_NAME}, {"preference", "host"}},
	{36, 0, "KX", {ZM_U16, ZM_NAME}, {"preference", "exchanger"}},
	{256, 0, "URI", {ZM_U16, ZM_U16, ZM_URI}, {"priority", "weight", "target"}},
	{61, 0, "OPENPGPKEY", {ZM_BASE64}, {"key"}}, /* RFC 7929 2.3 */
	{49, 0, "DHCID", {ZM_BASE64}, {"data"}},     /* RFC 4701 3.2 */
	{55,
	 0,
	 "HIP", /* RFC 8005 6 */
	 {ZM_U8, ZM_HEX_WORD, ZM_BASE64_WORD, ZM_NAMES},
	 {"algorithm", "identity tag", "key", "rendezvous servers"}},
	{11, 0, "WKS", {ZM_IP4, ZM_KNOWN_AS, ZM_SERVICES}, {"address", "protocol", "services"}},
	{22, 0, "NSAP", {ZM_NSAP}, {"address"}},
	{27, 0, "GPOS", {ZM_STRING, ZM_STRING, ZM_STRING}, {"longitude", "latitude", "altitude"}},
	{62, 0, "CSYNC", {ZM_U32, ZM_U16, ZM_TYPES}, {"serial", "flags", "types"}},
	{63,
	 ZM_SIZE_ZONEMD,
	 "ZONEMD",
	 {ZM_U32, ZM_U8, ZM_U8, ZM_HEX},
	 {"serial", "scheme", "hash algorithm", "digest"}},
	{37,
	 0,
	 "CERT",
	 {ZM_CERT_TYPE, ZM_U16, ZM_ALGORITHM, ZM_BASE64},
	 {"certificate type", "key tag", "algorithm", "certificate"}},
	{108, 0, "EUI48", {ZM_EUI48}, {"address"}},
	{109, 0, "EUI64", {ZM_EUI64}, {"address"}},
	{104, 0, "NID", {ZM_U16, ZM_LOCATOR}, {"preference", "node identifier"}},
	{105, 0, "L32", {ZM_U16, ZM_IP4}, {"preference", "locator"}},
	{106, 0, "L64", {ZM_U16, ZM_LOCATOR}, {"preference", "locator"}},
	{107, 0, "LP", {ZM_U16, ZM_NAME}, {"preference", "name"}},
	{65401, 0, "ALIAS", {ZM_NAME}, {"target"}}, /* PowerDNS's own, as the next */
	{65402, 0, "LUA", {ZM_TYPE, ZM_STRINGS}, {"type", "code"}},
	{7, 0, "MB", {ZM_NAME}, {"host"}},
	{8, 0, "MG", {ZM_NAME}, {"mailbox"}},
	{9, 0, "MR", {ZM_NAME}, {"mailbox"}},
	{14, 0, "MINFO", {ZM_NAME, ZM_NAME}, {"responsible mailbox", "error mailbox"}},
	{19, 0, "X25", {ZM_DIGITS}, {"address"}},
	{20, ZM_SIZE_FREE, "ISDN", {ZM_STRING, ZM_STRING}, {"address", "subaddress"}},
	{23, 0, "NSAP-PTR", {ZM_NAME}, {"owner"}},
	{24,
	 0,
	 "SIG",
	 {ZM_COVERED, ZM_ALGORITHM, ZM_U8, ZM_U32, ZM_DATE, ZM_DATE, ZM_U16, ZM_NAME, ZM_BASE64},
	 {"type covered", "algorithm", "labels", "original TTL", "expiration", "inception",
	  "key tag", "signer", "signature"}},
	{25,
	 ZM_SIZE_KEY,
	 "KEY",
	 {ZM_KEY_FLAGS, ZM_PROTOCOL, ZM_ALGORITHM, ZM_BASE64},
	 {"flags", "protocol", "algorithm", "key"}},
	{26, 0, "PX", {ZM_U16, ZM_NAME, ZM_NAME}, {"preference", "MAP822", "MAPX400"}},
	{30, 0, "NXT", {ZM_NAME, ZM_LOW_TYPES}, {"next name", "types"}},
	{31, 0, "EID", {ZM_HEX}, {"data"}},
	{32, 0, "NIMLOC", {ZM_HEX}, {"data"}},
	{40,
	 ZM_SIZE_FREE,
	 "SINK",
	 {ZM_U8, ZM_U8, ZM_U8, ZM_BASE64},
	 {"meaning", "coding", "subcoding", "data"}},
	{56, 0, "NINFO", {ZM_STRINGS}, {"text"}},
	{57,
	 0,
	 "RKEY",
	 {ZM_ZERO, ZM_PROTOCOL, ZM_ALGORITHM, ZM_BASE64},
	 {"flags", "protocol", "algorithm", "key"}},
	{58, 0, "TALINK", {ZM_NAME, ZM_NAME}, {"previous", "next"}},
	{66,
	 0,
	 "DSYNC", /* RFC 9859 2.1 */
	 {ZM_COVERED, ZM_SCHEME, ZM_U16, ZM_NAME},
	 {"type", "scheme", "port", "target"}},
	{67, 0, "HHIT", {ZM_BASE64}, {"data"}},
	{68, 0, "BRID", {ZM_BASE64}, {"data"}},
	{258, 0, "AVC", {ZM_STRINGS}, {"text"}},
	{261, 0, "RESINFO", {ZM_STRINGS}, {"text"}},
	{262, 0, "WALLET", {ZM_STRINGS}, {"text"}},
	{32768,
	 ZM_SIZE_DIGEST,
	 "TA",
	 {ZM_U16, ZM_ALGORITHM, ZM_DIGEST_TYPE, ZM_HEX},
	 {"key tag", "algorithm", "digest type", "digest"}},
	{32769,
	 ZM_SIZE_DIGEST,
	 "DLV",
	 {ZM_U16, ZM_ALGORITHM, ZM_DIGEST_TYPE, ZM_HEX},
	 {"key tag", "algorithm", "digest type", "digest"}},
};

const struct zm_layout *zm_layout_find(uint16_t type)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		if (layouts[i].type == type) {
			return &layouts[i];
		}
	}
	return NULL;
}

/* 0: any size. */
static size_t digest_size(uint32_t type)
{
	static const uint8_t sizes[] = {0, 20, 32, 0, 48};
	return type < sizeof(sizes) ? sizes[type] : 0;
}

static size_t fingerprint_size(uint32_t type)
{
	return type == 1 ? 20 : type == 2 ? 32 : 0;
}

static size_t zone_digest_size(uint32_t hash)
{
	return hash == 1 ? 48 : hash == 2 ? 64 : 0;
}

bool zm_layout_size_fits(const struct zm_layout *layout, const uint32_t *number, size_t bytes)
{
	enum { ZONEMD_LEAST = 12 }; /* RFC 8976 2.2.4 */
	size_t wanted = 0;
	switch (layout->size) {
	case ZM_SIZE_DIGEST:
		wanted = digest_size(number[2]);
		break;
	case ZM_SIZE_SSHFP:
		wanted = fingerprint_size(number[1]);
		break;
	case ZM_SIZE_ZONEMD:
		wanted = zone_digest_size(number[2]);
		return wanted == 0 ? bytes >= ZONEMD_LEAST : bytes == wanted;
	case ZM_SIZE_KEY:
		return (bytes == 0) == ((number[0] & 0xc000) == 0xc000);
	case ZM_SIZE_FREE:
		return true;
	default:
		break;
	}
	return bytes > 0 && (wanted == 0 || bytes == wanted);
}
