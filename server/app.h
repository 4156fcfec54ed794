/* app.h: what the parts of a running server share. main.c and cmd/serve.c wire
 * it; nothing here changes after the start but what guards itself. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "server/conf.h"
#include "server/service/commit.h"
#include "server/service/trust.h"
#include "server/signer/client.h"
#include "server/store/pool.h"

struct face; /* service/verify.h */
struct logbook; /* service/logbook.h */
struct metrics; /* service/metrics.h */
struct limit; /* service/limit.h */

struct app {
	const struct conf *conf;
	struct db_pool *reads; /* DB_LOAN(app->reads, ..) in each handler that reads */
	struct writer *writer; /* commit_submit, commit_now */
	struct signer_client *signer; /* requests other than label streams */
	char signer_socket[256]; /* for signer_stream_open */
	struct trust_cache *trust;
	struct logbook *logbook;
	struct metrics *metrics;
	struct limit *failures; /* wrong tokens and passphrases, by address */
	struct limit *verified; /* labels asked about, by address; NULL: not counted */
	struct face *face; /* views and verdicts: face_new, face_free */
	int64_t (*clock)(void); /* through service/now.h */
};

#endif
