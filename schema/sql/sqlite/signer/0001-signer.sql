-- 0001-signer: what the signer knows by itself. Never edited after release; a change is a new file.
-- All of it is ledger: it cannot be rebuilt from the data directory, and it is in no backup of it, because
-- its purpose is to tell when that directory was put back to an older state.
-- Ids are BLOBs of 16 bytes, hashes of 32; instants are seconds since 1970; days count from 2020-01-01 (Shanghai).

-- ledger. The installation, one row.
CREATE TABLE state (
  one           INTEGER PRIMARY KEY CHECK (one = 1),                -- the only row
  origin        TEXT NOT NULL CHECK (length(origin) BETWEEN 1 AND 255), -- log origin
  size          INTEGER NOT NULL CHECK (size >= 0),                 -- entries in the log
  frontier      BLOB NOT NULL CHECK (length(frontier) % 32 = 0),    -- hashes of the complete subtrees, largest first
  checkpoint    TEXT,                                               -- newest signed checkpoint; NULL before the first entry
  anchor        TEXT,                                               -- who may sign the next trust list; NULL before adoption
  trust         TEXT CHECK (length(trust) <= 1048576),              -- trust list in force
  trust_version INTEGER,                                            -- its version
  status_cert   BLOB CHECK (length(status_cert) <= 8192),           -- certificate of the status key, DER
  root_cert     BLOB CHECK (length(root_cert) <= 8192)              -- certificate of the root CA, DER
) STRICT;

-- ledger. Certificates that accepted entries rest on, so that they need to be sent once.
CREATE TABLE cert (
  sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),     -- x5t#S256
  party  TEXT NOT NULL,                                             -- O
  ca     INTEGER NOT NULL CHECK (ca IN (0, 1)),                     -- 1: party CA
  der    BLOB NOT NULL CHECK (length(der) <= 8192)                  -- the certificate
) STRICT, WITHOUT ROWID;
CREATE INDEX cert_party ON cert (party, ca);

-- ledger. Every entry: which version of which record it is.
CREATE TABLE record (
  leaf          BLOB NOT NULL PRIMARY KEY CHECK (length(leaf) = 32), -- leaf hash
  leaf_index    INTEGER NOT NULL UNIQUE,                            -- place in the log
  id            BLOB NOT NULL CHECK (length(id) = 16),              -- record
  version       INTEGER NOT NULL CHECK (version >= 1),              -- its version
  type          TEXT NOT NULL CHECK (length(type) <= 24),           -- its type
  issuer        TEXT NOT NULL CHECK (length(issuer) = 32),          -- party that says it
  public_sha256 TEXT NOT NULL CHECK (length(public_sha256) = 64),   -- public body
  UNIQUE (id, version)
) STRICT, WITHOUT ROWID;

-- ledger. Versions of products.
CREATE TABLE product (
  leaf BLOB NOT NULL PRIMARY KEY REFERENCES record (leaf),          -- this version
  id   BLOB NOT NULL,                                               -- record
  own  INTEGER NOT NULL CHECK (own IN (0, 1)),                      -- 1: own item, no GTIN
  item TEXT NOT NULL CHECK (length(item) BETWEEN 1 AND 14),         -- GTIN-14 or own item
  body TEXT NOT NULL CHECK (length(body) <= 262144)                 -- public body
) STRICT, WITHOUT ROWID;
CREATE INDEX product_item ON product (own, item);
CREATE INDEX product_id ON product (id);

-- ledger. Versions of lots.
CREATE TABLE lot (
  leaf    BLOB NOT NULL PRIMARY KEY REFERENCES record (leaf),       -- this version
  id      BLOB NOT NULL,                                            -- record
  product BLOB NOT NULL,                                            -- product record
  lot     TEXT NOT NULL CHECK (length(lot) BETWEEN 1 AND 20),       -- lot code
  body    TEXT NOT NULL CHECK (length(body) <= 262144)              -- public body
) STRICT, WITHOUT ROWID;
CREATE INDEX lot_text ON lot (product, lot);
CREATE INDEX lot_id ON lot (id);

-- ledger. Versions of certificates.
CREATE TABLE certificate (
  leaf BLOB NOT NULL PRIMARY KEY REFERENCES record (leaf),          -- this version
  body TEXT NOT NULL CHECK (length(body) <= 262144)                 -- public body
) STRICT, WITHOUT ROWID;

-- ledger. Releases, with what was released and how much of it was allocated.
CREATE TABLE release (
  leaf         BLOB NOT NULL PRIMARY KEY REFERENCES record (leaf),  -- leaf hash
  lot          BLOB NOT NULL,                                       -- lot record
  own          INTEGER NOT NULL CHECK (own IN (0, 1)),              -- as in product
  item         TEXT NOT NULL,                                       -- as in product
  lot_text     TEXT NOT NULL,                                       -- lot code
  status_index INTEGER NOT NULL UNIQUE CHECK (status_index BETWEEN 0 AND 16777215), -- place in the status lists
  basis        INTEGER NOT NULL CHECK (basis BETWEEN 1 AND 3),      -- 1 report 2 self-tested 3 declared
  grade        INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 15),     -- 0: none
  certified    INTEGER NOT NULL CHECK (certified BETWEEN 0 AND 15), -- bits of a token
  county       INTEGER NOT NULL CHECK (county BETWEEN 0 AND 999999), -- code as a number
  best_before  INTEGER,                                             -- day; NULL: none
  quantity     INTEGER NOT NULL CHECK (quantity >= 0),              -- released
  uom          TEXT NOT NULL CHECK (length(uom) <= 3),              -- its unit
  units        INTEGER NOT NULL CHECK (units BETWEEN 0 AND 1073741824), -- serials it allows; 0: lot code
  allocated    INTEGER NOT NULL CHECK (allocated BETWEEN 0 AND units) -- serials handed to it
) STRICT, WITHOUT ROWID;
CREATE INDEX release_lot ON release (lot);

-- ledger. What a release rests on.
CREATE TABLE cite (
  release BLOB NOT NULL REFERENCES release (leaf),                  -- release
  cited   BLOB NOT NULL,                                            -- leaf of the report or certificate
  id      BLOB NOT NULL,                                            -- its record
  type    TEXT NOT NULL CHECK (type IN ('report', 'certificate')),  -- which of them
  PRIMARY KEY (release, cited)
) STRICT, WITHOUT ROWID;

-- ledger. Serial keys and counters. A counter never goes back.
CREATE TABLE item (
  own  INTEGER NOT NULL CHECK (own IN (0, 1)),                      -- as in product
  item TEXT NOT NULL CHECK (length(item) BETWEEN 1 AND 14),         -- as in product
  key  BLOB NOT NULL CHECK (length(key) = 32),                      -- FF1 key, random
  next INTEGER NOT NULL CHECK (next BETWEEN 0 AND 1073741824),      -- first counter not yet allocated
  PRIMARY KEY (own, item)
) STRICT, WITHOUT ROWID;

-- ledger. Ranges of counters [first, first + count).
CREATE TABLE allocation (
  leaf    BLOB NOT NULL PRIMARY KEY REFERENCES record (leaf),       -- leaf hash
  release BLOB NOT NULL REFERENCES release (leaf),                  -- release
  first   INTEGER NOT NULL CHECK (first >= 0),                      -- first counter
  count   INTEGER NOT NULL CHECK (count >= 1)                       -- how many
) STRICT, WITHOUT ROWID;
CREATE INDEX allocation_release ON allocation (release, first);

-- ledger. Holds, voids and recalls; one row a record and target, kept when closed.
CREATE TABLE restriction (
  id     BLOB NOT NULL,                                             -- record of the hold, void or recall
  target BLOB NOT NULL,                                             -- record id of lot, certificate or report; leaf of a release
  kind   TEXT NOT NULL CHECK (kind IN ('hold', 'void', 'recall')),  -- which of them
  class  TEXT CHECK (class IN ('safety', 'certificate')),           -- of a hold
  first  INTEGER,                                                   -- void of labels: range; else NULL
  count  INTEGER,                                                   -- void of labels: range; else NULL
  open   INTEGER NOT NULL CHECK (open IN (0, 1)),                   -- 1: in force
  opener INTEGER NOT NULL,                                          -- role that opened it, a bit of certs/chain.h
  PRIMARY KEY (id, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX restriction_target ON restriction (target, open);

-- ledger. Ranges that were signed, written before the first signature. A lot code has count 0.
CREATE TABLE journal (
  n       INTEGER PRIMARY KEY,                                      -- order
  release BLOB NOT NULL REFERENCES release (leaf),                  -- release
  first   INTEGER NOT NULL CHECK (first >= 0),                      -- first counter
  count   INTEGER NOT NULL CHECK (count >= 0),                      -- how many
  at      INTEGER NOT NULL                                          -- when
) STRICT;
CREATE INDEX journal_release ON journal (release, first);

-- ledger. Keys of persons, each under that person's own passphrase, which is kept nowhere.
CREATE TABLE person (
  kid     TEXT NOT NULL PRIMARY KEY CHECK (length(kid) = 16),       -- of the key
  id      BLOB NOT NULL CHECK (length(id) = 16),                    -- whom the server calls so
  party   TEXT NOT NULL CHECK (length(party) = 32),                 -- whose staff
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 64),   -- staff number
  pem     TEXT NOT NULL CHECK (length(pem) <= 8192),                -- PKCS#8, encrypted
  tries   INTEGER NOT NULL DEFAULT 0,                               -- wrong passphrases since the last right one
  locked  INTEGER NOT NULL DEFAULT 0                                -- no try before this instant
) STRICT, WITHOUT ROWID;
