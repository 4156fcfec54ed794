/* conf.h: the configuration: one table of key, kind, default, bounds and
 * sentence (conf.c) that parser, print-config and man page check all read. */
#ifndef SERVER_CONF_H
#define SERVER_CONF_H

#include "schema/bytes.h"

struct conf {
	char data[256]; /* the data directory; not a key of the file */
	char listen[64]; /* address to listen on */
	int64_t port;
	int64_t threads;
	int64_t connections, connections_per_ip;
	int64_t timeout; /* seconds */
	char log_origin[128]; /* "q.example.cn/suyuan" */
	char label_base[128]; /* "HTTPS://Q.EXAMPLE.CN", without a final slash */
	char signer_state[256]; /* the signer's directory, when it is a child */
	char signer_socket[256]; /* "": start the signer as a child */
	char signer_program[256]; /* "": beside suyuan-server */
	char anchor[256]; /* file; relative to the data directory */
	bool demonstration; /* records of invented companies are allowed and marked */
	int64_t auth_failures; /* failed sign-ins per address and minute */
	int64_t verify_rate; /* anonymous verifications per address and minute; 0: no limit */
	int64_t suspicious_scans, suspicious_days; /* a code scanned so often on so many days is suspicious */
	int64_t trust_stale; /* seconds after its expiry that a trust list is still served */
};

enum conf_kind { CONF_TEXT, CONF_INT, CONF_BOOL };
struct conf_key {
	const char *name;
	enum conf_kind kind;
	size_t offset, size; /* of the member */
	const char *otherwise; /* default, as written */
	int64_t min, max; /* numbers: bounds; texts: length */
	const char *zh, *en;
};
extern const struct conf_key conf_keys[];
extern const size_t conf_keys_len;

/* Defaults, then <data>/suyuan.conf. BAD_CONFIG with field "line N". */
enum sy_err conf_load(const char *data, struct conf *ret, struct sy_fault *reterr) SY_MUST;
enum sy_err conf_parse(struct sy_span text, struct conf *ret, struct sy_fault *reterr) SY_MUST; /* onto what *ret holds */
void conf_defaults(struct conf *ret);
void conf_print(const struct conf *c, struct sy_buf *ret); /* as a file that parses back */

#endif
