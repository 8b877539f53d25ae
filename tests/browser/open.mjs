// Opens Chromium, and serves a built site to it.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

const require = createRequire(new URL('../tools/', import.meta.url));
const { chromium } = require('playwright-core');

const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

// What axe has against a page: all that it knows of WCAG 2.2 AA and good practice, the size of targets too.
export async function violations(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
    rules: { 'target-size': { enabled: true } },
  }));
  return violations.map(({ id, help, nodes }) => `axe: ${id}: ${help}: ${nodes.map((node) => node.target).join(' ')}`);
}

// Adds up how far the layout of each page that is loaded after this shifts, as `window.shifts`, and
// lists what moved, as `window.shifted`.
export const countShifts = (page) => page.addInitScript(() => {
  window.shifts = 0;
  window.shifted = [];
  const at = ({ x, y, width, height }) => `${width}x${height} at ${x},${y}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.shifts += entry.value;
      for (const { node, previousRect, currentRect } of entry.sources) {
        const what = node?.cloneNode?.(false).outerHTML ?? node?.nodeName;
        window.shifted.push(`${what} from ${at(previousRect)} to ${at(currentRect)}`);
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
});

const types = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.webp': 'image/webp',
};

export const chromiumBrowser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

// A folder as a site, and a browser: { origin, browser, close }.
export async function open(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    try {
      const file = join(folder, path.endsWith('/') ? path + 'index.html' : path);
      const bytes = await readFile(file);
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromiumBrowser();
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, browser, close };
}
