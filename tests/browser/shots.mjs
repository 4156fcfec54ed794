// Pictures of the public pages at 360 x 740, each verdict in both languages, and one sheet of paper.
//   node shots.mjs --pages DIR --out DIR          HTML files written by unit-server-service-page (SUYUAN_PAGES=DIR)
//   node shots.mjs --labels labels.json --out DIR URLs of a running server: {"valid": "HTTP://127.0.0.1:8080/01/..", ...}
// Checks what a picture cannot hide: nothing wider than the screen, no request to anywhere else, targets of 44 px.
// Needs Debian's chromium and npm's playwright-core (NODE_PATH or a node_modules beside).
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');

const args = Object.fromEntries(process.argv.slice(2).join(' ').split('--').filter(Boolean).map((s) => s.trim().split(/\s+/)));
fs.mkdirSync(args.out, { recursive: true });
const jobs = [];
if (args.pages)
  for (const f of fs.readdirSync(args.pages).filter((f) => f.endsWith('.html')).sort())
    jobs.push({ name: f.replace(/\.html$/, ''), url: 'file://' + path.resolve(args.pages, f), lang: f.includes('.en.') ? 'en' : 'zh-CN' });
if (args.labels)
  for (const [name, url] of Object.entries(JSON.parse(fs.readFileSync(args.labels, 'utf8'))))
    for (const lang of ['zh-CN', 'en'])
      jobs.push({ name: `${name}.${lang.slice(0, 2)}`, url: url.replace(/^HTTPS?/, (s) => s.toLowerCase()), lang });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
let passed = 0, failed = 0;
const say = (ok, name, what) => { ok ? passed++ : failed++; if (!ok) console.log(`FAIL ${name}: ${what}`); };
const only = args.only ? new RegExp(args.only) : /./;
for (const job of jobs.filter((j) => only.test(j.name))) {
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
