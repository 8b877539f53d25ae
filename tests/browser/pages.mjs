// Looks at a built site in Chromium: node pages.mjs FOLDER ADDRESS...
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { countShifts, open, violations } from './open.mjs';

const [folder, ...addresses] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];

// A page as it is loaded anew, and what must be so of it in any window.
async function look(address, width, colorScheme) {
  const where = `${address} at ${width} px, ${colorScheme}`;
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
  page.on('console', (message) => message.type() === 'error' && wrong.push(`${where}: console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`${where}: ${error}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) wrong.push(`${where}: asks ${request.url()}`);
  });
  await countShifts(page);
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
    shifts: window.shifts,
    shifted: window.shifted,
    broken: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src),
    headings: document.querySelectorAll('h1').length,
    // A page is whole without its scripts: they come late, as files of the site.
    scripts: [...document.scripts].filter((script) => script.type !== 'application/ld+json' && (!script.src || script.type !== 'module')).length,
  }));
  // A table that arrives in two pieces, as on a busy machine, may move by a line's breadth: nobody sees that.
  if (seen.shifts > 0.001) wrong.push(`${where}: the layout shifts by ${seen.shifts}: ${seen.shifted.join('; ')}`);
  if (seen.headings !== 1) wrong.push(`${where}: has ${seen.headings} headings of the first level`);
  if (seen.scripts > 0) wrong.push(`${where}: has ${seen.scripts} scripts that are not modules of the site`);
  for (const image of seen.broken) wrong.push(`${where}: ${image} is not shown`);
  await fits(page, where);
  return page;
}

// Nothing of a page lies beside the window, or is cut off.
async function fits(page, where) {
  const seen = await page.evaluate(() => {
    const isHidden = (element) => element.closest('.sr, .sr-head, .skip, svg') || getComputedStyle(element).clipPath !== 'none';
    const cut = [...document.body.querySelectorAll('*')].filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      return (overflowX === 'hidden' || overflowX === 'clip' || overflowY === 'hidden' || overflowY === 'clip')
        && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) && !isHidden(element);
    });
    return {
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: cut.map((element) => element.outerHTML.slice(0, 60)),
    };
  });
  if (seen.overflow > 0) wrong.push(`${where}: scrolls sideways by ${seen.overflow} px`);
  for (const element of seen.cut) wrong.push(`${where}: ${element} is cut off`);
}

async function judge(page, address, width, colorScheme) {
  await page.emulateMedia({ colorScheme });
  // A print edition has the notes of several stories, which have one name.
  const found = (await violations(page)).filter((line) => !(address.endsWith('/print/') && line.startsWith('axe: landmark-unique')));
  for (const line of found) wrong.push(`${address} at ${width} px, ${colorScheme}: ${line}`);
}

// What tells a medal apart besides its colour can be seen: a word or a letter.
// What is folded is not told at all.
const namesMedals = () => [...document.querySelectorAll('.medal')].filter((medal) => medal.checkVisibility()).every((medal) => {
  const letter = getComputedStyle(medal, '::after').content;
  return parseFloat(getComputedStyle(medal).fontSize) > 0 ? medal.innerText.trim() !== '' : letter !== 'none' && letter !== '""';
});

// What axe does not look at: tables have a caption and heads that say which way they look.
const tables = () => [...document.querySelectorAll('table')].flatMap((table) => [
  ...(table.caption || table.closest('[role=group][aria-label]') ? [] : [`a table without a caption: ${table.innerText.slice(0, 40)}`]),
  ...[...table.querySelectorAll('th:not([scope])')].map((head) => `a head without a scope: ${head.innerText}`),
]);

// Colours of the reader's own: backgrounds and shadows are gone.
const forced = () => {
  const style = (element, pseudo) => getComputedStyle(element, pseudo);
  const paper = style(document.body).backgroundColor;
  const said = [];
  const here = document.querySelector('.menu [aria-current]');
  const other = document.querySelector('.menu a:not([aria-current])');
  if (here && style(here).borderBottomColor === style(other).borderBottomColor) said.push('the menu does not say where one is');
  // The print edition has no menu.
  if (other && style(other).borderBottomColor !== paper) said.push('everything in the menu is underlined');
  for (const medal of document.querySelectorAll('.medal')) {
    const disc = style(medal, '::before').backgroundColor;
    if (disc === paper || disc === 'rgba(0, 0, 0, 0)') said.push(`no disc: ${medal.innerText}`);
  }
  const sorted = document.querySelector('[aria-sort]');
  if (sorted && style(sorted, '::after').borderBottomStyle !== 'solid') said.push('the table does not show what it is sorted by');
  const page = document.querySelector('.pager [aria-current]');
  // Without this there is a box of the paper's colour behind the words.
  if (page && (style(page).backgroundColor === paper || style(page).forcedColorAdjust !== 'none')) said.push('the pager does not say where one is');
  const lines = [...document.querySelectorAll('.chart polyline')].map((line) => style(line).strokeDasharray);
  if (new Set(lines).size !== lines.length) said.push(`lines of the chart look the same: ${lines}`);
  return said;
};

// On paper: the text and where it is from, without what one can only click.
const printed = () => {
  const isSeen = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
  const said = [];
  if (isSeen('.menu, .crumbs, .pager, .rail, button, .skip')) said.push('there is something to click');
  const source = document.querySelector('.print-only, .imprint');
  if (!source.checkVisibility() || !source.innerText.includes('https://')) said.push('it does not say where it is from');
  if (getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)') said.push('the paper is not white');
  for (const scroll of document.querySelectorAll('.table-scroll')) {
    if (scroll.scrollWidth > document.documentElement.clientWidth) said.push(`a table is cut off: ${scroll.innerText.slice(0, 40)}`);
  }
  return said;
};

// WCAG 1.4.12.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

for (const address of addresses) {
  const check = async (page, how, what) => {
    for (const line of await page.evaluate(what)) wrong.push(`${address} ${how}: ${line}`);
  };
  // A desk.
  const desk = await look(address, 1280, 'light');
  await check(desk, 'in HTML', tables);
  await judge(desk, address, 1280, 'light');
  await judge(desk, address, 1280, 'dark');
  await desk.setViewportSize({ width: 640, height: 400 });
  await fits(desk, `${address} at 200 %`);
  await desk.setViewportSize({ width: 1280, height: 800 });
  await desk.addStyleTag({ content: 'html { font-size: 200% }' });
  await fits(desk, `${address} with letters of twice the size`);
  await desk.close();
  // A phone.
  const phone = await look(address, 375, 'dark');
  await judge(phone, address, 375, 'dark');
  await judge(phone, address, 375, 'light');
  if (!await phone.evaluate(namesMedals)) wrong.push(`${address} on a phone: a medal is told by its colour alone`);
  // The width of a sheet of A4 without its margins. Readers of the dark print too.
  await phone.setViewportSize({ width: 680, height: 900 });
  await phone.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await check(phone, 'on paper', printed);
  if (!await phone.evaluate(namesMedals)) wrong.push(`${address} on paper: a medal is told by its colour alone`);
  await phone.close();
  // The narrowest reflow.
  const narrow = await look(address, 320, 'light');
  await narrow.emulateMedia({ forcedColors: 'active' });
  await check(narrow, 'in forced colours', forced);
  await narrow.emulateMedia({ forcedColors: 'none' });
  await narrow.addStyleTag({ content: SPACING });
  await fits(narrow, `${address} at 320 px with wide letters`);
  await narrow.close();
}

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
