/* status.c: errors to HTTP statuses (RFC 9110 15). An error not named here is
 * the request's fault when it lies in the hundreds of form, keys and rules. */
#include "server/api/status.h"

unsigned
api_status(enum sy_err e)
{
	switch (e) {
	case SY_OK:
		return 200;
	case SY_ERR_NOT_FOUND:
		return 404;
	case SY_ERR_UNAVAILABLE:
	case SY_ERR_LOG_DIFFERS:
		return 503;
	case SY_ERR_TOO_MANY:
		return 429;
	case SY_ERR_TOO_LARGE:
		return 413;
	case SY_ERR_UNAUTHENTICATED:
		return 401;
	case SY_ERR_FORBIDDEN:
	case SY_ERR_WRONG_ROLE:
	case SY_ERR_WRONG_PARTY:
	case SY_ERR_BAD_PASSPHRASE:
	case SY_ERR_SAME_PERSON:
		return 403;
	case SY_ERR_METHOD_NOT_ALLOWED:
		return 405;
	case SY_ERR_NOT_ACCEPTABLE:
		return 406;
	case SY_ERR_UNSUPPORTED_MEDIA:
		return 415;
	case SY_ERR_VERSION_CONFLICT:
		return 412;
	case SY_ERR_KEY_REUSED:
		return 422;
	case SY_ERR_BAD_JSON:
	case SY_ERR_BAD_UTF8:
	case SY_ERR_DUPLICATE_FIELD:
	case SY_ERR_TOO_DEEP:
		return 400;
	default:
		break;
	}
	if (e >= 300 && e < 400)
		return 409;
	if (e >= 100 && e < 300)
		return 422;
	return 500;
}
