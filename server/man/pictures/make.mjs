// Makes the pictures of README.md from a finished demonstration, so that they show what the programs do today.
//   node server/man/pictures/make.mjs --data DIR --build DIR [--port N]
// DIR is a copy of what server/quickstart.sh makes: pages are scanned here, and each scan counts.
// Needs chromium, tests/browser's npm packages, poppler-utils, pngquant, optipng. Look at each picture before you commit it.
import { createRequire } from 'node:module';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
const here = import.meta.dirname, root = path.resolve(here, '../../..');
const { chromium } = createRequire(path.join(root, 'tests/browser/'))('playwright-core');
const arg = (name, other) => { const i = process.argv.indexOf('--' + name); return i < 0 ? other : process.argv[i + 1]; };
const data = path.resolve(arg('data', 'suyuan-data')), build = path.resolve(arg('build', 'build/release')), port = arg('port', '18080');
const base = `http://127.0.0.1:${port}`, work = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'));
const demo = JSON.parse(fs.readFileSync(path.join(data, 'demo.json')));
const tagger = path.join(build, 'tagger/suyuan-tagger');
const served = (url) => url.replace(/^HTTPS?:\/\/[^/]+/i, base);
const save = (file, name, colours) => {
  const out = path.join(here, name);
  execFileSync('pngquant', ['--force', '--strip', '--speed', '1', '--output', out, String(colours), file]);
  execFileSync('optipng', ['-quiet', '-o5', out]);
  const size = fs.statSync(out).size;
  console.log(`${name} ${size}`);
  if (size > 120000) process.exitCode = 1;
};

const server = spawn(path.join(build, 'server/suyuan-server'), ['serve', '--data', data, '--port', port], { stdio: ['ignore', 'ignore', 'inherit'] });
process.on('exit', () => { server.kill(); fs.rmSync(work, { recursive: true, force: true }); });
for (let i = 0; !(await fetch(base + '/readyz').then((r) => r.ok, () => false)); i++) {
  if (i > 300) throw new Error('the server is not ready');
  await new Promise((r) => setTimeout(r, 100));
}

// Paper: the first page of the sheet, and one label as a 300 dpi printer gets it.
execFileSync('pdftoppm', ['-r', '80', '-gray', '-png', '-f', '1', '-l', '1', '-singlefile', path.join(data, 'sheets/01-peanut.pdf'), path.join(work, 'sheet')]);
save(path.join(work, 'sheet.png'), 'sheet.png', 16);
const codes = fs.readFileSync(path.join(data, 'labels/01-peanut.codes'), 'utf8').split('\n');
const one = [codes[0].replace(/"count":\s*\d+/, '"count":1'), codes[1], '# end 1', ''].join('\n');
execFileSync(tagger, ['labels', '--codes', '-', '--format', 'png', '--out', work], { input: one });
save(path.join(work, fs.readdirSync(work).find((f) => f.endsWith('.png') && f !== 'sheet.png')), 'label.png', 8);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
const open = async (width, height, lang) => (await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1.5, locale: lang === 'en' ? 'en-GB' : 'zh-CN' })).newPage();
const shot = async (page, name, colours) => {
  const file = path.join(work, 'shot.png');
  await page.screenshot({ path: file });
  save(file, name, colours);
};
const beside = async (shots, height, name) => { // phones of 360 px beside each other
  const page = await open(shots.length * 380 + 20, height + 40);
  await page.setContent(`<body style="margin:20px;display:flex;gap:20px;background:#d9d9d4">${shots.map((s) => `<img width=360 src="data:image/png;base64,${s.toString('base64')}">`).join('')}`);
  await shot(page, name, 32);
};
for (const lang of ['zh', 'en']) {
  const page = await open(360, 760, lang), first = [], below = [];
  for (const verdict of ['valid', 'recalled', 'expired']) {
    await page.goto(served(demo.verdicts[verdict]));
    first.push(await page.screenshot());
    if (verdict !== 'valid' || lang !== 'zh') continue;
    for (const title of ['来自哪里', '谁检验的', '一路走来']) {
      const y = await page.getByRole('heading', { name: title, exact: true }).evaluate((h) => h.getBoundingClientRect().top + scrollY - 24);
      below.push(await page.screenshot({ fullPage: true, clip: { x: 0, y, width: 360, height: 620 } }));
    }
  }
  await beside(first, 760, `pages-${lang}.png`);
  if (below.length > 0) await beside(below, 620, 'evidence-zh.png');
}

// A terminal: commands, and what they really answered.
const terminal = async (name, lines) => {
  const page = await open(860, 60);
  const safe = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  await page.setContent(`<body style="margin:0;background:#1b1f1d;padding:16px 20px;font:15px/1.55 'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace;white-space:pre-wrap;overflow-wrap:anywhere">` +
    lines.map(([kind, text]) => `<div style="color:${{ cmd: '#9fd3a8', out: '#e6e8e3', note: '#a0a49c' }[kind]}">${safe(text)}</div>`).join(''));
  await page.setViewportSize({ width: 860, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  await shot(page, name, 16);
};
const { lot, report } = demo.lots['peanut-over'];
const token = fs.readFileSync(`${data}.root/tokens/zhengyang.processor`, 'utf8').trim();
const answer = await fetch(base + '/api/v1/releases', { method: 'POST', headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
  body: JSON.stringify({ lot, basis: 'report', reports: [report], quantity: { uom: 'KGM', value: 800 }, units: 800 }) });
const problem = await answer.json();
await terminal('refused.png', [['cmd', '$ curl -sS .. "$base/api/v1/releases" | jq -r ".status, .slug, .zh, .en"'], ['out', [problem.status, problem.slug, problem.zh, problem.en].join('\n')]]);

fs.writeFileSync(path.join(work, 'bundle.json'), await (await fetch(base + '/bundle')).text());
const lines = [];
for (const verdict of ['valid', 'recalled']) {
  const r = spawnSync(tagger, ['verify', '--bundle', path.join(work, 'bundle.json'), '--anchor', path.join(data, 'anchor'), demo.verdicts[verdict]], { env: { ...process.env, XDG_STATE_HOME: work }, encoding: 'utf8' });
  lines.push(['cmd', `$ suyuan-tagger verify --bundle bundle.json --anchor anchor "$${verdict}"`], ['out', r.stdout.trimEnd()], ['note', `exit ${r.status}`]);
}
await terminal('offline.png', lines);
await browser.close();
server.kill(); // a child alive would keep this process alive
