/*
 * Zones to measure with, the same at every run:
 *
 *	zones tld N > zone       N delegations: NS, glue, DS, now and then a TXT
 *	zones txt N > zone       N names with an SPF record each
 *	zones hosting N DIR      N small zones of the kind that hosters have, one a file
 *	zones read DIR           reads every file there and does nothing else: the least that it
 *costs
 */
#include "base/arena.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t state = UINT64_C(0x5eed);

/* xorshift64*: enough to keep lines from being all alike. */
static uint32_t random_below(uint32_t bound)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)((state * UINT64_C(0x2545f4914f6cdd1d)) >> 32) % bound;
}

static const char *syllable(void)
{
	static const char *const all[] = {"al",   "bern", "co", "dor",  "en",   "fa",
					  "gard", "hol",  "in", "jun",  "ka",   "lund",
					  "mar",  "nord", "os", "port", "qu",   "ros",
					  "sun",  "tal",  "ur", "vik",  "west", "zel"};
	return all[random_below(sizeof(all) / sizeof(*all))];
}

static void put_ip4(FILE *out)
{
	fprintf(out, "%u.%u.%u.%u", 1 + random_below(223), random_below(256), random_below(256),
		1 + random_below(254));
}

static void put_spf(FILE *out)
{
	static const char *const ends[] = {"-all", "~all", "~all", "?all", "-all"};
	uint32_t kind = random_below(100);
	fputs("v=spf1", out);
	if (kind < 30) {
		fputs(" include:iclassprov2.com", out);
	}
	fputs(kind % 3 == 0 ? " mx" : "", out);
	fputs(kind % 4 == 0 ? " a" : "", out);
	if (kind % 2 == 1) {
		fputs(" ip4:", out);
		put_ip4(out);
	}
	if (kind % 7 == 0) {
		fprintf(out, " ip6:2001:db8:%x::/48", random_below(0x10000));
	}
	fputs(kind % 3 == 1 ? " include:_spf.google.com" : "", out);
	fputs(kind % 3 == 2 ? " include:spf.protection.outlook.com" : "", out);
	fprintf(out, " %s", kind == 99 ? "+all" : ends[random_below(5)]);
}

/* ---- One zone of many delegations ---- */

static void put_glue(FILE *out, const char *name)
{
	for (int server = 1; server <= 2; server++) {
		fprintf(out, "ns%d.%s\tIN\tA\t", server, name);
		put_ip4(out);
		fputc('\n', out);
	}
}

static void put_delegation(FILE *out, uint32_t number)
{
	char name[64];
	snprintf(name, sizeof(name), "%s%s%s%u", syllable(), syllable(), random_below(2) ? "-" : "",
		 number);
	bool has_glue = random_below(100) < 6;
	const char *provider = syllable();
	for (int server = 1; server <= 2; server++) {
		fprintf(out, server == 1 ? "%s\t\tIN\tNS\t" : "\t\tIN\tNS\t", name);
		fprintf(out, "ns%d.%s%s\n", server, has_glue ? name : provider,
			has_glue ? "" : "-dns.example.");
	}
	if (has_glue) {
		put_glue(out, name);
	}
	if (random_below(100) < 30) {
		fprintf(out, "%s\t\t86400\tIN\tDS\t%u 13 2 ", name, random_below(0x10000));
		for (int i = 0; i < 8; i++) {
			fprintf(out, "%08X", random_below(UINT32_MAX));
		}
		fputc('\n', out);
	}
	if (number % 1000 == 7) {
		fprintf(out, "%s\t\t\tIN\tTXT\t\"", name);
		put_spf(out);
		fputs("\"\n", out);
	}
}

static void put_tld(uint32_t count)
{
	puts("; delegations\n$ORIGIN tldx.\n$TTL 86400\n"
	     "@\t3600\tIN\tSOA\ta.nic.tldx. hostmaster.nic.tldx. (\n\t\t2024050100 ; serial\n"
	     "\t\t1800 900 604800 3600 )\n\t\tIN\tNS\ta.nic.tldx.\n\t\tIN\tNS\tb.nic.tldx.\n"
	     "a.nic\t\tIN\tA\t192.0.2.1\nb.nic\t\tIN\tA\t192.0.2.2");
	for (uint32_t i = 0; i < count; i++) {
		put_delegation(stdout, i);
	}
}

static void put_txt(uint32_t count)
{
	puts("$ORIGIN spfheavy.example.\n$TTL 3600\n@ IN SOA ns1 hostmaster 2024050100 7200 3600 "
	     "1209600 "
	     "3600\n@ IN NS ns1\nns1 IN A 192.0.2.1");
	for (uint32_t i = 0; i < count; i++) {
		printf("%s%s%u\t300\tIN\tTXT\t\"", syllable(), syllable(), i);
		put_spf(stdout);
		puts("\"");
	}
}

/* ---- Many small zones ---- */

static void put_hosts(FILE *out)
{
	static const char *const host[] = {"ftp", "webmail", "shop", "blog", "dev", "api",
					   "vpn", "cdn",     "imap", "smtp", "git", "status"};
	for (size_t i = 0; i < sizeof(host) / sizeof(*host); i++) {
		if (random_below(3) == 0) {
			fprintf(out, "%-12s IN CNAME www\n", host[i]);
		} else {
			fprintf(out, "%-12s IN A ", host[i]);
			put_ip4(out);
			fputc('\n', out);
		}
	}
}

static void put_key(FILE *out)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	fputs("s1._domainkey IN TXT ( \"v=DKIM1; k=rsa; p=", out);
	for (int i = 0; i < 390; i++) {
		fputc(digit[random_below(sizeof(digit) - 1)], out);
		if (i % 200 == 199) {
			fputs("\"\n               \"", out);
		}
	}
	fputs("\" )\n", out);
}

static void put_zone(FILE *out, const char *name)
{
	fprintf(out,
		"; Zone file for %s\n$ORIGIN %s.\n$TTL 1h\n@ IN SOA ns1.hoster.example. "
		"hostmaster.hoster.example. (\n"
		"                %u ; serial\n                7200       ; refresh\n"
		"                3600       ; retry\n                1209600    ; expire\n"
		"                3600 )     ; minimum\n\n",
		name, name, 2024000000 + 10101 + random_below(100000));
	fputs("@            IN NS ns1.hoster.example.\n             IN NS ns2.hoster.example.\n"
	      "; mail\n@            IN MX 10 mail\n@            IN A ",
	      out);
	put_ip4(out);
	fputs("\nwww          IN A ", out);
	put_ip4(out);
	fputs("\nmail         IN A ", out);
	put_ip4(out);
	fputc('\n', out);
	put_hosts(out);
	fputs("; spf\n@            IN TXT \"", out);
	put_spf(out);
	fputs("\"\n", out);
	put_key(out);
	fprintf(out, "_dmarc       IN TXT \"v=DMARC1; p=none; rua=mailto:dmarc@%s\"\n", name);
}

static bool put_hosting(uint32_t count, const char *folder)
{
	char path[4096];
	for (uint32_t i = 0; i < count; i++) {
		char name[64];
		snprintf(name, sizeof(name), "d%05u-%s%s.example", i, syllable(), syllable());
		snprintf(path, sizeof(path), "%s/%s.zone", folder, name);
		FILE *out = fopen(path, "w");
		if (out == NULL) {
			perror(path);
			return false;
		}
		put_zone(out, name);
		fclose(out);
	}
	return true;
}

static bool read_all(const char *folder)
{
	static char bytes[1 << 20];
	size_t total = 0;
	DIR *dir = opendir(folder);
	if (dir == NULL || chdir(folder) != 0) {
		perror(folder);
		return false;
	}
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		int fd = entry->d_name[0] == '.' ? -1 : open(entry->d_name, O_RDONLY);
		ssize_t got = fd < 0 ? 0 : read(fd, bytes, sizeof(bytes));
		total += got > 0 ? (size_t)got : 0;
		if (fd >= 0) {
			close(fd);
		}
	}
	closedir(dir);
	printf("%zu bytes\n", total);
	return true;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "read") == 0) {
		return read_all(argv[2]) ? 0 : 1;
	}
	uint64_t count = 0;
	if (argc < 3 || !zm_str_number(zm_str_from(argv[2]), UINT32_MAX, &count)) {
		fputs("usage: zones tld N | txt N | hosting N DIR | read DIR\n", stderr);
		return 2;
	}
	if (argc == 4 && strcmp(argv[1], "hosting") == 0) {
		return put_hosting((uint32_t)count, argv[3]) ? 0 : 1;
	}
	if (strcmp(argv[1], "tld") == 0) {
		put_tld((uint32_t)count);
	} else {
		put_txt((uint32_t)count);
	}
	return 0;
}
