// Pictures of the public pages at 360 x 740, each verdict in both languages, and one sheet of paper.
//   node shots.mjs --pages DIR --out DIR          HTML files written by unit-server-service-page (SUYUAN_PAGES=DIR)
//   node shots.mjs --labels labels.json --out DIR URLs of a running server: {"valid": "HTTP://127.0.0.1:8080/01/..", ...}
//   node shots.mjs                                 as a test: a copy of SUYUAN_DEMO served by SUYUAN_BUILD, every verdict
// Checks what a picture cannot hide: nothing wider than the screen, no request to anywhere else, targets of 44 px.
// Needs Debian's chromium and npm's playwright-core (NODE_PATH or a node_modules beside).
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');

import os from 'node:os';
import { execFileSync, spawn } from 'node:child_process';

const args = Object.fromEntries(process.argv.slice(2).join(' ').split('--').filter(Boolean).map((s) => s.trim().split(/\s+/)));

// A label's digits and bytes (suyuan-label(5)), to spoil a good label in one place.
const LEN = { 1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17 };
const bytes = (digits) => {
  const out = [];
  for (let at = 0; at < digits.length;) {
    const d = digits.length - at >= 17 ? 17 : digits.length - at;
    let v = BigInt(digits.slice(at, at + d));
    for (let n = Number(Object.keys(LEN).find((k) => LEN[k] === d)); n > 0; n--, v >>= 8n) out.push(Number(v & 255n));
    at += d;
  }
  return out;
};
const digits = (b) => {
  let out = '';
  for (let at = 0; at < b.length; at += 7) {
    const part = b.slice(at, at + 7);
    out += part.reduceRight((v, x) => (v << 8n) | BigInt(x), 0n).toString().padStart(LEN[part.length], '0');
  }
  return out;
};
const spoil = (url, change) => {
  const [path_, d] = url.split('?S=');
  const b = bytes(d);
  change(b);
  return path_ + '?S=' + digits(b);
};

let server = null, work = null;
async function serveDemo() {
  const demo = process.env.SUYUAN_DEMO, build = process.env.SUYUAN_BUILD;
  if (!demo || !build || !fs.existsSync(path.join(demo, 'demo.json'))) { console.log('no demonstration (SUYUAN_DEMO, SUYUAN_BUILD)'); process.exit(77); }
  work = fs.mkdtempSync(path.join(process.env.TMPDIR || os.tmpdir(), 'pages-'));
  const data = path.join(work, 'data');
  fs.cpSync(demo, data, { recursive: true });
  fs.cpSync(demo + '.signer', data + '.signer', { recursive: true, filter: (f) => !f.endsWith('.sock') });
  // The rule of copies, reachable within a test: nine scans on one day.
  fs.appendFileSync(path.join(data, 'suyuan.conf'), 'suspicious_scans = 9\nsuspicious_days = 1\n');
  const port = 20000 + Math.floor(Math.random() * 20000);
  const start = async () => {
    server = spawn(path.join(build, 'server/suyuan-server'), ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
    for (let i = 0; ; i++) {
      const up = await fetch(`http://127.0.0.1:${port}/readyz`).then((r) => r.ok, () => false);
      if (up) return;
      if (i > 300) throw new Error('the server is not ready');
      await new Promise((r) => setTimeout(r, 100));
    }
  };
  await start();
  const known = fs.existsSync(path.join(data, 'labels.json')) ? JSON.parse(fs.readFileSync(path.join(data, 'labels.json'))) : JSON.parse(fs.readFileSync(path.join(data, 'demo.json'))).verdicts;
  const here = (u) => u.replace(/^HTTPS?:\/\/[^/]+/i, `http://127.0.0.1:${port}`);
  const labels = Object.fromEntries(Object.entries(known).map(([k, u]) => [k, here(u)]));
  const good = labels.valid;
  labels.unsigned ??= good.split('?')[0];
  labels['bad-signature'] ??= spoil(good, (b) => { b[95] ^= 1; });
  labels['unknown-key'] ??= spoil(good, (b) => { b[1] = 9; });
  labels.unsupported ??= spoil(good, (b) => { b[0] = 2; });
  labels.malformed ??= good.slice(0, -1);
  const codes = (n) => fs.readFileSync(path.join(data, 'labels', fs.readdirSync(path.join(data, 'labels')).filter((f) => f.endsWith('.codes')).sort()[0]), 'utf8').split('\n').filter((l) => /^HTTPS?:/i.test(l))[n];
  labels.suspicious = here(codes(1));
  for (let i = 0; i < 9; i++) await fetch(labels.suspicious, { headers: { accept: 'text/html' } });
  // A stolen label key signs a number that was never allocated.
  const trust = await fetch(`http://127.0.0.1:${port}/trust`).then((r) => r.text());
  const origin = /^origin (.*)$/m.exec(trust)[1];
  labels['not-issued'] = execFileSync('/usr/bin/python3', [path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '_stolen.py'), data + '.signer', origin, good], { encoding: 'utf8' }).trim();
  return labels;
}
process.on('exit', () => { if (server) server.kill(); if (work) fs.rmSync(work, { recursive: true, force: true }); });
args.out ??= path.join(process.env.TMPDIR || os.tmpdir(), 'shots');
fs.mkdirSync(args.out, { recursive: true });
const jobs = [];
if (args.pages)
  for (const f of fs.readdirSync(args.pages).filter((f) => f.endsWith('.html')).sort())
    jobs.push({ name: f.replace(/\.html$/, ''), url: 'file://' + path.resolve(args.pages, f), lang: f.includes('.en.') ? 'en' : 'zh-CN' });
if (args.labels)
  for (const [name, url] of Object.entries(JSON.parse(fs.readFileSync(args.labels, 'utf8'))))
    for (const lang of ['zh-CN', 'en'])
      jobs.push({ name: `${name}.${lang.slice(0, 2)}`, url: url.replace(/^HTTPS?/, (s) => s.toLowerCase()), lang });

if (!args.pages && !args.labels) {
  const labels = await serveDemo();
  args.labels = 'demo';
  for (const [name, url] of Object.entries(labels))
    for (const lang of ['zh-CN', 'en']) jobs.push({ name: `${name}.${lang.slice(0, 2)}`, url, lang, expect: name });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
let passed = 0, failed = 0;
const say = (ok, name, what) => { ok ? passed++ : failed++; if (!ok) console.log(`FAIL ${name}: ${what}`); };
const only = args.only ? new RegExp(args.only) : /./;
for (const job of jobs.filter((j) => only.test(j.name))) {
  if (job.expect) {
    const got = await fetch(job.url, { headers: { accept: 'application/json' } }).then((r) => r.json());
    say(job.expect === got.verdict || job.expect.startsWith(got.verdict + '-'), job.name, `the verdict is ${got.verdict}: ${JSON.stringify(got.reasons)}`);
  }
  for (const scheme of args.dark ? ['light', 'dark'] : ['light']) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: job.lang, colorScheme: scheme, javaScriptEnabled: true });
    const page = await context.newPage();
    const foreign = [];
    const origin = new URL(job.url).origin;
    page.on('request', (r) => { if (!r.url().startsWith('data:') && new URL(r.url()).origin !== origin) foreign.push(r.url()); });
    const errors = [];
    page.on('console', (m) => { if (m.type() === 'error') errors.push(m.text()); });
    const answer = await page.goto(job.url);
    const name = scheme === 'dark' ? job.name + '.dark' : job.name;
    say((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, name, 'wider than the screen');
    say(foreign.length === 0, name, 'asks elsewhere: ' + foreign);
    say(errors.filter((e) => !/400|404/.test(e)).length === 0, name, 'console: ' + errors);
    say((await context.cookies()).length === 0, name, 'sets a cookie');
    const small = await page.evaluate(() => [...document.querySelectorAll('a,button,input:not([type=hidden]),summary')].filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML.slice(0, 80)));
    say(small.length === 0, name, 'targets under 44 px: ' + small);
    if (args.labels) say(!!(answer.headers()['content-security-policy'] || '').includes("default-src 'none'"), name, 'no policy');
    await page.screenshot({ path: path.join(args.out, name + '.png') });
    if (scheme === 'light') await page.screenshot({ path: path.join(args.out, name + '.full.png'), fullPage: true });
    if (/^valid\.(zh|en)$/.test(job.name) && scheme === 'light') {
      await page.pdf({ path: path.join(args.out, name + '.pdf'), preferCSSPageSize: true, printBackground: true });
      const pdf = fs.readFileSync(path.join(args.out, name + '.pdf'), 'latin1');
      say((pdf.match(/\/Type\s*\/Page\b/g) || []).length === 1, name, 'prints on more than one sheet');
    }
    await context.close();
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
