// Looks at the pictures of a built site in Chromium: node pictures.mjs FOLDER ADDRESS...
// The first address has a gallery. Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { countShifts, open, violations } from './open.mjs';

const [folder, ...addresses] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];
const check = (is, what) => is || wrong.push(what);

// Which size of each picture a browser takes in a window, and whether it is the right one: no narrower than the
// place has dots, and the next narrower offer would be.
for (const [width, density] of [[320, 1], [375, 2], [375, 3], [768, 2], [1280, 1], [1280, 2], [1920, 1]]) {
  for (const address of addresses) {
    const where = `${address} at ${width} px and ${density}x`;
    const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: density });
    await countShifts(page);
    await page.goto(origin + address, { waitUntil: 'load' });
    const pictures = await page.evaluate(async () => {
      for (const image of document.images) image.loading = 'eager';
      await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
      return [...document.images].filter((image) => image.closest('picture') && image.checkVisibility()).map((image) => {
        const { width, height } = image.getBoundingClientRect();
        const source = image.closest('picture').querySelector('source[type="image/webp"]');
        const offers = source.srcset.split(', ').map((offer) => offer.split(' '));
        const shown = Number(image.getAttribute('width')) / Number(image.getAttribute('height'));
        // A picture that fills its place is wider than what is seen of it.
        const isCut = getComputedStyle(image).objectFit === 'cover';
        return {
          place: isCut ? Math.max(width, height * shown) : width,
          offers: offers.map(([url, size]) => [new URL(url, location).href, parseInt(size)]),
          current: image.currentSrc,
          isTrue: isCut || Math.abs(width / height - shown) < 0.03,
          natural: image.naturalWidth,
        };
      });
    });
    check(pictures.length > 0, `${where}: no pictures`);
    for (const { place, offers, current, isTrue, natural } of pictures) {
      // Chromium takes a wider offer than the place needs if another place has already brought it.
      const isBroughtByAnother = pictures.some((other) => other.current === current && other.place > place);
      const taken = offers.findIndex(([url]) => url === current);
      if (taken < 0) {
        wrong.push(`${where}: takes ${current}, which is not offered as WebP`);
        continue;
      }
      check(isTrue, `${where}: ${current} is distorted`);
      check(natural > 0, `${where}: ${current} is not shown`);
      const dots = place * density;
      const isLast = taken === offers.length - 1;
      // A browser may take the next narrower if that is nearly as wide (it weighs the geometric mean).
      const enough = offers[taken][1] >= dots * 0.9 || isLast;
      check(enough, `${where}: takes ${offers[taken][1]} for a place of ${Math.round(dots)} dots`);
      const narrower = offers[taken - 1]?.[1] ?? 0;
      check(narrower < dots * 1.1 || isBroughtByAnother, `${where}: takes ${offers[taken][1]} for a place of ${Math.round(dots)} dots, though ${narrower} is offered`);
    }
    check(await page.evaluate(() => window.shifts) === 0, `${where}: the layout shifts`);
    await page.close();
  }
}

// A gallery: with the keyboard alone, and without a script.
{
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(origin + addresses[0], { waitUntil: 'load' });
  const links = page.locator('.gallery .enlarge');
  const count = await links.count();
  check(count > 1, 'the first page has no gallery');
  await links.first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog.large[open]');
  check(await dialog.count() === 1, 'Enter does not open a picture');
  const src = () => dialog.locator('img').getAttribute('src');
  const first = await src();
  check(first === await links.first().evaluate((link) => link.href), 'another picture is shown');
  check((await dialog.locator('p').innerText()).trim() !== '', 'the large picture has no caption');
  for (const problem of await violations(page)) wrong.push(`gallery: ${problem}`);
  await page.keyboard.press('ArrowRight');
  check(await src() !== first, 'the right arrow shows no other picture');
  await page.keyboard.press('ArrowLeft');
  check(await src() === first, 'the left arrow does not lead back');
  await page.keyboard.press('ArrowLeft');
  check(await src() === await links.last().evaluate((link) => link.href), 'before the first stands not the last');
  await page.keyboard.press('Escape');
  check(await dialog.count() === 0, 'Escape does not close it');
  // The event comes a moment later.
  const isBack = page.waitForFunction(() => document.activeElement === [...document.querySelectorAll('.gallery .enlarge')].at(-1), null, { timeout: 5000 });
  check(await isBack.then(() => true, () => false), 'the focus is lost');
  await page.close();
}
{
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(origin + addresses[0]);
  const href = await page.locator('.gallery .enlarge').first().getAttribute('href');
  const response = await page.goto(new URL(href, origin).href);
  check(response.ok(), 'without a script a picture leads nowhere');
  await context.close();
}

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
