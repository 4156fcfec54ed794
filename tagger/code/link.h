/* link.h: the URL on a label: GS1 Digital Link /01/../10/../21/.., or /P/<own item>/.. where no GTIN is owned. */
#ifndef SY_TAGGER_CODE_LINK_H
#define SY_TAGGER_CODE_LINK_H

#include "schema/bytes.h"

#define SY_LINK_URL_MAX 2048
#define SY_LINK_PATH_MAX 80

struct sy_link {
	char host[128]; /* authority as printed, lower-cased, no userinfo; "" when only a path was given */
	bool tls; /* https */
	bool own; /* /P/ */
	char item[15]; /* GTIN-14, or own item of 1..14 [0-9A-Z] */
	char lot[21]; /* "" when absent */
	char serial[11]; /* "" when absent */
	char path[SY_LINK_PATH_MAX + 1]; /* as printed and signed: /01/../10/../21/.. upper case */
	bool has_token; /* an S or s parameter */
	uint8_t token[96];
};
/* A whole URL. Refuses userinfo, mixed-case scheme, fragments are dropped, `S` and `s` both or twice, percent
 * escapes in the path, wrong GTIN check digit, wrong order, anything after the qualifiers. MALFORMED & co. with offset. */
enum sy_err sy_link_parse(struct sy_span url, struct sy_link *ret, struct sy_fault *reterr) SY_MUST;
/* The server's view: path and query of a request, undecoded. One trailing slash is tolerated when there is no token. */
enum sy_err sy_link_parse_target(struct sy_span path, struct sy_span query, struct sy_link *ret, struct sy_fault *reterr) SY_MUST;
/* Path for these keys; lot and serial may be "" . */
enum sy_err sy_link_path(bool own, const char *item, const char *lot, const char *serial, char ret[SY_LINK_PATH_MAX + 1]) SY_MUST;
/* base such as "HTTPS://Q.EXAMPLE.CN"; digits NULL for an unsigned link. */
void sy_link_print(const char *base, const char *path, const char *digits, struct sy_buf *ret);
/* The form's check symbol: mod-37 over 0-9A-Z*~$=U (Crockford), of the ten serial symbols. */
char sy_serial_check_symbol(const char serial[10]);
/* Typed text -> 10 symbols: spaces and hyphens dropped, lower case raised, I L -> 1, O -> 0, eleventh symbol checked. CHECK_DIGIT. */
enum sy_err sy_serial_from_typed(struct sy_span typed, char ret[11], struct sy_fault *reterr) SY_MUST;

#endif
