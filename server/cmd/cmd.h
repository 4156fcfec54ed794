/* cmd/cmd.h: the verbs of suyuan-server: a file each, and a table of options
 * each. Exit codes: 0 done or yes, 1 checked and no, 2 could not. */
#ifndef SERVER_CMD_CMD_H
#define SERVER_CMD_CMD_H

#include "schema/bytes.h"
#include "server/conf.h"
#include "server/store/db.h"

struct cmd_option {
	const char *name; /* "--data" */
	const char *value; /* what it takes, for the help; NULL: a flag */
	bool needed;
	size_t offset; /* of a const char * in the verb's own struct; a flag sets "" */
	const char *zh, *en;
};
struct cmd_verb {
	const char *name; /* "user add" is two words */
	const struct cmd_option *options;
	size_t n;
	size_t size; /* of the verb's struct */
	int (*run)(const void *options);
	const char *zh, *en;
};
extern const struct cmd_verb cmd_init, cmd_serve, cmd_check, cmd_user_add, cmd_user_token, cmd_trust, cmd_migrate, cmd_backup, cmd_restore,
    cmd_print_config;

int cmd_main(int argc, char **argv);

/* What verbs share. */
#define CMD_VALUE_MAX 4096
int cmd_fail(const char *what, enum sy_err e, const struct sy_fault *f); /* says it on stderr; 2 */
/* The data directory: --data, else $SUYUAN_DATA, else ./suyuan-data. */
const char *cmd_data(const char *given);
enum sy_err cmd_open(const char *data, enum db_mode mode, struct conf *retconf, struct db **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err cmd_migrate_db(struct db *db, struct sy_fault *reterr) SY_MUST;
enum sy_err cmd_read(const char *path, size_t max, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
/* A new file, readable by its owner only, on disk when it returns. EXISTS. */
enum sy_err cmd_write(const char *path, struct sy_span s, struct sy_fault *reterr) SY_MUST;
/* anchor, trust, status and root certificate: files; any may be NULL. Stores note and certificates. */
enum sy_err cmd_install_trust(const struct conf *c, struct db *db, const char *anchor, const char *trust, const char *status_cert,
    const char *root_cert, struct sy_fault *reterr) SY_MUST;

#endif
