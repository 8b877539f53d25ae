// Weighs the pages of a built site as a browser asks for them: node weight.mjs FOLDER ADDRESS...
// Prints what each weighs; what is too heavy makes it end with status 1.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

import { open } from './open.mjs';

// Bytes over the wire: all but the pictures, the same of a story, and the scripts alone.
const MOST = { wire: 20_000, story: 12_288, script: 4_500 };

const [folder, ...addresses] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];
const wire = (bytes) => brotliCompressSync(bytes).length;

for (const address of addresses) {
  const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
  // A live blog asks for its newest updates, too.
  const parts = { document: 0, stylesheet: 0, script: 0, icon: 0, fetch: 0 };
  let sheets = 0;
  const asked = [];
  page.on('request', (request) => asked.push(request));
  await page.goto(origin + address, { waitUntil: 'load' });
  // Whether the icon has been asked for by now is up to the browser.
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  parts.icon = wire(await readFile(join(folder, icon)));
  for (const request of asked.filter((request) => request.url() !== origin + icon)) {
    const kind = request.resourceType();
    if (!request.url().startsWith(origin)) wrong.push(`${address} asks ${request.url()}`);
    if (kind === 'image' || kind === 'media') continue;
    const body = await (await request.response()).body();
    if (!(kind in parts)) wrong.push(`${address} asks ${request.url()}, a ${kind}`);
    parts[kind] = (parts[kind] ?? 0) + wire(body);
    sheets += kind === 'stylesheet';
  }
  const sum = Object.values(parts).reduce((a, b) => a + b);
  console.log(`${address}: ${sum} bytes (${Object.entries(parts).map(([kind, bytes]) => `${kind} ${bytes}`).join(', ')})`);
  // The icon is a picture too, though one that every page has.
  const isStory = /^\/stories\/[a-z][^/]*\/$/.test(address) && !address.startsWith('/stories/page');
  if (sum > MOST.wire || (isStory && sum - parts.icon > MOST.story)) wrong.push(`${address} weighs ${sum} bytes`);
  if (parts.script > MOST.script) wrong.push(`${address} has ${parts.script} bytes of script`);
  if (sheets !== 1 || await page.locator('style, [style]:not(th, td)').count() > 0) wrong.push(`${address} has ${sheets} style sheets, or style of its own`);
  await page.close();
}

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
