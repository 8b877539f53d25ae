// Walks through a built site with the keyboard alone: node keyboard.mjs FOLDER STORY ADDRESS...
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { open } from './open.mjs';

const [folder, story, ...addresses] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];
const check = (is, what) => is || wrong.push(what);

const context = await browser.newContext({ reducedMotion: 'reduce' });
await context.addInitScript(() => {
  const canHold = 'a[href], button, input, select, textarea, summary, video[controls], [tabindex="0"]';
  // All that should get the focus, in the order of the document.
  window.stops = () => [...document.querySelectorAll(canHold)].filter((element) => element.checkVisibility() && !element.disabled);
  // Where the focus is: its place among these, and what is wrong with how it is seen.
  window.focused = () => {
    const element = document.activeElement;
    const at = window.stops().indexOf(element);
    if (at < 0) return { at, said: [], name: element.localName };
    const said = [];
    const style = getComputedStyle(element);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) said.push('the focus is not shown');
    const name = (element.getAttribute('aria-label') ?? element.innerText ?? '').trim();
    if (!name && !element.hasAttribute('aria-labelledby') && element.localName !== 'video') said.push('has no name');
    // Some of it is in the window with nothing over it.
    const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const isSeen = boxes.some((box) => [box.left + 2, box.left + box.width / 2, box.right - 2].some((x) => {
      const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      return top && element.contains(top);
    }));
    if (!isSeen) said.push('what has the focus is not seen');
    return { at, said, name: `${element.localName} "${name.slice(0, 40)}"` };
  };
});

// From end to end and back: every stop is reached in the order of the text, is seen, and lets go again.
async function walk(page, where) {
  const count = await page.evaluate(() => window.stops().length);
  for (const [key, steps] of [['Tab', [...Array(count).keys()]], ['Shift+Tab', [...Array(count - 1).keys()].reverse()]]) {
    for (const step of steps) {
      await page.keyboard.press(key);
      const { at, said, name } = await page.evaluate(() => window.focused());
      for (const line of said) wrong.push(`${where}: ${key}: ${name}: ${line}`);
      if (at !== step) {
        wrong.push(`${where}: ${key} leads to ${name}, stop ${at} instead of ${step}`);
        return;
      }
    }
  }
  // Nothing holds the focus: it leaves the page at its end.
  await page.keyboard.press('Shift+Tab');
  check((await page.evaluate(() => window.focused())).at !== 0, `${where}: the focus stays at the first stop`);
}

for (const width of [1280, 375]) {
  for (const address of addresses) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 700 });
    await page.goto(origin + address);
    await walk(page, `${address} at ${width} px`);
    await page.close();
  }
}

// A reader's way: home, the story that leads, the medal table.
const page = await context.newPage();
await page.setViewportSize({ width: 375, height: 700 });
await page.goto(`${origin}/`);
const tabTo = async (what, selector) => {
  for (let i = 0; i < 200; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  wrong.push(`Tab does not lead to ${what}`);
};
const isAt = async (address) => {
  await page.waitForURL(origin + address, { timeout: 5000 }).catch(() => wrong.push(`the way leads to ${page.url()} instead of ${address}`));
};

// The skip link comes first, and leads to the text: its first link is the next stop.
await page.keyboard.press('Tab');
check(await page.evaluate(() => document.activeElement.matches('.skip')), 'the skip link is not first');
await page.keyboard.press('Enter');
const main = await page.evaluate(() => ({ hasFocus: document.activeElement.matches('main'), paper: getComputedStyle(document.querySelector('main')).backgroundColor }));
check(main.hasFocus, 'the skip link does not lead to the text');
check(main.paper === 'rgba(0, 0, 0, 0)', `the skip link paints the text ${main.paper}`);
await page.keyboard.press('Tab');
check(await page.evaluate(() => document.activeElement === document.querySelector('main a')), 'the skip link leads past the first link of the text');
await tabTo('the headline', '.lead .card-title a');
await page.keyboard.press('Enter');
await isAt(story);
await tabTo('the medals', '.menu a[href$="/medals/"]');
await page.keyboard.press('Enter');
await isAt('/medals/');

// Sorting leaves the focus where it is; Escape changes nothing.
const table = () => page.evaluate(() => ({
  rows: [...document.querySelectorAll('.sortable tbody .noc')].map((code) => code.textContent).join(),
  order: document.activeElement.closest('th')?.ariaSort,
  focus: window.focused(),
}));
await tabTo('the head of gold', '.sortable th:nth-child(3) button');
await page.keyboard.press('Enter');
check((await table()).order === 'descending', 'Enter does not sort by gold');
await page.keyboard.press('Space');
const sorted = await table();
check(sorted.order === 'ascending' && sorted.focus.said.length === 0, `Space does not turn it round: ${JSON.stringify(sorted.focus)}`);
await page.keyboard.press('Escape');
check((await table()).rows === sorted.rows, 'Escape sorts the table');
// The rows are in their new order for the focus too.
await tabTo('the first nation', '.sortable tbody a');
check(await page.evaluate(() => document.activeElement === document.querySelector('.sortable tbody tr a')), 'Tab leads to another row than the first');

// A folded table opens with Enter, and one that is wider than a phone is scrolled with the arrows.
await tabTo('the folded table', '.race summary');
await page.keyboard.press('Enter');
await tabTo('the race', '.race .table-scroll');
await page.setViewportSize({ width: 320, height: 700 });
await page.keyboard.press('ArrowRight');
await page.waitForFunction(() => document.activeElement.scrollLeft > 0, undefined, { timeout: 5000 }).catch(() => wrong.push('the arrows do not scroll a table'));

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
