// node lighthouse.mjs PODIUM FOLDER ADDRESS...: see lighthouse.sh.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';

// The last that runs on Node.js 20.
const LIGHTHOUSE = 'lighthouse@12.8.2';
const LEAST = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.xml': 'application/xml', '.txt': 'text/plain',
};

const [podium, folder, ...addresses] = process.argv.slice(2);
const run = promisify(execFile);
const site = join(folder, 'public');

// A host as hosts are: what is text is compressed, what has a fingerprint in its name is kept for good.
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  try {
    const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
    const bytes = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const isText = !/^image\/(png|jpeg)|octet-stream/.test(type) && /\bbr\b/.test(request.headers['accept-encoding']);
    response.writeHead(200, {
      'Content-Type': type,
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=600',
      ...(isText && { 'Content-Encoding': 'br' }),
    });
    response.end(isText ? brotliCompressSync(bytes) : bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
await run(podium, ['build', '--quiet', '--output', site, '--base-url', `${origin}/`]);

let isGood = true;
for (const address of addresses) {
  const report = join(folder, 'report.json');
  await run('npx', ['--yes', LIGHTHOUSE, origin + address, '--quiet', '--output=json', `--output-path=${report}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu'], { maxBuffer: 1 << 26 });
  const { categories, audits } = JSON.parse(await readFile(report, 'utf8'));
  const scores = Object.keys(LEAST).map((id) => [id, Math.round(categories[id].score * 100)]);
  console.log(`${address}: ${scores.map(([id, score]) => `${id} ${score}`).join(', ')}`);
  isGood &&= scores.every(([id, score]) => score >= LEAST[id]);
  const counted = new Set(Object.values(categories).flatMap(({ auditRefs }) => auditRefs.map(({ id }) => id)));
  for (const { id, title, score, displayValue } of Object.values(audits)) {
    if (counted.has(id) && score !== null && score < 0.995) console.log(`  ${id} ${Math.round(score * 100)}: ${title}${displayValue ? ` (${displayValue})` : ''}`);
  }
}
server.close();
process.exit(isGood ? 0 : 1);
