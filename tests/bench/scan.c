/* scan.c: server CPU of a first-seen scan over HTTP beside the sum of its parts:
 * a bare libmicrohttpd answer of the same size, one EVP verify, one SQLite lookup;
 * with 64 and with 16 askers. Turns are interleaved in one run and medians compared;
 * CPU time of the server process alone counts, so that clients and neighbours matter little.
 * Beside it: one code asked for again and again, verdicts as JSON, bytes, memory.
 *   bench-scan [rounds] [scans a round] */
#include "tests/unit/server/service/public_fixture.h"

#include "server/api/dispatch.h"
#include "server/http/daemon.h"
#include "server/service/limit.h"
#include "server/service/metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#define CLIENTS_MAX 64
#define THREADS 2

static double
clock_of(clockid_t id)
{
	struct timespec t;
	(void)clock_gettime(id, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct child {
	pid_t pid;
	int stop; /* closed: the child ends */
	unsigned port;
	clockid_t clock;
};

static void
wait_closed(int fd)
{
	char c;
	while (read(fd, &c, 1) < 0 && errno == EINTR)
		continue;
}

/* Our server, as serve wires it but for the signer: the serial key is known. */
static void
serve_ours(struct fix *x, int up, int stop)
{
	static struct metrics metrics;
	char path[96];
	struct db *writer = NULL;
	struct daemon *d = NULL;
	(void)snprintf(path, sizeof path, "%s/suyuan.db", x->dir);
	FIX_OK(db_pool_new(path, 8, &x->app.reads, NULL));
	FIX_OK(db_open(path, DB_WRITE, &writer, NULL));
	FIX_OK(writer_start(writer, x->app.reads, &x->app.writer));
	x->app.metrics = &metrics;
	struct daemon_spec spec = { .listen = "127.0.0.1", .port = 0, .threads = THREADS, .connections = 256, .connections_per_ip = 256, .timeout = 60, .app = &x->app,
		.hooks = api_hooks };
	FIX_OK(daemon_start(&spec, &d, NULL));
	unsigned port = daemon_port(d);
	if (write(up, &port, sizeof port) != sizeof port)
		abort();
	wait_closed(stop);
	daemon_stop(d, 1);
	writer_stop(x->app.writer);
	_exit(0);
}

static struct {
	size_t size;
	char *body;
} bare;

static enum MHD_Result
answer_bare(void *cls, struct MHD_Connection *conn, const char *url, const char *method, const char *version, const char *data, size_t *size, void **con)
{
	static int seen;
	(void)cls, (void)url, (void)method, (void)version, (void)data, (void)size;
	if (*con == NULL) {
		*con = &seen;
		return MHD_YES;
	}
	struct MHD_Response *r = MHD_create_response_from_buffer(bare.size, bare.body, MHD_RESPMEM_PERSISTENT);
	(void)MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
	enum MHD_Result ok = MHD_queue_response(conn, 200, r);
	MHD_destroy_response(r);
	return ok;
}

static void
serve_bare(int up, int stop)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer_bare, NULL, MHD_OPTION_SOCK_ADDR, &a, MHD_OPTION_THREAD_POOL_SIZE,
	    (unsigned)THREADS, MHD_OPTION_END);
	if (d == NULL)
		abort();
	unsigned port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
	if (write(up, &port, sizeof port) != sizeof port)
		abort();
	wait_closed(stop);
	MHD_stop_daemon(d);
	_exit(0);
}

static void
start(struct child *c, struct fix *x)
{
	int up[2], stop[2];
	if (pipe(up) != 0 || pipe(stop) != 0)
		abort();
	c->pid = fork();
	if (c->pid == 0) {
		(void)close(stop[1]);
		if (x != NULL)
			serve_ours(x, up[1], stop[0]);
		else
			serve_bare(up[1], stop[0]);
	}
	(void)close(stop[0]);
	(void)close(up[1]);
	c->stop = stop[1];
	if (read(up[0], &c->port, sizeof c->port) != sizeof c->port || clock_getcpuclockid(c->pid, &c->clock) != 0)
		abort();
	(void)close(up[0]);
}

/* One client: its share of requests on one connection. */
struct client {
	unsigned port;
	const char *accept;
	char **path;
	size_t from, to, got; /* got: bytes of the last body */
	pthread_t thread;
};

static const char html[] = "text/html,application/xhtml+xml,*/*;q=0.8", json[] = "application/json";

static size_t
exchange(int fd, const char *accept, const char *path, bool *ok)
{
	char request[1024], buffer[65536];
	int n = snprintf(request, sizeof request,
	    "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (iPhone)\r\nAccept: %s\r\nAccept-Language: zh-CN,zh;q=0.9\r\n"
	    "Accept-Encoding: gzip, deflate\r\n\r\n",
	    path, accept);
	if (send(fd, request, (size_t)n, MSG_NOSIGNAL) != n)
		abort();
	size_t have = 0, want = 0, head = 0;
	while (head == 0 || have < head + want) {
		ssize_t r = recv(fd, buffer + have, sizeof buffer - 1 - have, 0);
		if (r <= 0)
			abort();
		have += (size_t)r;
		buffer[have] = '\0';
		char *end = head == 0 ? strstr(buffer, "\r\n\r\n") : NULL;
		if (end != NULL) {
			char *length = strstr(buffer, "Content-Length: ");
			head = (size_t)(end - buffer) + 4;
			want = length == NULL ? 0 : strtoul(length + 16, NULL, 10);
		}
	}
	*ok = strncmp(buffer, "HTTP/1.1 200", 12) == 0;
	return want;
}

static void *
run_client(void *arg)
{
	struct client *c = arg;
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)c->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) != 0)
		abort();
	for (size_t i = c->from; i < c->to; i++) {
		bool ok = false;
		c->got = exchange(fd, c->accept, c->path[i], &ok);
		if (!ok) {
			fprintf(stderr, "not answered: %s\n", c->path[i]);
			abort();
		}
	}
	(void)close(fd);
	return NULL;
}

/* Server CPU seconds for n requests by that many clients. */
static double
drive(const struct child *server, size_t clients, const char *accept, char **path, size_t n, size_t *retsize)
{
	struct client c[CLIENTS_MAX];
	double before = clock_of(server->clock);
	size_t share = (n + clients - 1) / clients;
	for (size_t i = 0; i < clients; i++) {
		size_t a = i * share < n ? i * share : n;
		c[i] = (struct client){ .port = server->port, .accept = accept, .path = path, .from = a, .to = a + share < n ? a + share : n };
		if (pthread_create(&c[i].thread, NULL, run_client, &c[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < clients; i++)
		(void)pthread_join(c[i].thread, NULL);
	*retsize = c[0].got;
	return clock_of(server->clock) - before;
}

/* The parts that need no network are measured as the server works: on as many threads at once, which
 * may share a core; CPU seconds for n of them. */
struct part {
	size_t n;
	double used;
	const struct fix *x;
	void (*run)(struct part *p);
	pthread_t thread;
};

static void *
run_part(void *arg)
{
	struct part *p = arg;
	p->run(p);
	return NULL;
}

static double
together(const struct fix *x, size_t n, void (*run)(struct part *p))
{
	struct part part[THREADS];
	double used = 0;
	for (size_t i = 0; i < THREADS; i++) {
		part[i] = (struct part){ .n = n / THREADS, .x = x, .run = run };
		if (pthread_create(&part[i].thread, NULL, run_part, &part[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < THREADS; i++) {
		(void)pthread_join(part[i].thread, NULL);
		used += part[i].used;
	}
	return used;
}

static void
evp_verify(struct part *p)
{
	unsigned char sig[80], digest[32] = { 1 };
	size_t len = sizeof sig;
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL), *sign = EVP_PKEY_CTX_new(key, NULL);
	if (EVP_PKEY_sign_init(sign) != 1 || EVP_PKEY_sign(sign, sig, &len, digest, 32) != 1 || EVP_PKEY_verify_init(ctx) != 1)
		abort();
	double before = clock_of(CLOCK_THREAD_CPUTIME_ID);
	for (size_t i = 0; i < p->n; i++)
		if (EVP_PKEY_verify(ctx, sig, len, digest, 32) != 1)
			abort();
	p->used = clock_of(CLOCK_THREAD_CPUTIME_ID) - before;
	EVP_PKEY_CTX_free(sign);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(key);
}

static void
sqlite_lookup(struct part *p)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	char path[96];
	(void)snprintf(path, sizeof path, "%s/suyuan.db", p->x->dir);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT leaf_index, status_index, basis, units FROM release WHERE leaf16 = ?1", -1, &s, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) /* as the server's: however long the log beside is */
		abort();
	double before = clock_of(CLOCK_THREAD_CPUTIME_ID);
	for (size_t i = 0; i < p->n; i++) {
		(void)sqlite3_bind_blob(s, 1, p->x->release.leaf, 16, SQLITE_STATIC);
		if (sqlite3_step(s) != SQLITE_ROW)
			abort();
		(void)sqlite3_reset(s);
	}
	p->used = clock_of(CLOCK_THREAD_CPUTIME_ID) - before;
	(void)sqlite3_finalize(s);
	(void)sqlite3_close(db);
}

static char **
sign_labels(struct fix *x, size_t n)
{
	char **path = calloc(n, sizeof *path);
	struct sy_token t = fix_token(x);
	struct sy_buf url;
	sy_buf_init(&url, SY_LINK_URL_MAX);
	for (size_t i = 0; path != NULL && i < n; i++) {
		char label[SY_LINK_PATH_MAX + 1];
		fix_path(x, FIX_LOT, 100 + (uint32_t)i, label);
		fix_url("", label, &t, x->label, &url);
		path[i] = strdup(sy_buf_cstr(&url));
	}
	sy_buf_done(&url);
	return path;
}

/* An allocation as large as the run. */
static void
enlarge(struct fix *x, size_t n)
{
	struct allocation_row a = { .leaf_index = x->next - 1, .first = 1100, .count = (int64_t)n, .item = FIX_GTIN };
	FIX_OK(sy_random(a.leaf, 32));
	FIX_OK(sy_random(a.id, 16));
	memcpy(a.release, x->release.leaf, 32);
	FIX_OK(derived_allocation_add(x->db, &a));
}

static long
resident_kib(pid_t pid)
{
	char name[64], line[256];
	long kib = 0;
	(void)snprintf(name, sizeof name, "/proc/%ld/status", (long)pid);
	FILE *f = fopen(name, "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (f != NULL)
		(void)fclose(f);
	return kib;
}

#define ROUNDS_MAX 64

enum turn { SCAN_64, SCAN_16, BARE_64, BARE_16, VERIFY, LOOKUP, AGAIN, AS_JSON, TURNS };

static int
smaller(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, smaller);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

struct run {
	struct fix x;
	struct child ours, plain;
	size_t rounds, each, size_html, size_json;
	char **path, **again; /* labels of their own; one label over and over */
	double us[TURNS][ROUNDS_MAX]; /* for one scan */
};

static void
one_round(struct run *b, size_t r)
{
	char **at = b->path + (2 * r + 1) * b->each;
	size_t n = b->each, unused;
	double used[TURNS];
	used[SCAN_64] = drive(&b->ours, 64, html, at, n, &b->size_html);
	used[BARE_64] = drive(&b->plain, 64, html, at, n, &unused);
	used[SCAN_16] = drive(&b->ours, 16, html, at + n, n, &b->size_html);
	used[BARE_16] = drive(&b->plain, 16, html, at + n, n, &unused);
	used[VERIFY] = together(&b->x, n, evp_verify);
	used[LOOKUP] = together(&b->x, n, sqlite_lookup);
	used[AGAIN] = drive(&b->ours, 64, html, b->again, n, &unused);
	used[AS_JSON] = drive(&b->ours, 64, json, at, n, &b->size_json);
	for (size_t i = 0; i < TURNS; i++)
		b->us[i][r] = used[i] / (double)n * 1e6;
}

static int
report(struct run *b)
{
	double m[TURNS];
	for (size_t i = 0; i < TURNS; i++)
		m[i] = median(b->us[i], b->rounds);
	double parts64 = m[BARE_64] + m[VERIFY] + m[LOOKUP], parts16 = m[BARE_16] + m[VERIFY] + m[LOOKUP];
	printf("server CPU, medians of %zu rounds of %zu\n", b->rounds, b->each);
	printf("                            64 askers   16 askers\n");
	printf("first-seen scan, us           %7.1f     %7.1f  (counted and committed)\n", m[SCAN_64], m[SCAN_16]);
	printf("bare libmicrohttpd, us        %7.1f     %7.1f\n", m[BARE_64], m[BARE_16]);
	printf("EVP verify P-256, us          %7.1f\nSQLite lookup, us             %7.1f\n", m[VERIFY], m[LOOKUP]);
	printf("ratio scan / sum of parts     %7.2f     %7.2f  (not above 1.50)\n", m[SCAN_64] / parts64, m[SCAN_16] / parts16);
	printf("one code again and again, us  %7.1f\nverdict as JSON, us           %7.1f  (not counted)\n", m[AGAIN], m[AS_JSON]);
	printf("page %zu bytes as gzip, JSON %zu bytes\n", b->size_html, b->size_json);
	return m[SCAN_64] <= 1.5 * parts64 && m[SCAN_16] <= 1.5 * parts16 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	static struct run b;
	size_t unused;
	b.rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 9;
	b.each = argc > 2 ? strtoul(argv[2], NULL, 10) : 1600;
	if (b.rounds == 0 || b.rounds > ROUNDS_MAX || b.each < CLIENTS_MAX)
		return 2;
	size_t labels = (2 * b.rounds + 1) * b.each;
	fix_open(&b.x);
	fix_fill(&b.x);
	enlarge(&b.x, labels);
	db_pool_free(b.x.app.reads);
	b.x.app.reads = NULL;
	db_close(b.x.db); /* no connection crosses the fork */
	b.x.db = NULL;
	start(&b.ours, &b.x); /* before the labels are made, so that its memory is its own */
	b.path = sign_labels(&b.x, labels);
	b.again = calloc(b.each, sizeof *b.again);
	if (b.path == NULL || b.again == NULL)
		return 2;
	for (size_t i = 0; i < b.each; i++)
		b.again[i] = b.path[0];
	long idle = resident_kib(b.ours.pid);
	(void)drive(&b.ours, 64, html, b.path, b.each, &b.size_html); /* warm: views, keys, statements */
	bare.size = b.size_html;
	bare.body = calloc(1, bare.size);
	start(&b.plain, NULL);
	(void)drive(&b.plain, 64, html, b.path, b.each, &unused);
	for (size_t r = 0; r < b.rounds; r++)
		one_round(&b, r);
	int code = report(&b);
	printf("resident: %.1f MiB before the first scan, %.1f MiB after the last\n", (double)idle / 1024, (double)resident_kib(b.ours.pid) / 1024);
	(void)close(b.ours.stop);
	(void)close(b.plain.stop);
	(void)waitpid(b.ours.pid, NULL, 0);
	(void)waitpid(b.plain.pid, NULL, 0);
	fix_close(&b.x);
	return code;
}
