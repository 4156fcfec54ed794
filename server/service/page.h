/* service/page.h: the public pages as HTML: complete without script, one column,
 * zh or en. A page is four pieces, so that what all codes of a lot share is
 * deflated once: head (a language), band (this code's verdict), lot, foot.
 * Every text of a record goes through page_esc; nothing is trusted to be plain. */
#ifndef SERVER_SERVICE_PAGE_H
#define SERVER_SERVICE_PAGE_H

#include "server/service/words.h"

/* <!doctype> to <style>; the same for every page of a language. */
void page_head(enum lang lang, struct sy_buf *ret);
/* Content-Security-Policy that allows this style sheet and nothing else. */
enum sy_err page_policy(struct sy_buf *ret) SY_MUST;

struct page_links {
	const char *self; /* path with its query but lang, for the other language; NULL: none */
	const char *base; /* "HTTPS://Q.EXAMPLE.CN" */
	bool typed; /* the serial was typed on the form */
	bool unknown_lot;
};
/* Title, verdict band, what the address claims. */
void page_band(const struct verification *v, const struct view *view, const struct page_links *links, enum lang lang, struct sy_buf *ret);
/* Sections 2 to 7; lang as unsigned for views_piece. */
enum sy_err page_lot(const struct view *view, unsigned lang, struct sy_buf *ret) SY_MUST;
/* Scans of this code; what every page of a language ends with; the link to the other language, and the end. */
void page_scans(const struct verification *v, enum lang lang, struct sy_buf *ret);
void page_tail(enum lang lang, struct sy_buf *ret);
void page_end(const struct page_links *links, enum lang lang, struct sy_buf *ret);
/* All three. v NULL: a page without a code; links NULL: no other language. */
void page_foot(const struct verification *v, const struct page_links *links, enum lang lang, struct sy_buf *ret);

struct page_form { /* what was typed, and what was wrong with it */
	const char *item, *lot, *serial;
	bool item_bad, lot_bad, serial_bad;
};
void page_home(const struct page_form *form, enum lang lang, struct sy_buf *ret);
void page_message(enum word title, enum word text, enum lang lang, struct sy_buf *ret);

struct page_recall {
	int64_t since;
	bool open;
	const char *product, *lot, *reason, *action, *authority, *issuer, *sha256, *path;
	int64_t class;
};
void page_recalls(const struct page_recall *list, size_t n, enum lang lang, struct sy_buf *ret);

/* Pieces of these, for page_*.c alone. */
void page_esc(struct sy_buf *b, const char *text); /* NULL is empty */
void page_row(struct sy_buf *b, const char *name, const char *value); /* dt, dd; nothing when value is empty */
void page_open(struct sy_buf *b, const char *heading); /* section and h2 */
void page_close(struct sy_buf *b);
void page_sign(struct sy_buf *b, enum verdict_face f); /* the verdict's own sign, inline SVG */
void page_map(struct sy_buf *b, uint32_t county, enum lang lang);
void page_reports(const struct view *v, enum lang lang, struct sy_buf *b);
void page_certificates(const struct view *v, enum lang lang, struct sy_buf *b);
void page_way(const struct view *v, enum lang lang, struct sy_buf *b);
void page_signed(const struct view *v, enum lang lang, struct sy_buf *b);
bool page_is_open(const struct view *v, const struct view_doc *target, enum view_kind kind);

#endif
