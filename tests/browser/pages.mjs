// Looks at a built site in Chromium: node pages.mjs FOLDER ADDRESS...
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { axe, open } from './open.mjs';

const [folder, ...addresses] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];

async function look([address, width, colorScheme, judges]) {
  const where = `${address} at ${width} px, ${colorScheme}`;
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
  page.on('console', (message) => message.type() === 'error' && wrong.push(`${where}: console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`${where}: ${error}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) wrong.push(`${where}: asks ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(origin + address, { waitUntil: 'load' });
  // Pictures that load late must have had their place all along.
  await page.evaluate(async () => {
    window.scrollTo(0, document.body.scrollHeight);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  const seen = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    shifts: window.shifts,
    broken: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src),
    headings: document.querySelectorAll('h1').length,
    // A page is whole without its scripts: they come late, as files of the site.
    scripts: [...document.scripts].filter((script) => script.type !== 'application/ld+json' && (!script.src || script.type !== 'module')).length,
  }));
  if (seen.overflow > 0) wrong.push(`${where}: scrolls sideways by ${seen.overflow} px`);
  if (seen.shifts > 0) wrong.push(`${where}: the layout shifts by ${seen.shifts}`);
  if (seen.headings !== 1) wrong.push(`${where}: has ${seen.headings} headings of the first level`);
  if (seen.scripts > 0) wrong.push(`${where}: has ${seen.scripts} scripts that are not modules of the site`);
  for (const image of seen.broken) wrong.push(`${where}: ${image} is not shown`);
  const violations = judges ? await (async () => {
    await page.evaluate(axe);
    return (await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))).violations;
  })() : [];
  for (const violation of violations) {
    wrong.push(`${where}: axe: ${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target).join(' ')}`);
  }
  await page.close();
}

// The narrowest reflow, a phone in the dark, a desk in the light.
const looks = addresses.flatMap((address) =>
  [[address, 320, 'light', false], [address, 375, 'dark', true], [address, 1280, 'light', true]]);
for (const next of looks) await look(next);

// The keyboard: the skip link comes first, is seen when it has the focus, and leads to the text.
const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
await page.goto(origin + addresses[0]);
await page.keyboard.press('Tab');
const skip = await page.evaluate(() => {
  const { width, height, top } = document.activeElement.getBoundingClientRect();
  return { isSkip: document.activeElement.className === 'skip', isSeen: width > 40 && height > 20 && top >= 0 };
});
if (!skip.isSkip || !skip.isSeen) wrong.push(`the skip link is not first or not seen: ${JSON.stringify(skip)}`);
await page.keyboard.press('Enter');
if (await page.evaluate(() => document.activeElement.tagName) !== 'MAIN') wrong.push('the skip link does not lead to the text');
await page.keyboard.press('Tab');
const outline = await page.evaluate(() => {
  const style = getComputedStyle(document.activeElement);
  return { inMain: document.activeElement.closest('main') !== null, width: parseFloat(style.outlineWidth), style: style.outlineStyle };
});
if (!outline.inMain || outline.width < 2 || outline.style === 'none') wrong.push(`the focus is not seen: ${JSON.stringify(outline)}`);

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
