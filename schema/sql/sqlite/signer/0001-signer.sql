-- 0001-signer: placeholder head.
CREATE TABLE placeholder (x INTEGER) STRICT;
