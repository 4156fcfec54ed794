// _zpl.mjs JOB OUT-PREFIX WIDTH-MM HEIGHT-MM DOTS-A-MM: each label of a ZPL job as a PNG, drawn by zpl-renderer-js (zebrash), not by us.
import { readFileSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";

globalThis.crypto ??= webcrypto; // Node 18 has it under this name only, and the renderer asks while it loads
const { ready } = createRequire(import.meta.url)("zpl-renderer-js"); // its module file is not marked as one: Node 18 would take it for CommonJS

const [job, prefix, width, height, dots] = process.argv.slice(2);
const { api } = await ready;
const labels = await api.zplToBase64MultipleAsync(readFileSync(job, "latin1"), Number(width), Number(height), Number(dots));
labels.forEach((png, i) => writeFileSync(`${prefix}-${i + 1}.png`, Buffer.from(png, "base64")));
process.exit(0); // the renderer's runtime would wait for ever
