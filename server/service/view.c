/* service/view.c: see view.h. Assembles one view from the store. */
#include "server/service/view.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/store/view.h"

#include <stdlib.h>
#include <string.h>

#define PARTIES_MAX 64
#define LIST_MAX 1024 /* reports, certificates: bounded by an entry of 65,535 bytes */
#define RANGES_MAX 65536

static void
doc_done(struct view_doc *d)
{
	sy_json_free(d->statement);
	sy_json_free(d->body);
}

void
view_free(struct view *v)
{
	if (v == NULL)
		return;
	doc_done(&v->release);
	doc_done(&v->product);
	doc_done(&v->lot);
	for (size_t i = 0; i < v->nreports; i++)
		doc_done(&v->report[i]);
	for (size_t i = 0; i < v->ncerts; i++)
		doc_done(&v->cert[i]);
	for (size_t i = 0; i < v->nrestrictions; i++)
		doc_done(&v->restriction[i].doc);
	for (size_t i = 0; i < v->nparties; i++)
		sy_json_free(v->party[i].body);
	for (size_t i = 0; i < 2; i++)
		if (v->has_piece[i])
			sy_gzip_piece_done(&v->piece[i]);
	free(v->report);
	free(v->cert);
	free(v->range);
	free(v->restriction);
	free(v->party);
	free(v);
}

const char *
view_party_name(const struct view_party *p, bool en)
{
	if (p == NULL)
		return "";
	const char *name = en ? sy_json_get_str(p->body, "name_en") : NULL;
	if (name == NULL)
		name = sy_json_get_str(p->body, "name");
	return name == NULL ? "" : name;
}

static enum sy_err
parse_text(const char *text, struct sy_json **ret)
{
	if (text == NULL)
		return SY_OK;
	return sy_json_parse(sy_span_str(text), ret, NULL) == SY_OK ? SY_OK : SY_ERR_DATA_DAMAGED;
}

/* A party's body, read once a view. */
static enum sy_err
find_party(struct db *db, struct view *v, const uint8_t id[16], const struct view_party **ret)
{
	char hex[33];
	sy_hex_print(sy_span(id, 16), hex);
	for (size_t i = 0; i < v->nparties; i++)
		if (memcmp(v->party[i].id, hex, 33) == 0) {
			*ret = &v->party[i];
			return SY_OK;
		}
	if (v->nparties == PARTIES_MAX)
		return SY_ERR_TOO_LONG;
	struct store_view_doc row = { .version = 0 };
	enum sy_err err = store_view_newest(db, id, &row);
	if (err != SY_OK && err != SY_ERR_NOT_FOUND)
		return err;
	struct view_party *p = &v->party[v->nparties];
	memcpy(p->id, hex, 33);
	p->body = NULL;
	err = err == SY_OK ? parse_text(row.body, &p->body) : SY_OK;
	store_view_doc_done(&row);
	SY_TRY(err);
	v->nparties++;
	*ret = p;
	return SY_OK;
}

static enum sy_err
add_seals(struct db *db, struct view *v, const struct store_view_doc *row, struct view_doc *d)
{
	DB_AUTO_STMT *s = NULL;
	struct store_view_seal seal;
	uint8_t party[8][16];
	bool more = false;
	SY_TRY(store_view_seals(db, row->id, row->version, &s));
	for (;;) {
		SY_TRY(store_view_seals_next(s, &seal, &more));
		if (!more || d->nseals == SY_LEN(d->seal))
			break;
		memcpy(party[d->nseals], seal.party, 16);
		memcpy(d->seal[d->nseals++].role, seal.role, sizeof seal.role);
	}
	for (size_t i = 0; i < d->nseals; i++)
		SY_TRY(find_party(db, v, party[i], &d->seal[i].party));
	return SY_OK;
}

static enum sy_err
fill_doc(struct db *db, struct view *v, const uint8_t leaf[32], struct view_doc *d)
{
	struct store_view_doc row;
	SY_TRY(store_view_doc(db, leaf, &row));
	memcpy(d->leaf, row.leaf, 32);
	sy_hex_print(sy_span(row.leaf, 32), d->leaf_hex);
	sy_hex_print(sy_span(row.public_sha256, 32), d->sha256_hex);
	sy_hex_print(sy_span(row.id, 16), d->id);
	d->leaf_index = row.leaf_index;
	d->version = row.version;
	enum sy_err err = parse_text(row.statement, &d->statement);
	if (err == SY_OK)
		err = parse_text(row.body, &d->body);
	if (err == SY_OK)
		err = find_party(db, v, row.issuer, &d->issuer);
	if (err == SY_OK)
		err = add_seals(db, v, &row, d);
	store_view_doc_done(&row);
	return err;
}

static enum sy_err
add_cites(struct db *db, struct view *v)
{
	uint8_t(*leaf)[32] = calloc(LIST_MAX, 32);
	bool *is_report = calloc(LIST_MAX, sizeof *is_report);
	size_t n = 0, reports = 0;
	bool more = true;
	enum sy_err err = leaf == NULL || is_report == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	if (err == SY_OK) {
		DB_AUTO_STMT *s = NULL;
		err = store_view_cites(db, v->release.leaf, &s);
		while (err == SY_OK && more && n < LIST_MAX) {
			err = store_view_cites_next(s, leaf[n], &is_report[n], &more);
			if (err == SY_OK && more)
				reports += is_report[n++] ? 1 : 0;
		}
	}
	if (err == SY_OK) {
		v->report = calloc(reports + 1, sizeof *v->report);
		v->cert = calloc(n - reports + 1, sizeof *v->cert);
		err = v->report == NULL || v->cert == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	}
	for (size_t i = 0; err == SY_OK && i < n; i++)
		err = fill_doc(db, v, leaf[i], is_report[i] ? &v->report[v->nreports++] : &v->cert[v->ncerts++]);
	free(leaf);
	free(is_report);
	return err;
}

static enum sy_err
add_ranges(struct db *db, struct view *v)
{
	DB_AUTO_STMT *s = NULL;
	struct store_view_range r = { .count = 0 };
	size_t cap = 0;
	bool more = false;
	SY_TRY(store_view_allocations(db, v->release.leaf, &s));
	for (;;) {
		SY_TRY(store_view_allocations_next(s, &r, &more));
		if (!more)
			return SY_OK;
		if (v->nranges == cap) {
			cap = cap == 0 ? 8 : cap * 2;
			struct view_range *p = cap > RANGES_MAX ? NULL : realloc(v->range, cap * sizeof *p);
			if (p == NULL)
				return SY_ERR_NO_MEMORY;
			v->range = p;
		}
		v->range[v->nranges++] = (struct view_range){ .leaf_index = r.leaf_index, .first = r.first, .count = r.count };
	}
}

static enum view_subject
subject_of(const char *s)
{
	static const char *const names[] = { "lot", "certificate", "report", "release", "labels" };
	for (size_t i = 0; i < SY_LEN(names); i++)
		if (strcmp(names[i], s) == 0)
			return (enum view_subject)i;
	return VIEW_LOT;
}

static enum sy_err
add_restrictions(struct db *db, struct view *v, const struct view_doc *target)
{
	struct store_view_restriction row[64];
	uint8_t id[16];
	size_t n = 0;
	bool more = true;
	SY_TRY(sy_hex_parse(sy_span_str(target->id), id, 16, NULL));
	{
		DB_AUTO_STMT *s = NULL;
		SY_TRY(store_view_restrictions(db, id, &s));
		while (more && n < SY_LEN(row)) {
			SY_TRY(store_view_restrictions_next(s, &row[n], &more));
			n += more ? 1 : 0;
		}
	}
	if (n == 0)
		return SY_OK;
	struct view_restriction *p = realloc(v->restriction, (v->nrestrictions + n) * sizeof *p);
	if (p == NULL)
		return SY_ERR_NO_MEMORY;
	v->restriction = p;
	for (size_t i = 0; i < n; i++) {
		struct view_restriction *r = &v->restriction[v->nrestrictions];
		memset(r, 0, sizeof *r);
		r->kind = (enum view_kind)row[i].kind;
		r->subject = subject_of(row[i].subject);
		r->open = row[i].open;
		r->safety = strcmp(row[i].class, "safety") == 0;
		r->first = row[i].ranged ? row[i].first : -1;
		r->count = row[i].count;
		r->since = row[i].since;
		r->target = target;
		v->nrestrictions++;
		enum sy_err err = fill_doc(db, v, row[i].leaf, &r->doc);
		/* Sealed but above the newest checkpoint: not yet said in public. */
		if (err == SY_ERR_NOT_FOUND)
			v->nrestrictions--;
		else
			SY_TRY(err);
	}
	return SY_OK;
}

static enum sy_err
all_restrictions(struct db *db, struct view *v)
{
	if (v->has_lot)
		SY_TRY(add_restrictions(db, v, &v->lot));
	if (v->released)
		SY_TRY(add_restrictions(db, v, &v->release));
	for (size_t i = 0; i < v->nreports; i++)
		SY_TRY(add_restrictions(db, v, &v->report[i]));
	for (size_t i = 0; i < v->ncerts; i++)
		SY_TRY(add_restrictions(db, v, &v->cert[i]));
	return SY_OK;
}

static uint32_t
county_number(const char *s)
{
	uint32_t n = 0;
	for (size_t i = 0; s != NULL && s[i] >= '0' && s[i] <= '9' && i < 6; i++)
		n = n * 10 + (uint32_t)(s[i] - '0');
	return n;
}

static void
read_figures(struct view *v)
{
	const struct sy_json *f = sy_json_get(v->release.statement, "figures");
	const char *bb = sy_json_get_str(f, "best_before");
	v->best_before = INT32_MAX;
	if (bb != NULL && sy_date_parse(sy_span_str(bb), &v->best_before, NULL) != SY_OK)
		v->best_before = INT32_MAX;
	v->certified = (unsigned)sy_json_get_int(f, "certified", 0);
	v->grade = (unsigned)sy_json_get_int(f, "grade", 0);
	v->county = county_number(sy_json_get_str(f, "county"));
	v->serial_commitment = sy_json_get_str(f, "serial_key_sha256");
}

/* What every scan's own part of the page says is looked up once. */
static void
read_product(struct view *v)
{
	v->name[0] = sy_json_get_str(v->product.body, "name");
	v->name[1] = sy_json_get_str(v->product.body, "name_en");
	v->demonstration = sy_json_bool(sy_json_get(v->product.body, "demonstration"));
}

static enum sy_err
view_new(struct db *db, struct view **ret)
{
	struct view *v = calloc(1, sizeof *v);
	if (v == NULL)
		return SY_ERR_NO_MEMORY;
	v->best_before = INT32_MAX;
	v->party = calloc(PARTIES_MAX, sizeof *v->party);
	enum sy_err err = v->party == NULL ? SY_ERR_NO_MEMORY : store_view_log_size(db, &v->log_size);
	if (err != SY_OK) {
		view_free(v);
		return err;
	}
	*ret = v;
	return SY_OK;
}

static enum sy_err
assemble(struct db *db, const struct store_view_release *row, struct view **ret)
{
	SY_CLEANUP(view_freep) struct view *v = NULL;
	SY_TRY(view_new(db, &v));
	v->released = v->has_lot = true;
	v->own = row->own;
	memcpy(v->item, row->item, sizeof v->item);
	memcpy(v->lot_text, row->lot, sizeof v->lot_text);
	v->basis = row->basis;
	v->units = row->units;
	v->status_index = row->status_index;
	SY_TRY(fill_doc(db, v, row->leaf, &v->release));
	SY_TRY(fill_doc(db, v, row->lot_leaf, &v->lot));
	SY_TRY(fill_doc(db, v, row->product_leaf, &v->product));
	read_figures(v);
	read_product(v);
	SY_TRY(add_cites(db, v));
	SY_TRY(add_ranges(db, v));
	SY_TRY(all_restrictions(db, v));
	*ret = v;
	v = NULL;
	return SY_OK;
}

enum sy_err
view_release_assemble(struct db *db, const uint8_t leaf16[16], struct view **ret)
{
	struct store_view_release row;
	SY_TRY(store_view_release(db, leaf16, &row));
	return assemble(db, &row, ret);
}

enum sy_err
view_of_text(struct db *db, bool own, const char *item, const char *lot, struct view **ret)
{
	struct store_view_release row;
	uint8_t leaf[32], id[16];
	if (lot[0] != '\0') {
		enum sy_err err = store_view_release_of(db, own, item, lot, &row);
		if (err == SY_OK) {
			SY_TRY(assemble(db, &row, ret));
			(*ret)->by_text = true;
		}
		if (err != SY_ERR_NOT_FOUND)
			return err;
	}
	SY_CLEANUP(view_freep) struct view *v = NULL;
	SY_TRY(store_view_product(db, own, item, leaf));
	SY_TRY(view_new(db, &v));
	SY_TRY(fill_doc(db, v, leaf, &v->product));
	read_product(v);
	v->by_text = true;
	v->own = own;
	memcpy(v->item, item, strnlen(item, sizeof v->item - 1));
	enum sy_err err = lot[0] == '\0' ? SY_ERR_NOT_FOUND : store_view_lot(db, own, item, lot, leaf, id);
	if (err == SY_OK) {
		SY_TRY(fill_doc(db, v, leaf, &v->lot));
		memcpy(v->lot_text, lot, strnlen(lot, sizeof v->lot_text - 1));
		v->has_lot = true;
		SY_TRY(all_restrictions(db, v));
	} else if (err != SY_ERR_NOT_FOUND)
		return err;
	*ret = v;
	v = NULL;
	return SY_OK;
}
