/* public_fixture.h: a store filled through the real store functions with one lot,
 * its report, certificate, release and allocation, and a key that signs labels;
 * then whatever restriction a test wants. No signer, no HTTP. */
#ifndef TESTS_PUBLIC_FIXTURE_H
#define TESTS_PUBLIC_FIXTURE_H

#include "certs/digest.h"
#include "certs/serial.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/app.h"
#include "server/service/now.h"
#include "server/service/verify.h"
#include "server/sql_core.h"
#include "server/store/body.h"
#include "server/store/derived.h"
#include "server/store/log.h"
#include "server/store/record.h"
#include "server/store/seal.h"
#include "server/store/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIX_ORIGIN "q.example.cn/suyuan"
#define FIX_GTIN "09524117010017"
#define FIX_LOT "ZY260920A"
#define FIX_NOW INT64_C(1795420800) /* 2026-11-23T08:00:00Z */

struct fix_doc {
	uint8_t leaf[32], id[16];
	char leaf_hex[65], id_hex[33];
};

struct fix {
	char dir[64];
	struct conf conf;
	struct app app;
	struct db *db;
	struct sy_key *root, *label, *stray;
	int64_t next;
	uint8_t serial_key[32];
	struct fix_doc maker, centre, certifier, office, product, lot, report, cert, release, allocation;
	int basis;
	const char *best_before;
	int64_t key_until; /* of the label key; 0: no end */
};

#define FIX_OK(expr)                                                                                                           \
	do {                                                                                                                   \
		enum sy_err fix_e_ = (expr);                                                                                   \
		if (fix_e_ != SY_OK) {                                                                                         \
			fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #expr, sy_err_slug(fix_e_));                    \
			abort();                                                                                               \
		}                                                                                                              \
	} while (0)

static inline int64_t
fix_clock(void)
{
	return FIX_NOW;
}

static inline void
fix_save(const char *path, struct sy_span s)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL || fwrite(s.data, 1, s.len, f) != s.len || fclose(f) != 0)
		abort();
}

static inline void
fix_trust(struct fix *x, uint64_t version, uint64_t valid_if_leaf_lt, const char *reason)
{
	struct sy_note_key root;
	struct sy_buf text, anchor;
	char path[96];
	static const char *const hosts[] = { "127.0.0.1:8080", "q.example.cn" };
	FIX_OK(sy_note_key_from("root.example", x->root, &root));
	struct sy_anchor a = { .k = 1, .n = 1, .root = { root } };
	struct sy_trust_key key = { .kid = 7, .alg = SY_ALG_P256, .role = SY_KEY_LABEL, .party = "-", .not_before = FIX_NOW - 400 * 86400, .not_after = x->key_until == 0 ? INT64_MAX : x->key_until,
		.valid_if_leaf_lt = valid_if_leaf_lt, .reason = "-", .key = x->label };
	(void)snprintf(key.reason, sizeof key.reason, "%s", reason);
	struct sy_trust_facts facts = { .origin = FIX_ORIGIN, .version = version, .issued = FIX_NOW - 86400, .expires = FIX_NOW + 86400 * 365, .policy = a, .nhosts = 2,
		.hosts = hosts, .nkeys = 1, .keys = &key };
	sy_buf_init(&text, SY_TRUST_MAX);
	sy_buf_init(&anchor, 4096);
	FIX_OK(sy_trust_print(&facts, &text));
	FIX_OK(sy_note_sign(&text, "root.example", x->root));
	sy_anchor_print(&a, &anchor);
	(void)snprintf(path, sizeof path, "%s/anchor.txt", x->dir);
	fix_save(path, sy_buf_span(&anchor));
	FIX_OK(trust_store_add(x->db, version, sy_buf_span(&text), FIX_NOW));
	if (x->app.trust != NULL)
		FIX_OK(trust_replace(x->app.trust, sy_buf_span(&text), NULL));
	else
		FIX_OK(trust_cache_new(path, x->db, &x->app.trust, NULL));
	sy_buf_done(&text);
	sy_buf_done(&anchor);
}

static inline void
fix_canon(const char *json, struct sy_buf *ret)
{
	SY_AUTO_JSON *v = NULL;
	struct sy_fault f = { .err = SY_OK };
	if (sy_json_parse(sy_span_str(json), &v, &f) != SY_OK) {
		fprintf(stderr, "bad fixture JSON at %zu: %s\n", f.offset, json);
		abort();
	}
	sy_canon_print(v, ret);
	FIX_OK(sy_buf_err(ret));
}

/* One logged record. more: further members of the statement, after a comma. d->id may be set for a new version. */
static inline void
fix_record(struct fix *x, struct fix_doc *d, const char *type, const struct fix_doc *issuer, int64_t version, const char *body, const char *more)
{
	struct sy_buf public, text, statement;
	uint8_t sha[32], zero[16] = { 0 };
	char hex[65];
	RECORD_ROW(row);
	sy_buf_init(&public, STORE_BODY_MAX);
	sy_buf_init(&text, 65536);
	sy_buf_init(&statement, STORE_STATEMENT_MAX);
	if (memcmp(d->id, zero, 16) == 0)
		FIX_OK(sy_random(d->id, 16));
	sy_hex_print(sy_span(d->id, 16), d->id_hex);
	fix_canon(body, &public);
	FIX_OK(sy_sha256(sy_buf_span(&public), sha));
	sy_hex_print(sy_span(sha, 32), hex);
	sy_buf_printf(&text, "{\"type\":\"%s\",\"id\":\"%s\",\"version\":%d,\"supersedes\":null,\"issuer\":\"%s\",\"time\":\"2026-09-26T02:00:00Z\",\"public_sha256\":\"%s\",\"private_sha256\":null%s}",
	    type, d->id_hex, (int)version, issuer == NULL ? d->id_hex : issuer->id_hex, hex, more);
	fix_canon(sy_buf_cstr(&text), &statement);
	struct sy_hash leaf;
	FIX_OK(sy_leaf_hash(sy_buf_span(&statement), &leaf));
	memcpy(d->leaf, leaf.b, 32);
	sy_hex_print(sy_span(d->leaf, 32), d->leaf_hex);
	memcpy(row.id, d->id, 16);
	row.version = version;
	(void)snprintf(row.type, sizeof row.type, "%s", type);
	memcpy(row.issuer, issuer == NULL ? d->id : issuer->id, 16);
	sy_buf_add_span(&row.statement, sy_buf_span(&statement));
	memcpy(row.public_sha256, sha, 32);
	row.created_at = FIX_NOW;
	FIX_OK(body_store_put(x->db, sha, false, sy_buf_span(&public)));
	FIX_OK(record_store_add(x->db, &row));
	FIX_OK(record_store_set_logged(x->db, d->id, version, d->leaf, x->next));
	struct entry_row e = { .leaf_index = x->next, .version = version };
	memcpy(e.leaf, d->leaf, 32);
	memcpy(e.id, d->id, 16);
	(void)snprintf(e.type, sizeof e.type, "%s", type);
	FIX_OK(entry_store_add(x->db, &e, sy_buf_span(&statement)));
	x->next++;
	FIX_OK(checkpoint_store_add(x->db, x->next, sy_span_str("fixture\n"), FIX_NOW));
	sy_buf_done(&public);
	sy_buf_done(&text);
	sy_buf_done(&statement);
}

static inline void
fix_people(struct fix *x)
{
	fix_record(x, &x->maker, "party", NULL, 1,
	    "{\"salt\":\"00\",\"name\":\"正阳豆香花生专业合作社（示范）\",\"name_en\":\"Douxiang Peanut Cooperative (demonstration)\",\"demonstration\":true}", "");
	fix_record(x, &x->centre, "party", NULL, 1,
	    "{\"salt\":\"00\",\"name\":\"天中农产品质量安全检验检测中心（示范）\",\"name_en\":\"Tianzhong Agri-product Test Centre (demonstration)\",\"demonstration\":true}", "");
	fix_record(x, &x->certifier, "party", NULL, 1,
	    "{\"salt\":\"00\",\"name\":\"豫南农产品认证中心（示范）\",\"name_en\":\"Yunan Certification (demonstration)\",\"demonstration\":true}", "");
	fix_record(x, &x->office, "party", NULL, 1,
	    "{\"salt\":\"00\",\"name\":\"驻马店市农产品质量安全监管处（示范）\",\"name_en\":\"Zhumadian Agri-product Safety Office (demonstration)\",\"demonstration\":true}", "");
}

#define FIX_LIMIT(value, unit, standard, edition, clause, verified)                                                            \
	"{\"operator\":\"<=\",\"value\":\"" value "\",\"unit\":\"" unit "\",\"standard\":\"" standard "\",\"edition\":\"" edition                  \
	"\",\"clause\":\"" clause "\",\"verified\":" verified ",\"source\":\"\",\"valid_from\":\"2026-09-02\",\"valid_to\":null}"

static inline const char *
fix_report_body(void)
{
	return "{\"salt\":\"00\",\"number\":\"TZ-2026-0921-0311\",\"kind\":\"sampling\",\"cma\":\"261641040001\",\"catl\":\"（示范）CATL-41-0001\",\"verdict\":\"pass\","
	       "\"judged_on\":\"2026-09-20\",\"tested_to\":\"2026-09-25\",\"demonstration\":true,"
	       "\"sample\":{\"number\":\"S-2026-0921-07\",\"taken_on\":\"2026-09-21\",\"source\":\"sampled\"},\"items\":["
	       "{\"analyte\":\"黄曲霉毒素B1\",\"value\":\"1.2\",\"unit\":\"μg/kg\",\"lod\":\"0.5\",\"method\":\"GB 5009.22\",\"reading\":\"1.2\",\"verdict\":\"pass\",\"why\":\"\",\"limit\":" FIX_LIMIT(
		   "20", "μg/kg", "GB 2761-2017", "2017", "表1", "true") "},"
	       "{\"analyte\":\"铅\",\"value\":\"0.04\",\"unit\":\"mg/kg\",\"lod\":\"0.02\",\"method\":\"GB 5009.12\",\"reading\":\"0.04\",\"verdict\":\"pass\",\"why\":\"\",\"limit\":" FIX_LIMIT(
		   "0.2", "mg/kg", "GB 2762", "2025", "表1", "true") "},"
	       "{\"analyte\":\"镉\",\"value\":\"0.45\",\"unit\":\"mg/kg\",\"lod\":\"0.002\",\"method\":\"GB 5009.15\",\"reading\":\"0.45\",\"verdict\":\"pass\",\"why\":\"\",\"limit\":" FIX_LIMIT(
		   "0.5", "mg/kg", "GB 2762", "2025", "表2", "true") "},"
	       "{\"analyte\":\"毒死蜱\",\"value\":\"未检出\",\"unit\":\"mg/kg\",\"lod\":\"0.01\",\"method\":\"GB 23200.113\",\"reading\":\"未检出\",\"verdict\":\"pass\",\"why\":\"\",\"limit\":" FIX_LIMIT(
		   "0.2", "mg/kg", "GB 2763", "2026", "4.100", "true") "},"
	       "{\"analyte\":\"多菌灵\",\"value\":\"未检出\",\"unit\":\"mg/kg\",\"lod\":\"0.01\",\"method\":\"GB/T 20769\",\"reading\":\"未检出\",\"verdict\":\"reference\",\"why\":\"\",\"limit\":" FIX_LIMIT(
		   "0.1", "mg/kg", "GB 2763", "2026", "", "false") "},"
	       "{\"analyte\":\"水分\",\"value\":\"6.8\",\"unit\":\"%\",\"method\":\"GB 5009.3\",\"reading\":\"6.8\",\"verdict\":\"reference\",\"why\":\"\",\"limit\":null,\"reference\":true}]}";
}

static inline void
fix_goods(struct fix *x, const char *name)
{
	char body[4096];
	(void)snprintf(body, sizeof body,
	    "{\"salt\":\"00\",\"party\":\"%s\",\"gtin\":\"" FIX_GTIN "\",\"name\":\"%s\",\"name_en\":\"Zhengyang peanut kernels 500 g\",\"brand\":\"豆香（示范）\",\"variety\":\"豫花 37\","
	    "\"net_content\":{\"value\":500,\"uom\":\"GRM\"},\"storage\":\"阴凉干燥处\",\"market\":\"CN\",\"gi_name\":\"正阳花生\",\"declared_standard\":\"GB/T 1532\",\"demonstration\":true}",
	    x->maker.id_hex, name);
	fix_record(x, &x->product, "product", &x->maker, 1, body, "");
	(void)snprintf(body, sizeof body,
	    "{\"salt\":\"00\",\"product\":\"%s\",\"lot\":\"" FIX_LOT "\",\"enterprise_lot\":\"豆香-2026-020\",\"quantity\":{\"value\":5000000,\"uom\":\"GRM\"},\"produced\":\"2026-09-20\","
	    "\"harvested\":\"2026-09-08\",\"best_before\":%s%s%s,\"variety\":\"豫花 37\",\"origin\":{\"name\":\"慎水乡示范花生基地\",\"kind\":\"field\",\"county\":\"411724\",\"township\":\"411724200\","
	    "\"village\":\"示范村\",\"park\":\"正阳花生国家现代农业产业园\"},\"inputs\":[{\"kind\":\"seed\",\"name\":\"豫花 37 良种\",\"used_on\":\"2026-05-02\"},"
	    "{\"kind\":\"fertiliser\",\"name\":\"花生专用肥\",\"dose\":\"40 kg/亩\",\"used_on\":\"2026-05-02\"}],\"steps\":[{\"kind\":\"harvest\",\"on\":\"2026-09-08\",\"place\":\"慎水乡示范村\"},"
	    "{\"kind\":\"processing\",\"on\":\"2026-09-18\",\"place\":\"豆香加工车间\",\"note\":\"晾晒、脱壳、色选\"},{\"kind\":\"packing\",\"on\":\"2026-09-20\",\"place\":\"豆香加工车间\"}],"
	    "\"demonstration\":true}",
	    x->product.id_hex, x->best_before == NULL ? "null" : "\"", x->best_before == NULL ? "" : x->best_before, x->best_before == NULL ? "" : "\"");
	fix_record(x, &x->lot, "lot", &x->maker, 1, body, "");
	struct product_row p = { .version = 1, .item = FIX_GTIN };
	memcpy(p.leaf, x->product.leaf, 32);
	memcpy(p.id, x->product.id, 16);
	memcpy(p.party, x->maker.id, 16);
	FIX_OK(derived_product_add(x->db, &p));
	struct lot_row l = { .version = 1, .item = FIX_GTIN, .lot = FIX_LOT, .produced = 2454 };
	memcpy(l.leaf, x->lot.leaf, 32);
	memcpy(l.id, x->lot.id, 16);
	memcpy(l.party, x->maker.id, 16);
	memcpy(l.product, x->product.id, 16);
	FIX_OK(derived_lot_add(x->db, &l));
	fix_record(x, &x->report, "report", &x->centre, 1, fix_report_body(), "");
	if (x->basis == 1)
		fix_record(x, &x->cert, "certificate", &x->certifier, 1,
		    "{\"salt\":\"00\",\"kind\":\"green\",\"number\":\"LB-10-26090041234A\",\"enterprise_code\":\"GF411724260001\",\"valid_from\":\"2026-03-01\",\"valid_to\":\"2029-02-28\",\"demonstration\":true}", "");
	else
		fix_record(x, &x->cert, "certificate", &x->maker, 1,
		    "{\"salt\":\"00\",\"kind\":\"commitment\",\"number\":\"HGZ-260920-01\",\"style\":\"producer\",\"edition\":2026,\"grounds\":[\"self_test\"],\"issued_on\":\"2026-09-20\",\"demonstration\":true}", "");
}

static inline unsigned
fix_certified(const struct fix *x)
{
	return x->basis == 1 ? SY_CERTIFIED_GREEN : SY_CERTIFIED_COMMITMENT;
}

static inline void
fix_release(struct fix *x)
{
	uint8_t commit[32];
	char hex[65], more[2048];
	FIX_OK(sy_serial_commit(x->serial_key, sy_span_str(FIX_GTIN), commit));
	sy_hex_print(sy_span(commit, 32), hex);
	(void)snprintf(more, sizeof more,
	    ",\"subject\":{\"lot\":\"%s\",\"product\":\"%s\",\"reports\":[\"%s\"],\"certificates\":[\"%s\"]},\"figures\":{\"basis\":%d,\"grade\":0,\"quantity\":{\"value\":1000000,\"uom\":\"GRM\"},"
	    "\"units\":2000,\"best_before\":%s%s%s,\"certified\":%u,\"county\":\"411724\",\"status_index\":4711,\"serial_key_sha256\":\"%s\"}",
	    x->lot.leaf_hex, x->product.leaf_hex, x->report.leaf_hex, x->cert.leaf_hex, x->basis, x->best_before == NULL ? "null" : "\"",
	    x->best_before == NULL ? "" : x->best_before, x->best_before == NULL ? "" : "\"", fix_certified(x), hex);
	fix_record(x, &x->release, "release", &x->maker, 1, "{\"salt\":\"00\"}", more);
	struct release_row r = { .leaf_index = x->next - 1, .item = FIX_GTIN, .lot_text = FIX_LOT, .status_index = 4711, .basis = x->basis, .units = 2000 };
	memcpy(r.leaf, x->release.leaf, 32);
	memcpy(r.id, x->release.id, 16);
	memcpy(r.lot, x->lot.id, 16);
	memcpy(r.lot_leaf, x->lot.leaf, 32);
	memcpy(r.product_leaf, x->product.leaf, 32);
	FIX_OK(derived_release_add(x->db, &r));
	if (x->basis == 1)
		FIX_OK(derived_cite_add(x->db, x->release.leaf, x->report.leaf, "report"));
	FIX_OK(derived_cite_add(x->db, x->release.leaf, x->cert.leaf, "certificate"));
	(void)snprintf(more, sizeof more, ",\"subject\":{\"release\":\"%s\"},\"figures\":{\"first\":100,\"count\":1000}", x->release.leaf_hex);
	fix_record(x, &x->allocation, "allocation", &x->maker, 1, "{\"salt\":\"00\"}", more);
	struct allocation_row a = { .leaf_index = x->next - 1, .first = 100, .count = 1000, .item = FIX_GTIN };
	memcpy(a.leaf, x->allocation.leaf, 32);
	memcpy(a.id, x->allocation.id, 16);
	memcpy(a.release, x->release.leaf, 32);
	FIX_OK(derived_allocation_add(x->db, &a));
}

/* kind: hold void recall; subject: lot certificate report release labels. */
static inline void
fix_restrict(struct fix *x, const char *kind, const char *subject, const struct fix_doc *target, const struct fix_doc *issuer, const char *class, int64_t first,
    int64_t count, const char *body)
{
	struct fix_doc d = { .leaf_hex = "" };
	fix_record(x, &d, kind, issuer, 1, body, "");
	struct restriction_row r = { .version = 1, .kind = kind, .subject = subject, .class = class, .ranged = first >= 0, .first = first < 0 ? 0 : first, .count = count,
		.open = true, .since = FIX_NOW - 3 * 86400 };
	memcpy(r.id, d.id, 16);
	memcpy(r.leaf, d.leaf, 32);
	memcpy(r.target, target->id, 16);
	FIX_OK(derived_restriction_put(x->db, &r));
	if (x->app.reads != NULL)
		db_pool_renew(x->app.reads);
}

/* Opened empty but for keys and trust; then fix_goods and fix_release. */
static inline void
fix_open(struct fix *x)
{
	static const struct face_options options = { .suspicious_scans = 30, .suspicious_days = 3 };
	char path[96];
	memset(x, 0, sizeof *x);
	(void)snprintf(x->dir, sizeof x->dir, "/tmp/suyuan-fixture-XXXXXX");
	if (mkdtemp(x->dir) == NULL)
		abort();
	(void)snprintf(path, sizeof path, "%s/suyuan.db", x->dir);
	conf_defaults(&x->conf);
	(void)snprintf(x->conf.log_origin, sizeof x->conf.log_origin, FIX_ORIGIN);
	(void)snprintf(x->conf.label_base, sizeof x->conf.label_base, "HTTP://127.0.0.1:8080");
	x->app.conf = &x->conf;
	x->app.clock = fix_clock;
	x->basis = 1;
	x->best_before = "2027-09-19";
	FIX_OK(sy_key_generate(SY_ALG_ED25519, &x->root));
	FIX_OK(sy_key_generate(SY_ALG_P256, &x->label));
	FIX_OK(sy_key_generate(SY_ALG_P256, &x->stray));
	FIX_OK(sy_random(x->serial_key, 32));
	FIX_OK(db_open(path, DB_WRITE, &x->db, NULL));
	FIX_OK(db_migrate(x->db, store_migrations, store_migrations_len, NULL));
	FIX_OK(face_new(&options, &x->app.face));
	FIX_OK(face_know_serial(x->app.face, false, FIX_GTIN, x->serial_key));
	fix_trust(x, 1, UINT64_MAX, "-");
	FIX_OK(db_pool_new(path, 2, &x->app.reads, NULL));
}

static inline void
fix_fill(struct fix *x)
{
	fix_people(x);
	fix_goods(x, "正阳花生仁 500克");
	fix_release(x);
	db_pool_renew(x->app.reads);
}

static inline void
fix_close(struct fix *x)
{
	static const char *const files[] = { "suyuan.db", "suyuan.db-wal", "suyuan.db-shm", "anchor.txt" };
	char path[96];
	face_free(x->app.face);
	db_pool_free(x->app.reads);
	trust_cache_free(x->app.trust);
	db_close(x->db);
	sy_key_free(x->root);
	sy_key_free(x->label);
	sy_key_free(x->stray);
	for (size_t i = 0; i < SY_LEN(files); i++) {
		(void)snprintf(path, sizeof path, "%s/%s", x->dir, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(x->dir);
}

/* What the token of this release says when nobody tampers with it. */
static inline struct sy_token
fix_token(const struct fix *x)
{
	struct sy_token t = { .kid = 7, .day_issued = 2465, .best_before = SY_BEST_BEFORE_NONE, .certified = (uint8_t)fix_certified(x), .basis = (uint8_t)x->basis, .county = 411724,
		.status_index = 4711 };
	int32_t day = 0;
	if (x->best_before != NULL) {
		FIX_OK(sy_date_parse(sy_span_str(x->best_before), &day, NULL));
		t.best_before = (uint16_t)day;
	}
	memcpy(t.release, x->release.leaf, 16);
	return t;
}

/* Path with the serial of that counter; counter UINT32_MAX: no serial. */
static inline void
fix_path(const struct fix *x, const char *lot, uint32_t counter, char ret[SY_LINK_PATH_MAX + 1])
{
	char serial[11] = "";
	struct sy_serial *s = NULL;
	FIX_OK(sy_serial_new(x->serial_key, sy_span_str(FIX_GTIN), &s));
	if (counter != UINT32_MAX)
		FIX_OK(sy_serial_print(s, counter, serial));
	sy_serial_free(s);
	FIX_OK(sy_link_path(false, FIX_GTIN, lot, serial, ret));
}

/* A label's whole URL, signed by key over path. */
static inline void
fix_url(const char *base, const char *path, const struct sy_token *t, const struct sy_key *key, struct sy_buf *ret)
{
	uint8_t bytes[SY_TOKEN_SIZE];
	char digits[SY_TOKEN_DIGITS + 1];
	struct sy_token signed_token = *t;
	struct sy_buf message;
	struct sy_seal *seal = NULL;
	sy_buf_init(&message, 1024);
	sy_token_print(t, bytes);
	sy_token_message(sy_span_str(FIX_ORIGIN), sy_span_str(path), bytes, &message);
	FIX_OK(sy_seal_new(key, &seal));
	FIX_OK(sy_seal_sign(seal, sy_buf_span(&message), signed_token.sig));
	sy_token_print(&signed_token, bytes);
	sy_token_digits(bytes, digits);
	sy_buf_reset(ret);
	sy_link_print(base, path, digits, ret);
	sy_seal_free(seal);
	sy_buf_done(&message);
}

#endif
