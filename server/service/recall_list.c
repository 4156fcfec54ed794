/* service/recall_list.c: see recall_list.h. */
#include "server/service/recall_list.h"

#include "schema/wire/hex.h"
#include "server/store/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct recall_texts {
	struct sy_json *recall, *lot, *product, *issuer;
	char lot_text[21], path[SY_LINK_PATH_MAX + 1], sha256[65];
};

void
recall_list_done(struct recall_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		sy_json_free(l->texts[i].recall);
		sy_json_free(l->texts[i].lot);
		sy_json_free(l->texts[i].product);
		sy_json_free(l->texts[i].issuer);
	}
	free(l->texts);
	free(l->recall);
}

static enum sy_err
body_of(enum sy_err err, struct store_view_doc *row, struct sy_json **ret)
{
	if (err == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(err);
	if (row->body != NULL && sy_json_parse(sy_span_str(row->body), ret, NULL) != SY_OK)
		err = SY_ERR_DATA_DAMAGED;
	return err;
}

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

static enum sy_err
read_bodies(struct db *db, const struct store_view_restriction *r, struct recall_texts *t, bool *retfound)
{
	struct store_view_doc row = { .version = 0 };
	uint8_t id[16];
	enum sy_err err = store_view_doc(db, r->leaf, &row);
	*retfound = err == SY_OK;
	if (err == SY_OK)
		sy_hex_print(sy_span(row.public_sha256, 32), t->sha256);
	uint8_t issuer[16];
	memcpy(issuer, row.issuer, 16);
	err = body_of(err, &row, &t->recall);
	store_view_doc_done(&row);
	if (err != SY_OK || !*retfound)
		return err;
	err = body_of(store_view_newest(db, issuer, &row), &row, &t->issuer);
	store_view_doc_done(&row);
	SY_TRY(err);
	err = body_of(store_view_newest(db, r->target, &row), &row, &t->lot);
	store_view_doc_done(&row);
	SY_TRY(err);
	const char *product = str(t->lot, "product");
	if (sy_hex_parse(sy_span_str(product), id, 16, NULL) != SY_OK)
		return SY_OK;
	err = body_of(store_view_newest(db, id, &row), &row, &t->product);
	store_view_doc_done(&row);
	return err;
}

static void
describe(const struct store_view_restriction *r, bool en, struct recall_texts *t, struct page_recall *p)
{
	const char *gtin = str(t->product, "gtin"), *item = str(t->product, "own_item");
	const char *name_en = str(t->product, "name_en"), *issuer_en = str(t->issuer, "name_en");
	(void)snprintf(t->lot_text, sizeof t->lot_text, "%s", str(t->lot, "lot"));
	p->since = r->since;
	p->open = r->open;
	p->product = en && name_en[0] != '\0' ? name_en : str(t->product, "name");
	p->issuer = en && issuer_en[0] != '\0' ? issuer_en : str(t->issuer, "name");
	p->lot = t->lot_text;
	p->reason = str(t->recall, "reason");
	p->action = str(t->recall, "action");
	p->authority = str(t->recall, "authority");
	p->class = sy_json_get_int(t->recall, "class", 0);
	p->sha256 = t->sha256;
	if (sy_link_path(gtin[0] == '\0', gtin[0] != '\0' ? gtin : item, t->lot_text, "", t->path) == SY_OK)
		p->path = t->path;
}

static enum sy_err
collect(struct db *db, struct store_view_restriction **ret, size_t *retn)
{
	DB_AUTO_STMT *s = NULL;
	struct store_view_restriction one;
	size_t cap = 0;
	bool more = false;
	SY_TRY(store_view_recalls(db, &s));
	for (;;) {
		SY_TRY(store_view_restrictions_next(s, &one, &more));
		if (!more)
			return SY_OK;
		if (*retn == cap) {
			cap = cap == 0 ? 16 : cap * 2;
			struct store_view_restriction *p = realloc(*ret, cap * sizeof *p);
			if (p == NULL)
				return SY_ERR_NO_MEMORY;
			*ret = p;
		}
		(*ret)[(*retn)++] = one;
	}
}

enum sy_err
recall_list_read(struct db *db, bool en, struct recall_list *ret)
{
	struct store_view_restriction *row = NULL;
	size_t n = 0;
	enum sy_err err = collect(db, &row, &n);
	ret->texts = calloc(n + 1, sizeof *ret->texts);
	ret->recall = calloc(n + 1, sizeof *ret->recall);
	if (err == SY_OK && (ret->texts == NULL || ret->recall == NULL))
		err = SY_ERR_NO_MEMORY;
	for (size_t i = 0; i < n && err == SY_OK; i++) {
		bool found = false;
		struct recall_texts *t = &ret->texts[ret->n];
		err = read_bodies(db, &row[i], t, &found);
		if (err == SY_OK && found)
			describe(&row[i], en, t, &ret->recall[ret->n]);
		if (found)
			ret->n++;
	}
	free(row);
	return err;
}
