-- 0001-core: the first tables. Never edited after release; a change is a new file.
-- "ledger": append-only, the truth. "derived": can be rebuilt from the ledger.
-- Hashes and ids are BLOBs (32 and 16 bytes); instants are seconds since 1970;
-- days are days since 2020-01-01 in Asia/Shanghai (schema/wire/time.h).

-- ledger. Canonical JSON bodies by hash; a private body can be erased, its row stays.
CREATE TABLE body (
  sha256     BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32), -- SHA-256 of json
  private    INTEGER NOT NULL CHECK (private IN (0, 1)),            -- 1: by role only
  json       TEXT CHECK (length(json) <= 12582912)                  -- NULL once erased; the longest are status lists
) STRICT, WITHOUT ROWID;

-- ledger. One row a version of a record; a correction is a new version.
CREATE TABLE record (
  id             BLOB NOT NULL CHECK (length(id) = 16),              -- the record's id, the same over its versions
  version        INTEGER NOT NULL CHECK (version BETWEEN 1 AND 1000000), -- from 1
  type           TEXT NOT NULL CHECK (length(type) <= 24),           -- party product lot report certificate release ...
  issuer         BLOB NOT NULL CHECK (length(issuer) = 16),          -- party that says it
  statement      TEXT NOT NULL CHECK (length(statement) <= 32768),   -- canonical JSON, frozen before the first seal
  public_sha256  BLOB NOT NULL REFERENCES body (sha256),             -- public body
  private_sha256 BLOB REFERENCES body (sha256),                      -- private body, if any
  created_at     INTEGER NOT NULL,                                   -- when frozen
  created_by     BLOB CHECK (length(created_by) = 16),               -- user who entered it
  state          TEXT NOT NULL CHECK (state IN ('sealing', 'logged')),    -- waits for seals, or in the log; a draft given up is deleted
  leaf           BLOB CHECK (length(leaf) = 32),                     -- leaf hash, once logged
  leaf_index     INTEGER,                                            -- place in the log, once logged
  PRIMARY KEY (id, version)
) STRICT;
CREATE UNIQUE INDEX record_leaf ON record (leaf) WHERE leaf IS NOT NULL;
CREATE INDEX record_type ON record (type, created_at);
CREATE INDEX record_issuer ON record (issuer, type, created_at);
CREATE INDEX record_public ON record (public_sha256);
CREATE INDEX record_private ON record (private_sha256) WHERE private_sha256 IS NOT NULL;

-- derived. Which lots a report covers, from the moment it is entered: who may read it follows from this.
CREATE TABLE report_lot (
  report BLOB NOT NULL CHECK (length(report) = 16),                  -- report record
  lot    BLOB NOT NULL CHECK (length(lot) = 16),                     -- lot record
  PRIMARY KEY (report, lot)
) STRICT, WITHOUT ROWID;

-- ledger. Seals collected on a frozen statement.
CREATE TABLE seal (
  id        BLOB NOT NULL,                                           -- record
  version   INTEGER NOT NULL,                                        -- its version
  role      TEXT NOT NULL CHECK (length(role) <= 16),                -- tester reviewer approver operator certifier officer producer status
  protected TEXT NOT NULL CHECK (length(protected) <= 1024),         -- JWS protected header, canonical JSON
  signature BLOB NOT NULL CHECK (length(signature) = 64),            -- r||s
  x5t       BLOB NOT NULL REFERENCES cert (sha256),                  -- certificate of the signatory
  made_at   INTEGER NOT NULL,                                        -- when received
  user      BLOB CHECK (length(user) = 16),                          -- login that handed it in; NULL: the signer's own seal
  PRIMARY KEY (id, version, role),
  FOREIGN KEY (id, version) REFERENCES record (id, version)
) STRICT, WITHOUT ROWID;

-- ledger. X.509 certificates by fingerprint.
CREATE TABLE cert (
  sha256     BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),  -- x5t#S256
  der        BLOB NOT NULL CHECK (length(der) <= 8192),              -- the certificate
  issuer     BLOB,                                                   -- fingerprint of the certificate that signed it, if held here
  party      BLOB NOT NULL CHECK (length(party) = 16),               -- O
  subject    TEXT NOT NULL CHECK (length(subject) <= 64),            -- CN: staff number
  roles      INTEGER NOT NULL,                                       -- EKUs as bits, certs/chain.h
  not_before INTEGER NOT NULL,                                       -- validity
  not_after  INTEGER NOT NULL                                        -- validity
) STRICT, WITHOUT ROWID;

-- ledger. The log: entries in order. Rows at or above the newest checkpoint's size are not yet public.
CREATE TABLE entry (
  leaf_index INTEGER PRIMARY KEY,                                    -- from 0, without gaps
  leaf       BLOB NOT NULL UNIQUE CHECK (length(leaf) = 32),         -- SHA-256(0x00 || bytes)
  id         BLOB NOT NULL,                                          -- record
  version    INTEGER NOT NULL,                                       -- its version
  type       TEXT NOT NULL CHECK (length(type) <= 24),               -- its type
  bytes      BLOB NOT NULL CHECK (length(bytes) <= 65535)            -- the entry
) STRICT;
CREATE INDEX entry_record ON entry (id, version);

-- ledger. Signed checkpoints.
CREATE TABLE checkpoint (
  size INTEGER PRIMARY KEY,                                          -- tree size
  note TEXT NOT NULL CHECK (length(note) <= 16384),                  -- signed note
  at   INTEGER NOT NULL                                              -- when received
) STRICT;

-- ledger. Trust lists that this deployment published.
CREATE TABLE trust (
  version INTEGER PRIMARY KEY,                                       -- monotone
  note    TEXT NOT NULL CHECK (length(note) <= 1048576),             -- signed note
  at      INTEGER NOT NULL                                           -- when installed
) STRICT;

-- derived. Full tiles of node hashes (C2SP tlog-tiles, height 8) above the leaves.
CREATE TABLE tile (
  level  INTEGER NOT NULL CHECK (level BETWEEN 1 AND 7),             -- tile level
  n      INTEGER NOT NULL,                                           -- tile number
  hashes BLOB NOT NULL CHECK (length(hashes) % 32 = 0),              -- up to 256 hashes; the last tile of a level may be short
  PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;

-- derived. What a product's newest and older versions are called.
CREATE TABLE product (
  leaf    BLOB NOT NULL PRIMARY KEY,                                 -- log leaf of this version
  id      BLOB NOT NULL,                                             -- record
  version INTEGER NOT NULL,                                          -- its version
  party   BLOB NOT NULL,                                             -- owner
  own     INTEGER NOT NULL CHECK (own IN (0, 1)),                    -- 1: own item, no GTIN
  item    TEXT NOT NULL CHECK (length(item) BETWEEN 1 AND 14)        -- GTIN-14 or own item
) STRICT, WITHOUT ROWID;
CREATE INDEX product_item ON product (item, own, version);
CREATE INDEX product_id ON product (id, version);

-- derived. Lots by the text on the label.
CREATE TABLE lot (
  leaf    BLOB NOT NULL PRIMARY KEY,                                 -- log leaf of this version
  id      BLOB NOT NULL,                                             -- record
  version INTEGER NOT NULL,                                          -- its version
  party   BLOB NOT NULL,                                             -- owner
  product BLOB NOT NULL,                                             -- product record
  own     INTEGER NOT NULL CHECK (own IN (0, 1)),                    -- as in product
  item    TEXT NOT NULL,                                             -- as in product
  lot     TEXT NOT NULL CHECK (length(lot) BETWEEN 1 AND 20),        -- lot number
  produced INTEGER NOT NULL                                          -- day
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_item ON lot (item, own, lot, version);
CREATE INDEX lot_id ON lot (id, version);

-- derived. Releases.
CREATE TABLE release (
  leaf         BLOB NOT NULL PRIMARY KEY,                            -- log leaf
  leaf_index   INTEGER NOT NULL UNIQUE,                              -- place in the log
  id           BLOB NOT NULL,                                        -- record
  lot          BLOB NOT NULL,                                        -- lot record id
  lot_leaf     BLOB NOT NULL,                                        -- lot version it rests on
  product_leaf BLOB NOT NULL,                                        -- product version it rests on
  own          INTEGER NOT NULL,                                     -- as in product
  item         TEXT NOT NULL,                                        -- as in product
  lot_text     TEXT NOT NULL,                                        -- lot number
  status_index INTEGER NOT NULL UNIQUE CHECK (status_index BETWEEN 0 AND 16777215), -- place in the status lists
  basis        INTEGER NOT NULL CHECK (basis BETWEEN 1 AND 3),       -- 1 report 2 self-tested 3 declared
  units        INTEGER NOT NULL CHECK (units BETWEEN 0 AND 1073741824), -- serials it allows; 0: lot code
  leaf16       BLOB NOT NULL CHECK (length(leaf16) = 16)             -- first half of leaf, as in a token
) STRICT, WITHOUT ROWID;
CREATE INDEX release_leaf16 ON release (leaf16);
CREATE INDEX release_lot ON release (item, own, lot_text);

-- derived. What a release rests on.
CREATE TABLE cite (
  release BLOB NOT NULL,                                             -- release leaf
  cited   BLOB NOT NULL,                                             -- leaf of a report or certificate
  type    TEXT NOT NULL,                                             -- report or certificate
  PRIMARY KEY (release, cited)
) STRICT, WITHOUT ROWID;
CREATE INDEX cite_cited ON cite (cited);

-- derived. Ranges of counters handed to releases.
CREATE TABLE allocation (
  leaf       BLOB NOT NULL PRIMARY KEY,                              -- log leaf
  leaf_index INTEGER NOT NULL,                                       -- place in the log
  id         BLOB NOT NULL,                                          -- record
  release    BLOB NOT NULL,                                          -- release leaf
  own        INTEGER NOT NULL,                                       -- as in product
  item       TEXT NOT NULL,                                          -- as in product
  first      INTEGER NOT NULL CHECK (first >= 0),                    -- first counter
  count      INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1073741824) -- how many
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX allocation_range ON allocation (item, own, first);
CREATE INDEX allocation_release ON allocation (release);

-- derived. The present holds, voids and recalls, one row a subject; closed ones keep their row.
CREATE TABLE restriction (
  id         BLOB NOT NULL,                                          -- record of the hold, void or recall
  version    INTEGER NOT NULL,                                       -- newest logged version
  leaf       BLOB NOT NULL,                                          -- its leaf
  kind       TEXT NOT NULL CHECK (kind IN ('hold', 'void', 'recall')),
  subject    TEXT NOT NULL CHECK (subject IN ('lot', 'certificate', 'report', 'release', 'labels')),
  target     BLOB NOT NULL,                                          -- record id of lot, certificate, report or release concerned
  class      TEXT,                                                   -- hold: safety or certificate
  first      INTEGER,                                                -- void of labels: range
  count      INTEGER,                                                -- void of labels: range
  open       INTEGER NOT NULL CHECK (open IN (0, 1)),                -- 1: in force
  since      INTEGER NOT NULL,                                       -- when it was sealed
  PRIMARY KEY (id, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX restriction_target ON restriction (target, open);

-- ledger. Facilities and samples: records without a log entry of their own; lots and reports embed what they need.
CREATE TABLE facility (
  id      BLOB NOT NULL,                                             -- record
  version INTEGER NOT NULL,                                          -- from 1
  party   BLOB NOT NULL,                                             -- owner
  json    TEXT NOT NULL CHECK (length(json) <= 65536),               -- flat record
  at      INTEGER NOT NULL,                                          -- when entered
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample (
  id      BLOB NOT NULL,                                             -- record
  version INTEGER NOT NULL,                                          -- from 1
  party   BLOB NOT NULL,                                             -- centre
  json    TEXT NOT NULL CHECK (length(json) <= 65536),               -- flat record, private
  at      INTEGER NOT NULL,                                          -- when entered
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- ledger. Who may use the API.
CREATE TABLE user (
  id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  party    BLOB,                                                     -- NULL: administrator of the deployment
  name     TEXT NOT NULL UNIQUE CHECK (length(name) <= 64),          -- sign-in name or machine name
  role     TEXT NOT NULL CHECK (role IN ('processor', 'inspector', 'certifier', 'regulator', 'administrator')),
  duties   INTEGER NOT NULL DEFAULT 0,                               -- roles this person may be asked to seal in, bits of certs/chain.h
  x5t      BLOB,                                                     -- the person's certificate
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  at       INTEGER NOT NULL                                          -- when created
) STRICT, WITHOUT ROWID;

-- ledger. Bearer tokens: only a hash is kept.
CREATE TABLE token (
  sha256  BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),     -- SHA-256 of the token's bytes
  user    BLOB NOT NULL REFERENCES user (id),                        -- whose
  label   TEXT NOT NULL CHECK (length(label) <= 64),                 -- what for
  expires INTEGER NOT NULL,                                          -- when it ends
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1))
) STRICT, WITHOUT ROWID;

-- ledger. Answers to requests that carried an Idempotency-Key.
CREATE TABLE idempotency (
  user     BLOB NOT NULL,                                            -- who asked
  key      TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 128),      -- Idempotency-Key
  request  BLOB NOT NULL CHECK (length(request) = 32),               -- HMAC-SHA-256 of method, path and body under the bearer token (a body may hold a passphrase)
  status   INTEGER NOT NULL,                                         -- HTTP status of the answer; 0: begun, not yet answered
  answer   TEXT NOT NULL,                                            -- its body; while status is 0: "<type> <record id>" of what was begun
  at       INTEGER NOT NULL,                                         -- when
  PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;

-- ledger. Who did what through the API.
CREATE TABLE audit (
  n      INTEGER PRIMARY KEY,                                        -- order
  at     INTEGER NOT NULL,                                           -- when
  user   BLOB,                                                       -- who; NULL: command line
  action TEXT NOT NULL CHECK (length(action) <= 64),                 -- route or command
  id     BLOB,                                                       -- record concerned
  detail TEXT CHECK (length(detail) <= 1024)                         -- in short
) STRICT;

-- ledger. Labels handed out by the signer, by range, with where they went.
CREATE TABLE issue (
  allocation BLOB NOT NULL,                                          -- allocation leaf
  first      INTEGER NOT NULL,                                       -- first counter
  count      INTEGER NOT NULL,                                       -- how many
  user       BLOB NOT NULL,                                          -- who asked
  at         INTEGER NOT NULL,                                       -- when
  PRIMARY KEY (allocation, first)
) STRICT, WITHOUT ROWID;

-- ledger. Scans: one row for each code ever scanned (none for the others).
CREATE TABLE scan (
  own      INTEGER NOT NULL,                                         -- as in product
  item     TEXT NOT NULL,                                            -- as in product
  counter  INTEGER NOT NULL,                                         -- the serial's counter
  count    INTEGER NOT NULL,                                         -- scans that were answered
  days     INTEGER NOT NULL,                                         -- distinct days
  first_at INTEGER NOT NULL,                                         -- first scan
  last_at  INTEGER NOT NULL,                                         -- newest scan
  PRIMARY KEY (item, own, counter)
) STRICT, WITHOUT ROWID;
