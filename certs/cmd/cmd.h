/* cmd.h: what the verbs of suyuan-certs share: options as a table, files,
 * passphrases, facts for people or as JSON, and exit codes (0 yes, 1 checked and
 * no, 2 could not tell). A verb is a row in main.c and a file of its name. */
#ifndef SUYUAN_CERTS_CMD_H
#define SUYUAN_CERTS_CMD_H

#include "certs/entry.h"
#include "schema/wire/json.h"

#define CMD_GIVEN_MAX 256

struct cmd_option {
	const char *name; /* without the dashes; NULL ends the table */
	const char *arg; /* NULL: a flag */
	const char *zh, *en;
};

struct cmd_args;
struct cmd_verb {
	const char *name; /* "issue", "trust init" */
	const char *operand; /* "FILE", or NULL: takes none */
	const char *zh, *en;
	const struct cmd_option *options;
	int (*run)(const struct cmd_args *a);
};

struct cmd_args {
	const struct cmd_verb *verb;
	size_t n;
	struct {
		const char *name, *value; /* name NULL: an operand */
	} given[CMD_GIVEN_MAX];
};

/* args.c */
/* 0, or the exit code to end with (help was printed, or the command line is wrong). -1: go on. */
int cmd_parse(const struct cmd_verb *verb, int argc, char **argv, struct cmd_args *ret);
void cmd_help(const struct cmd_verb *verb, bool error);
const char *cmd_get(const struct cmd_args *a, const char *name); /* NULL: not given; name NULL: the operand */
bool cmd_has(const struct cmd_args *a, const char *name);
/* The i-th value of an option that may stand more than once; NULL after the last. */
const char *cmd_nth(const struct cmd_args *a, const char *name, size_t i);
/* Absent: BAD_ARGUMENT, said aloud. */
enum sy_err cmd_need(const struct cmd_args *a, const char *name, const char **ret) SY_MUST;
enum sy_err cmd_u64(const struct cmd_args *a, const char *name, uint64_t otherwise, uint64_t max, uint64_t *ret) SY_MUST;
enum sy_err cmd_time(const struct cmd_args *a, const char *name, int64_t otherwise, int64_t *ret) SY_MUST;

/* say.c */
/* "suyuan-certs <verb>: <what>: <sentence>", zh then en; returns the exit code. */
int cmd_fail(const struct cmd_args *a, const char *what, enum sy_err e, const struct sy_fault *f);
int cmd_exit(enum sy_err e);
struct cmd_facts {
	struct sy_json *json;
	struct sy_buf text;
	enum sy_err err;
};
void cmd_facts_init(struct cmd_facts *f);
void cmd_facts_done(struct cmd_facts *f);
void cmd_fact(struct cmd_facts *f, const char *name, const char *zh, const char *value);
void cmd_fact_int(struct cmd_facts *f, const char *name, const char *zh, int64_t value);
void cmd_fact_time(struct cmd_facts *f, const char *name, const char *zh, int64_t value); /* INT64_MAX: "-" */
void cmd_fact_hex(struct cmd_facts *f, const char *name, const char *zh, const uint8_t *data, size_t len);
enum sy_err cmd_facts_show(const struct cmd_facts *f, bool json) SY_MUST; /* to standard output */
bool cmd_ask(const char *zh, const char *en); /* on the terminal; false without one */

/* file.c */
enum sy_err cmd_read(const char *path, size_t max, struct sy_buf *ret) SY_MUST; /* "-": standard input */
/* NULL or "-": standard output. Otherwise a new file takes the old one's place at once. */
enum sy_err cmd_write(const char *path, struct sy_span s, bool secret) SY_MUST;
bool cmd_exists(const char *path);
enum sy_err cmd_mkdir(const char *path) SY_MUST; /* 0700; there already is fine */
enum sy_err cmd_join(struct sy_buf *ret, const char *dir, const char *name) SY_MUST; /* "dir/name", NUL-terminated */
enum sy_err cmd_passphrase(const struct cmd_args *a, bool twice, struct sy_secret **ret) SY_MUST;

/* pem.c */
enum sy_err cmd_read_key(const struct cmd_args *a, const char *path, struct sy_key **ret) SY_MUST; /* private */
enum sy_err cmd_read_key_with(const char *path, const struct sy_secret *passphrase, struct sy_key **ret) SY_MUST;
enum sy_err cmd_write_key(const char *path, const struct sy_key *k, const struct sy_secret *passphrase) SY_MUST;
enum sy_err cmd_read_spki(const char *path, struct sy_key **ret) SY_MUST; /* PEM, or base64 on one line */
enum sy_err cmd_parse_spki(struct sy_span text, struct sy_key **ret) SY_MUST;
enum sy_err cmd_print_spki(const struct sy_key *k, bool pem, struct sy_buf *ret) SY_MUST;
enum sy_err cmd_read_cert(const char *path, struct sy_cert **ret) SY_MUST;

#define CMD_CERTS_MAX 256
struct cmd_certs {
	size_t n;
	struct sy_cert *cert[CMD_CERTS_MAX];
};
void cmd_certs_done(struct cmd_certs *c);
/* All certificates of a PEM file, added. */
enum sy_err cmd_read_certs(const char *path, struct cmd_certs *ret) SY_MUST;

/* load.c */
/* --trust by --anchor; TRUST_EXPIRED when it is past its date at that time and --allow-stale was not given. */
enum sy_err cmd_load_trust(const struct cmd_args *a, int64_t now, struct sy_trust **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err cmd_load_anchor(const char *path, struct sy_anchor *ret, struct sy_fault *reterr) SY_MUST;
/* --log-key VKEY, or the log keys of --trust. */
struct cmd_log_keys {
	size_t n;
	struct sy_note_key key[16];
};
enum sy_err cmd_load_log_keys(const struct cmd_args *a, int64_t now, struct cmd_log_keys *ret, struct sy_fault *reterr) SY_MUST;
int64_t cmd_now(void);

/* root.c: a directory that holds the roots of a small installation, see suyuan-certs-trust(1). */
enum sy_err cmd_root_passphrase(const struct cmd_args *a, const char *dir, struct sy_secret **ret) SY_MUST;
/* Signs a list's text with as many roots of the directory as its anchor asks for. */
enum sy_err cmd_root_sign(const struct cmd_args *a, const char *dir, struct sy_buf *note) SY_MUST;

int verb_keygen(const struct cmd_args *a);
int verb_pub(const struct cmd_args *a);
int verb_csr(const struct cmd_args *a);
int verb_issue(const struct cmd_args *a);
int verb_show(const struct cmd_args *a);
int verb_seal(const struct cmd_args *a);
int verb_check(const struct cmd_args *a);
int verb_trust_init(const struct cmd_args *a);
int verb_trust_make(const struct cmd_args *a);
int verb_trust_renew(const struct cmd_args *a);
int verb_trust_sign(const struct cmd_args *a);
int verb_trust_verify(const struct cmd_args *a);
int verb_proof(const struct cmd_args *a);
int verb_log_fsck(const struct cmd_args *a);

#endif
