// _zpl.mjs JOB OUT-PREFIX WIDTH-MM HEIGHT-MM DOTS-A-MM: each label of a ZPL job as a PNG, drawn by zpl-renderer-js (zebrash), not by us.
import { readFileSync, writeFileSync } from "node:fs";
import { ready } from "zpl-renderer-js";

const [job, prefix, width, height, dots] = process.argv.slice(2);
const { api } = await ready;
const labels = await api.zplToBase64MultipleAsync(readFileSync(job, "latin1"), Number(width), Number(height), Number(dots));
labels.forEach((png, i) => writeFileSync(`${prefix}-${i + 1}.png`, Buffer.from(png, "base64")));
process.exit(0); // the renderer's runtime would wait for ever
