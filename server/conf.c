/* conf.c: the table of keys, and what reads and prints by it. The file is
 * lines of "key = value"; "#" begins a comment line; unknown keys are errors,
 * so that a slip of the pen is never a default. */
#include "server/conf.h"

#include "schema/wire/utf8.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX 65536

#define TEXT(member, otherwise, min, zh, en)                                                                           \
	{#member, CONF_TEXT, offsetof(struct conf, member), sizeof((struct conf *)0)->member, otherwise, min,          \
	    (int64_t)sizeof((struct conf *)0)->member - 1, zh, en}
#define INT(member, otherwise, min, max, zh, en)                                                                       \
	{#member, CONF_INT, offsetof(struct conf, member), sizeof(int64_t), otherwise, min, max, zh, en}
#define BOOL(member, otherwise, zh, en)                                                                                \
	{#member, CONF_BOOL, offsetof(struct conf, member), sizeof(bool), otherwise, 0, 1, zh, en}

const struct conf_key conf_keys[] = {
    TEXT(listen, "127.0.0.1", 2, "监听的 IP 地址", "IP address to listen on"),
    INT(port, "8080", 0, 65535, "监听的端口；0 由系统选择", "port to listen on; 0 lets the system choose"),
    INT(threads, "4", 1, 64, "处理请求的线程数；录入与盖章要等日志，期间各占一个", "threads that serve requests; entering and sealing wait for the log and take one each meanwhile"),
    INT(connections, "512", 4, 65000, "同时打开的连接数上限", "most connections open at once"),
    INT(connections_per_ip, "64", 1, 65000, "同一地址的连接数上限", "most connections from one address"),
    INT(timeout, "20", 1, 3600, "连接空闲多少秒后关闭", "seconds after which an idle connection is closed"),
    TEXT(log_origin, "127.0.0.1:8080/suyuan", 1, "日志的名称（origin），启用后不可更改", "name of the log (origin), never changed once used"),
    TEXT(label_base, "HTTP://127.0.0.1:8080", 8, "标签网址的开头，不带末尾斜线", "beginning of the label's address, without a final slash"),
    TEXT(signer_state, "", 0, "签名器的状态目录；空：数据目录名加 .signer", "state directory of the signer; empty: the data directory's name and .signer"),
    TEXT(signer_socket, "", 0, "已在运行的签名器的套接字；空：由本程序启动签名器", "socket of a signer that runs already; empty: start one as a child"),
    TEXT(signer_program, "", 0, "签名器程序；空：与本程序同目录的 suyuan-signer", "the signer's program; empty: suyuan-signer beside this program"),
    TEXT(anchor, "anchor", 1, "信任根文件，相对于数据目录", "file with the roots of trust, relative to the data directory"),
    BOOL(demonstration, "no", "是否为演示系统", "whether this is a demonstration"),
    INT(auth_failures, "10", 1, 100000, "每个地址每分钟允许的令牌错误次数", "wrong tokens allowed per address and minute"),
    INT(verify_rate, "600", 0, 1000000000, "每个地址每分钟允许的查验次数；0 不限", "verifications allowed per address and minute; 0: no limit"),
    INT(suspicious_scans, "30", 2, 1000000000, "同一码被扫多少次起视为可疑（且满足天数）", "scans of one code from which it is suspicious (on as many days, too)"),
    INT(suspicious_days, "3", 1, 100000, "同一码在多少个不同日期被扫起视为可疑", "different days on which it was scanned"),
    INT(trust_stale, "0", 0, 31536000, "信任名单过期后仍提供的秒数", "seconds a trust list is still served after its expiry"),
};
const size_t conf_keys_len = SY_LEN(conf_keys);

static enum sy_err
set_int(const struct conf_key *k, struct sy_span v, int64_t *ret, struct sy_fault *reterr)
{
	int64_t n = 0;
	for (size_t i = 0; i < v.len; i++) {
		if (v.data[i] < '0' || v.data[i] > '9')
			return sy_fault_at(reterr, SY_ERR_BAD_NUMBER, k->name, i, 1);
		n = n * 10 + (v.data[i] - '0');
		if (n > k->max)
			break;
	}
	if (v.len == 0 || n < k->min || n > k->max)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, k->name, "应在 %" PRId64 " 与 %" PRId64 " 之间",
		    "from %" PRId64 " to %" PRId64, k->min, k->max);
	*ret = n;
	return SY_OK;
}

static enum sy_err
set(const struct conf_key *k, struct sy_span v, struct conf *c, struct sy_fault *reterr)
{
	char *at = (char *)c + k->offset;
	if (k->kind == CONF_INT) {
		int64_t n = 0;
		SY_TRY(set_int(k, v, &n, reterr));
		memcpy(at, &n, sizeof n);
		return SY_OK;
	}
	if (k->kind == CONF_BOOL) {
		const bool yes = true, no = false;
		if (!sy_span_eq_str(v, "yes") && !sy_span_eq_str(v, "no"))
			return sy_fault_say(reterr, SY_ERR_BAD_CONFIG, k->name, "应为 %s 或 %s", "either %s or %s", "yes", "no");
		memcpy(at, sy_span_eq_str(v, "yes") ? &yes : &no, sizeof yes);
		return SY_OK;
	}
	if ((int64_t)v.len < k->min || (int64_t)v.len > k->max)
		return sy_fault_say(reterr, (int64_t)v.len < k->min ? SY_ERR_TOO_SHORT : SY_ERR_TOO_LONG, k->name,
		    "长度应在 %" PRId64 " 与 %" PRId64 " 字节之间", "from %" PRId64 " to %" PRId64 " bytes", k->min, k->max);
	SY_TRY(sy_utf8_check(v, false, reterr));
	memcpy(at, v.data, v.len);
	at[v.len] = '\0';
	return SY_OK;
}

void
conf_defaults(struct conf *ret)
{
	memset(ret, 0, sizeof *ret);
	for (size_t i = 0; i < conf_keys_len; i++)
		(void)set(&conf_keys[i], sy_span_str(conf_keys[i].otherwise), ret, NULL);
}

static struct sy_span
trim(struct sy_span s)
{
	while (s.len > 0 && (s.data[0] == ' ' || s.data[0] == '\t'))
		s = sy_span(s.data + 1, s.len - 1);
	while (s.len > 0 && (s.data[s.len - 1] == ' ' || s.data[s.len - 1] == '\t' || s.data[s.len - 1] == '\r'))
		s.len--;
	return s;
}

static enum sy_err
parse_line(struct sy_span line, struct conf *c, bool seen[], struct sy_fault *reterr)
{
	struct sy_span value = trim(line), key = {NULL, 0};
	if (value.len == 0 || value.data[0] == '#')
		return SY_OK;
	const void *eq = memchr(value.data, '=', value.len);
	if (eq == NULL)
		return sy_fault_say(reterr, SY_ERR_BAD_CONFIG, "", "每行应写作：%s", "each line is: %s", "key = value");
	(void)sy_span_cut(&value, '=', &key);
	key = trim(key);
	for (size_t i = 0; i < conf_keys_len; i++) {
		if (!sy_span_eq_str(key, conf_keys[i].name))
			continue;
		if (seen[i])
			return sy_fault_at(reterr, SY_ERR_DUPLICATE_FIELD, conf_keys[i].name, 0, 0);
		seen[i] = true;
		return set(&conf_keys[i], trim(value), c, reterr);
	}
	return sy_fault_say(reterr, SY_ERR_UNKNOWN_FIELD, "", "没有这个配置项：%.*s", "no such key: %.*s",
	    (int)(key.len > 60 ? 60 : key.len), (const char *)key.data);
}

enum sy_err
conf_parse(struct sy_span text, struct conf *ret, struct sy_fault *reterr)
{
	bool seen[SY_LEN(conf_keys)] = {false};
	struct sy_span line = {NULL, 0};
	for (unsigned n = 1; sy_span_cut(&text, '\n', &line); n++) {
		if (parse_line(line, ret, seen, reterr) == SY_OK)
			continue;
		char where[24];
		(void)snprintf(where, sizeof where, "line %u", n);
		sy_fault_within(reterr, where);
		if (reterr != NULL)
			reterr->err = SY_ERR_BAD_CONFIG;
		return SY_ERR_BAD_CONFIG;
	}
	return SY_OK;
}

enum sy_err
conf_load(const char *data, struct conf *ret, struct sy_fault *reterr)
{
	conf_defaults(ret);
	if (strlen(data) == 0 || strlen(data) > sizeof ret->data - 32)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "--data", 0, strlen(data));
	memcpy(ret->data, data, strlen(data) + 1);
	for (size_t n = strlen(ret->data); n > 1 && ret->data[n - 1] == '/'; n--)
		ret->data[n - 1] = '\0';
	char path[300];
	(void)snprintf(path, sizeof path, "%s/suyuan.conf", ret->data);
	FILE *f = fopen(path, "rbe");
	if (f == NULL)
		return sy_fault_say(reterr, SY_ERR_IO, path, "%s", "%s", strerror(errno));
	static const size_t room = FILE_MAX;
	struct sy_buf b;
	sy_buf_init(&b, room);
	uint8_t *at = sy_buf_room(&b, room);
	size_t n = at == NULL ? 0 : fread(at, 1, room, f);
	bool whole = at != NULL && feof(f) != 0;
	(void)fclose(f);
	sy_buf_grew(&b, n);
	enum sy_err e = whole ? conf_parse(sy_buf_span(&b), ret, reterr) : sy_fault_at(reterr, SY_ERR_TOO_LONG, path, 0, 0);
	sy_buf_done(&b);
	if (e == SY_OK && ret->signer_state[0] == '\0')
		(void)snprintf(ret->signer_state, sizeof ret->signer_state, "%.247s.signer", ret->data);
	return e;
}

void
conf_print(const struct conf *c, struct sy_buf *ret)
{
	for (size_t i = 0; i < conf_keys_len; i++) {
		const struct conf_key *k = &conf_keys[i];
		const char *at = (const char *)c + k->offset;
		sy_buf_printf(ret, "# %s\n# %s\n%s = ", k->zh, k->en, k->name);
		int64_t n = 0;
		bool b = false;
		if (k->kind == CONF_INT) {
			memcpy(&n, at, sizeof n);
			sy_buf_printf(ret, "%" PRId64, n);
		} else if (k->kind == CONF_BOOL) {
			memcpy(&b, at, sizeof b);
			sy_buf_add_str(ret, b ? "yes" : "no");
		} else {
			sy_buf_add_str(ret, at);
		}
		sy_buf_add_byte(ret, '\n');
	}
}
