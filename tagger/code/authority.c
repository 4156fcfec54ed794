/* authority.c: see authority.h. */
#include "tagger/code/authority.h"

#include <stdio.h>
#include <string.h>

#define LABEL_MAX 63 /* RFC 1035 2.3.4 */

static bool
is_alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static enum sy_err
check_name(struct sy_span name, struct sy_fault *f)
{
	struct sy_span rest = name, label;
	if (name.len == 0)
		return sy_fault_at(f, SY_ERR_MISSING, "", 0, 0);
	while (sy_span_cut(&rest, '.', &label)) {
		size_t at = label.data == NULL ? name.len : (size_t)(label.data - name.data);
		if (label.data == NULL || label.len == 0 || label.len > LABEL_MAX)
			return sy_fault_at(f, SY_ERR_MALFORMED, "", at < name.len ? at : name.len - 1, label.len);
		if (label.data[0] == '-' || label.data[label.len - 1] == '-')
			return sy_fault_at(f, SY_ERR_MALFORMED, "", at, label.len);
		for (size_t i = 0; i < label.len; i++)
			if (!is_alnum(label.data[i]) && label.data[i] != '-')
				return sy_fault_at(f, SY_ERR_BAD_CHARACTER, "", at + i, 1);
	}
	return SY_OK;
}

static enum sy_err
check_port(struct sy_span port, uint32_t *ret)
{
	uint32_t v = 0;
	if (port.len == 0 || port.len > 5 || port.data[0] == '0')
		return SY_ERR_MALFORMED;
	for (size_t i = 0; i < port.len; i++) {
		if (port.data[i] < '0' || port.data[i] > '9')
			return SY_ERR_MALFORMED;
		v = v * 10 + (uint32_t)(port.data[i] - '0');
	}
	*ret = v;
	return v > UINT16_MAX ? SY_ERR_MALFORMED : SY_OK;
}

enum sy_err
sy_authority_parse(struct sy_span s, bool tls, char *ret, size_t size, struct sy_fault *reterr)
{
	const uint8_t *hit = s.len == 0 ? NULL : memchr(s.data, '@', s.len);
	if (hit != NULL) {
		(void)sy_fault_say(reterr, SY_ERR_BAD_CHARACTER, "", "主机名前不许有用户名", "No user name before the host");
		if (reterr != NULL && reterr->offset == 0)
			reterr->offset = (size_t)(hit - s.data);
		return SY_ERR_BAD_CHARACTER;
	}
	struct sy_span name = s;
	uint32_t port = 0;
	hit = s.len == 0 ? NULL : memchr(s.data, ':', s.len);
	if (hit != NULL) {
		name.len = (size_t)(hit - s.data);
		struct sy_span digits = sy_span_sub(s, name.len + 1, s.len);
		if (check_port(digits, &port) != SY_OK)
			return sy_fault_at(reterr, SY_ERR_MALFORMED, "", name.len, digits.len + 1);
	}
	SY_TRY(check_name(name, reterr));
	if (port == (tls ? 443U : 80U))
		port = 0;
	if (name.len + sizeof ":65535" > size)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", 0, name.len);
	for (size_t i = 0; i < name.len; i++) {
		char c = (char)name.data[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		ret[i] = c;
	}
	ret[name.len] = '\0';
	if (port != 0)
		(void)snprintf(ret + name.len, size - name.len, ":%u", (unsigned)port);
	return SY_OK;
}

bool
sy_authority_is_loopback(const char *authority)
{
	static const char name[] = "localhost";
	size_t n = strcspn(authority, ":");
	if (n == sizeof name - 1 && memcmp(authority, name, n) == 0)
		return true;
	/* Four numbers and the first is 127: "127.evil.example" is a name. */
	if (strncmp(authority, "127.", 4) != 0)
		return false;
	unsigned dots = 0, digits = 0;
	for (size_t i = 0; i < n; i++) {
		if (authority[i] == '.') {
			dots++;
			digits = 0;
		} else if (authority[i] < '0' || authority[i] > '9' || ++digits > 3) {
			return false;
		}
	}
	return dots == 3 && digits != 0;
}
