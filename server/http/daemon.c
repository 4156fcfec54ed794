/* daemon.c: the only file that knows libmicrohttpd.
 *
 * A connection has one request at a time, so its memory is the connection's, used
 * again by the next. The target as received is kept there too: the library's own
 * copy of the query is split and altered. */
#include "server/http/daemon.h"

#include "server/service/commit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define TARGET_MAX 8192
#define CHUNK_MAX (1u << 20)
#define CONNECTION_MEMORY 16384 /* headers and line; larger is answered 431 by the library */
#define BLOCK 65536

struct daemon {
	struct daemon_spec spec;
	struct MHD_Daemon *mhd;
	atomic_uint under_way;
};

enum stage { READING, REFUSED, WAITING, SENT };

struct context {
	struct daemon *d;
	struct MHD_Connection *conn;
	struct request req;
	struct sy_buf body;
	size_t body_max;
	enum stage stage;
	void *state;
	struct reply reply;
	struct sy_fault fault;
	bool last; /* nothing more is read from this connection */
};

struct line { /* a connection's own */
	struct context context; /* of the request under way */
	size_t target_len; /* above TARGET_MAX: longer than what is kept */
	char target[TARGET_MAX];
};

/* A stream outlives nothing but its response. */
struct stream {
	enum sy_err (*next)(void *, struct sy_buf *);
	void (*next_free)(void *);
	void *arg;
	struct sy_buf chunk;
	size_t at;
};

static const char *
header(void *conn, const char *name)
{
	return MHD_lookup_connection_value(conn, MHD_HEADER_KIND, name);
}

static void
peer_of(struct MHD_Connection *conn, char ret[46])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	ret[0] = '\0';
	if (info == NULL || info->client_addr == NULL)
		return;
	struct sockaddr_storage a;
	bool six = info->client_addr->sa_family == AF_INET6;
	memcpy(&a, info->client_addr, six ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
	const void *at = six ? (const void *)&((struct sockaddr_in6 *)&a)->sin6_addr : (const void *)&((struct sockaddr_in *)&a)->sin_addr;
	if (inet_ntop(six ? AF_INET6 : AF_INET, at, ret, 46) == NULL)
		ret[0] = '\0';
}

static ssize_t
stream_read(void *cls, uint64_t pos, char *buf, size_t max)
{
	struct stream *s = cls;
	(void)pos;
	if (s->at == s->chunk.len) {
		sy_buf_reset(&s->chunk);
		s->at = 0;
		if (s->next(s->arg, &s->chunk) != SY_OK || sy_buf_err(&s->chunk) != SY_OK)
			return MHD_CONTENT_READER_END_WITH_ERROR;
		if (s->chunk.len == 0)
			return MHD_CONTENT_READER_END_OF_STREAM;
	}
	size_t n = s->chunk.len - s->at < max ? s->chunk.len - s->at : max;
	memcpy(buf, s->chunk.data + s->at, n);
	s->at += n;
	return (ssize_t)n;
}

static void
stream_free(void *cls)
{
	struct stream *s = cls;
	if (s->next_free != NULL)
		s->next_free(s->arg);
	sy_buf_done(&s->chunk);
	free(s);
}

static struct MHD_Response *
stream_response(struct reply *r)
{
	struct stream *s = calloc(1, sizeof *s);
	if (s == NULL)
		return NULL;
	s->next = r->next;
	s->next_free = r->next_free;
	s->arg = r->next_arg;
	sy_buf_init(&s->chunk, CHUNK_MAX);
	r->next = NULL;
	r->next_free = NULL;
	struct MHD_Response *m = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, stream_read, s, stream_free);
	if (m == NULL)
		stream_free(s);
	return m;
}

/* The library's type is not const; it does not write to persistent memory. */
static void *
unconst(const void *p)
{
	union { const void *c; void *v; } u = {p};
	return u.v;
}

static struct MHD_Response *
body_response(struct reply *r)
{
	if (r->fixed.data != NULL)
		return MHD_create_response_from_buffer(r->fixed.len, unconst(r->fixed.data), MHD_RESPMEM_PERSISTENT);
	size_t len = 0;
	char *at = sy_buf_take(&r->body, &len);
	if (at == NULL)
		return MHD_create_response_from_buffer(0, unconst(""), MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *m = MHD_create_response_from_buffer(len, at, MHD_RESPMEM_MUST_FREE);
	if (m == NULL)
		free(at);
	return m;
}

static void
add_headers(struct MHD_Response *m, const struct reply *r)
{
	if (r->type != NULL)
		(void)MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, r->type);
	if (r->gzipped)
		(void)MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	(void)MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
	for (size_t at = 0; at < r->headers.len;) {
		const char *name = (const char *)r->headers.data + at;
		const char *value = name + strlen(name) + 1;
		(void)MHD_add_response_header(m, name, value);
		at += strlen(name) + strlen(value) + 2;
	}
}

static enum MHD_Result
send_reply(struct context *c)
{
	struct reply *r = &c->reply;
	if (sy_buf_err(&r->body) != SY_OK)
		c->d->spec.hooks.refuse(c->d->spec.app, &c->req, r, sy_buf_err(&r->body), NULL);
	struct MHD_Response *m = r->next != NULL ? stream_response(r) : body_response(r);
	if (m == NULL)
		return MHD_NO;
	add_headers(m, r);
	if (c->last)
		(void)MHD_add_response_header(m, MHD_HTTP_HEADER_CONNECTION, "close");
	c->stage = SENT;
	enum MHD_Result ok = MHD_queue_response(c->conn, r->status, m);
	MHD_destroy_response(m);
	return ok;
}

static void
resume(void *arg)
{
	MHD_resume_connection(arg);
}

/* After the commit that the reply waited for. */
static enum MHD_Result
finish(struct context *c)
{
	struct reply *r = &c->reply;
	enum sy_err e = commit_wait(r->wait_for, &c->fault);
	if (e == SY_OK && r->after != NULL)
		e = r->after(c->d->spec.app, r->after_arg, r, &c->fault);
	if (e != SY_OK)
		c->d->spec.hooks.refuse(c->d->spec.app, &c->req, r, e, &c->fault);
	return send_reply(c);
}

static enum MHD_Result
serve(struct context *c)
{
	c->req.body = sy_buf_span(&c->body);
	c->d->spec.hooks.serve(c->d->spec.app, &c->req, c->state, &c->reply);
	if (c->reply.wait_for == NULL)
		return send_reply(c);
	c->stage = WAITING;
	MHD_suspend_connection(c->conn);
	if (!commit_then(c->reply.wait_for, resume, c->conn))
		MHD_resume_connection(c->conn);
	return MHD_YES;
}

static enum MHD_Result
refuse(struct context *c, enum sy_err e)
{
	c->stage = REFUSED;
	c->d->spec.hooks.refuse(c->d->spec.app, &c->req, &c->reply, e, &c->fault);
	if (c->last)
		c->reply.status = 400; /* about the message itself, not its content */
	return send_reply(c);
}

static bool
set_method(struct request *r, const char *method)
{
	static const struct { const char *name; enum http_method m; bool head; } list[] = {
	    {"GET", HTTP_GET, false}, {"HEAD", HTTP_GET, true}, {"POST", HTTP_POST, false},
	    {"PUT", HTTP_PUT, false}, {"DELETE", HTTP_DELETE, false}, {"OPTIONS", HTTP_OPTIONS, false}};
	for (size_t i = 0; i < SY_LEN(list); i++) {
		if (strcmp(list[i].name, method) != 0)
			continue;
		r->method = list[i].m;
		r->head = list[i].head;
		return true;
	}
	return false;
}

/* RFC 9112 5.1, 5.2 and 6.3: where two readers could see two ends of one request, it is refused. */
struct framing {
	unsigned lengths, codings;
	bool odd;
};

static enum MHD_Result
look_at(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct framing *f = cls;
	size_t n = strlen(name);
	(void)kind;
	f->odd = f->odd || n == 0 || name[n - 1] == ' ' || name[n - 1] == '\t';
	if (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0) {
		f->lengths++;
		f->odd = f->odd || value == NULL || value[0] == '\0' || value[strspn(value, "0123456789")] != '\0';
	}
	if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) {
		f->codings++;
		f->odd = f->odd || value == NULL || strcasecmp(value, "chunked") != 0;
	}
	return MHD_YES;
}

static bool
framed(struct MHD_Connection *conn)
{
	struct framing f = {0};
	(void)MHD_get_connection_values(conn, MHD_HEADER_KIND, look_at, &f);
	return !f.odd && f.lengths + f.codings <= 1;
}

static struct line *
line_of(struct MHD_Connection *conn)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(conn, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

static enum MHD_Result
begin(struct daemon *d, struct MHD_Connection *conn, const char *method, void **con_cls)
{
	struct line *line = line_of(conn);
	if (line == NULL)
		return MHD_NO;
	struct context *c = &line->context;
	memset(c, 0, sizeof *c);
	*con_cls = c;
	(void)atomic_fetch_add(&d->under_way, 1);
	c->d = d;
	c->conn = conn;
	reply_init(&c->reply);
	struct sy_span rest = sy_span(line->target, line->target_len > TARGET_MAX ? 0 : line->target_len);
	(void)sy_span_cut(&rest, '?', &c->req.path);
	c->req.query = rest;
	c->req.header = header;
	c->req.conn = conn;
	peer_of(conn, c->req.peer);
	if (!framed(conn)) {
		c->last = true;
		return refuse(c, SY_ERR_MALFORMED);
	}
	if (line->target_len > TARGET_MAX)
		return refuse(c, SY_ERR_TOO_LONG);
	if (!set_method(&c->req, method))
		return refuse(c, SY_ERR_METHOD_NOT_ALLOWED);
	enum sy_err e = d->spec.hooks.begin(d->spec.app, &c->req, &c->state, &c->body_max, &c->reply, &c->fault);
	if (e != SY_OK)
		return refuse(c, e);
	const char *length = header(conn, MHD_HTTP_HEADER_CONTENT_LENGTH);
	if (length != NULL && strtoull(length, NULL, 10) > c->body_max)
		return refuse(c, SY_ERR_TOO_LARGE);
	sy_buf_init(&c->body, c->body_max);
	return MHD_YES;
}

static enum MHD_Result
handle(void *cls, struct MHD_Connection *conn, const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **con_cls)
{
	struct context *c = *con_cls;
	(void)url;
	(void)version;
	if (c == NULL)
		return begin(cls, conn, method, con_cls);
	if (*size > 0) {
		sy_buf_add(&c->body, data, *size); /* keeps its failure: asked below */
		*size = 0;
		return MHD_YES;
	}
	if (c->stage == REFUSED || c->stage == SENT)
		return MHD_YES;
	if (c->stage == WAITING)
		return finish(c);
	if (sy_buf_err(&c->body) != SY_OK)
		return refuse(c, sy_buf_err(&c->body) == SY_ERR_NO_MEMORY ? SY_ERR_NO_MEMORY : SY_ERR_TOO_LARGE);
	return serve(c);
}

static void
completed(void *cls, struct MHD_Connection *conn, void **con_cls, enum MHD_RequestTerminationCode why)
{
	struct daemon *d = cls;
	struct context *c = *con_cls;
	(void)conn;
	(void)why;
	if (c == NULL)
		return;
	unsigned status = c->reply.status;
	if (d->spec.hooks.end != NULL)
		d->spec.hooks.end(d->spec.app, c->state, status);
	reply_done(&c->reply);
	sy_buf_done(&c->body);
	*con_cls = NULL;
	(void)atomic_fetch_sub(&d->under_way, 1);
}

/* The socket's context is the target of its newest request, as received. */
static void *
keep_target(void *cls, const char *target, struct MHD_Connection *conn)
{
	(void)cls;
	struct line *line = line_of(conn);
	if (line == NULL)
		return NULL;
	line->target_len = strlen(target);
	if (line->target_len <= TARGET_MAX)
		memcpy(line->target, target, line->target_len);
	return NULL;
}

static void
connection(void *cls, struct MHD_Connection *conn, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	(void)cls;
	(void)conn;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		struct line *line = malloc(sizeof *line); /* its target's pages are touched as far as targets reach */
		if (line != NULL)
			line->target_len = 0;
		*socket_context = line;
		return;
	}
	free(*socket_context);
	*socket_context = NULL;
}

/* Paths and queries stay as received: what is decoded, and when, is not the library's to say. */
static size_t
no_unescape(void *cls, struct MHD_Connection *conn, char *s)
{
	(void)cls;
	(void)conn;
	return strlen(s);
}

static enum sy_err
address(const struct daemon_spec *spec, struct sockaddr_storage *ret, bool *retsix, struct sy_fault *reterr)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)spec->port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)spec->port)};
	memset(ret, 0, sizeof *ret);
	*retsix = inet_pton(AF_INET6, spec->listen, &v6.sin6_addr) == 1;
	if (*retsix) {
		memcpy(ret, &v6, sizeof v6);
		return SY_OK;
	}
	if (inet_pton(AF_INET, spec->listen, &v4.sin_addr) != 1)
		return sy_fault_at(reterr, SY_ERR_BAD_CONFIG, "listen", 0, strlen(spec->listen));
	memcpy(ret, &v4, sizeof v4);
	return SY_OK;
}

enum sy_err
daemon_start(const struct daemon_spec *spec, struct daemon **ret, struct sy_fault *reterr)
{
	struct sockaddr_storage addr;
	bool six = false;
	SY_TRY(address(spec, &addr, &six, reterr));
	struct daemon *d = calloc(1, sizeof *d);
	if (d == NULL)
		return SY_ERR_NO_MEMORY;
	d->spec = *spec;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (six ? MHD_USE_IPv6 : 0u);
	struct MHD_OptionItem more[] = {
	    {spec->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)spec->threads, NULL},
	    {MHD_OPTION_END, 0, NULL}};
	d->mhd = MHD_start_daemon(flags, (uint16_t)spec->port, NULL, NULL, handle, d, MHD_OPTION_SOCK_ADDR, &addr,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, d, MHD_OPTION_NOTIFY_CONNECTION, connection, d,
	    MHD_OPTION_URI_LOG_CALLBACK, keep_target, d, MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, d,
	    MHD_OPTION_CONNECTION_LIMIT, spec->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, spec->connections_per_ip,
	    MHD_OPTION_CONNECTION_TIMEOUT, spec->timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_ARRAY, more, MHD_OPTION_END);
	if (d->mhd == NULL) {
		enum sy_err e = sy_fault_say(reterr, SY_ERR_IO, "listen", "%s:%u 不能监听（%s）", "cannot listen on %s:%u (%s)",
		    spec->listen, spec->port, strerror(errno));
		free(d);
		return e;
	}
	*ret = d;
	return SY_OK;
}

unsigned
daemon_port(const struct daemon *d)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(d->mhd, MHD_DAEMON_INFO_BIND_PORT);
	return info == NULL ? d->spec.port : info->port;
}

void
daemon_stop(struct daemon *d, unsigned seconds)
{
	if (d == NULL)
		return;
	MHD_socket listening = MHD_quiesce_daemon(d->mhd);
	struct timespec tick = {0, 20000000};
	for (unsigned i = 0; i < seconds * 50 && atomic_load(&d->under_way) > 0; i++)
		(void)nanosleep(&tick, NULL);
	MHD_stop_daemon(d->mhd);
	if (listening != MHD_INVALID_SOCKET)
		(void)shutdown(listening, SHUT_RDWR);
	free(d);
}
