// Reads a live blog as its readers do: node live.mjs PODIUM FOLDER
// `podium watch --publish` runs on the folder; a plain static server has public/. Prints a line for each
// thing that is wrong, and ends with status 1 if there is one.

import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { open, violations } from './open.mjs';

const [podium, root] = process.argv.slice(2);
const FILE = join(root, 'content/live/final.md');
const SMALL = join(root, 'content/live/small.md');
const ADDRESS = '/live/final/';
const wrong = [];
const check = (is, what) => is || wrong.push(what);

const edit = async (change, file = FILE) => writeFile(file, change(await readFile(file, 'utf8')));
const add = (heading, text) => edit((file) => `${file}\n## ${heading}\n\n${text}\n`);

const watch = spawn(podium, ['watch', '--root', root, '--port', '0', '--publish', '--at', '2024-08-12T00:30:00+02:00'], { stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
watch.stderr.on('data', (data) => { said += data; });
const isPublished = async () => {
  for (let i = 0; i < 400 && !said.includes('Published'); i += 1) await new Promise((done) => setTimeout(done, 50));
};

async function until(page, what, is, argument) {
  try {
    await page.waitForFunction(is, argument, { timeout: 20_000, polling: 50 });
  } catch {
    wrong.push(`it never came to this: ${what}`);
  }
}
const shows = (text) => document.querySelector('main').textContent.includes(text);
const ids = (page) => page.evaluate(() => [...document.querySelectorAll('.coverage .update')].map((row) => row.id));

async function judge(page, where) {
  for (const line of await violations(page)) wrong.push(`${where}: ${line}`);
}

await isPublished();
const { origin, browser, close } = await open(join(root, 'public'));
try {
  const page = await browser.newPage({ viewport: { width: 400, height: 700 }, reducedMotion: 'reduce' });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('pageerror', (error) => wrong.push(`error in the page: ${error}`));
  await page.goto(origin + ADDRESS);
  await page.evaluate(() => { window.sameDocument = true; });
  await judge(page, 'running');

  // In the middle of the tenth update, with the focus on its address.
  const reading = (await ids(page))[10];
  await page.evaluate((id) => {
    const row = document.getElementById(id);
    row.querySelector('a').focus();
    window.scrollBy({ top: row.getBoundingClientRect().top - 120, behavior: 'instant' });
  }, reading);
  const place = () => page.evaluate((id) => ({
    top: Math.round(document.getElementById(id).getBoundingClientRect().top),
    focus: document.activeElement.closest('.update')?.id,
  }), reading);
  const before = await place();
  // A browser scrolls by whole pixels.
  const isKept = (now) => now.focus === before.focus && Math.abs(now.top - before.top) <= 2;

  await add('22:01 A goal {.key}', 'It is the *first* of the evening.');
  await until(page, 'the new update is on the page', shows, 'It is the first of the evening.');
  check(await page.evaluate(() => window.sameDocument === true), 'the page was loaded anew');
  check(isKept(await place()), `the place was lost: ${JSON.stringify(before)}, ${JSON.stringify(await place())}`);
  check((await ids(page))[0] === 'at-2024-08-11-2201', 'the new update is not the first');
  const status = () => page.evaluate(() => document.querySelector('[role=status]').textContent);
  check(/^1 new update: 22:01\s+A goal$/.test(await status()), `it is announced as "${await status()}"`);
  check(await page.evaluate(() => document.querySelector('.key-moments').textContent.includes('A goal')), 'the key moment is not listed');
  const pill = page.locator('.new-updates');
  check(await pill.isVisible() && (await pill.textContent()) === '1 new update', 'nothing leads to the new update');

  // An edit of what is there, and one that is taken back.
  await edit((file) => file.replace('Text 60.', 'Text 60, put right.').replace(/## 20:05[^#]*/, ''));
  await until(page, 'the edit is on the page', shows, 'Text 60, put right.');
  check(!(await ids(page)).includes('at-2024-08-11-2005'), 'what was taken back is still there');
  check(isKept(await place()), `the place was lost at an edit: ${JSON.stringify(before)}, ${JSON.stringify(await place())}`);

  // The keyboard leads to it, and the button goes.
  await pill.focus();
  await page.keyboard.press('Enter');
  check(await page.evaluate(() => document.activeElement.id === 'at-2024-08-11-2201'), 'the button does not lead to the new update');
  check(!(await pill.isVisible()), 'the button stays');

  // The other order.
  await page.locator('.order button').click();
  check((await ids(page)).at(-1) === 'at-2024-08-11-2201', 'the order is not turned');
  await add('22:02 A second', 'Two now.');
  await until(page, 'the second is on the page', shows, 'Two now.');
  check((await ids(page)).at(-1) === 'at-2024-08-11-2202', 'the second is not the last');
  await page.locator('.order button').click();
  check((await ids(page))[0] === 'at-2024-08-11-2202', 'the order is not turned back');
  await judge(page, 'with new updates');

  // What is pinned goes on top.
  await edit((file) => file.replace('A second', 'A second {.pinned}'));
  await until(page, 'it is pinned', () => document.querySelector('.pinned').textContent.includes('A second'));
  check(!(await ids(page)).includes('at-2024-08-11-2202'), 'what is pinned stands twice');
  await edit((file) => file.replace('A second {.pinned}', 'A second'));
  await until(page, 'it is pinned no more', () => !document.querySelector('.pinned').textContent.includes('A second'));

  // An address that was shared before its update moved to a page of older ones.
  await page.goto(`${origin}${ADDRESS}#at-2024-08-11-1903`);
  await page.waitForURL(`${origin}${ADDRESS}page/1/#at-2024-08-11-1903`, { timeout: 20_000 })
    .catch(() => wrong.push('an old address does not lead to its update'));

  // An older one that is pinned no more goes back to its place.
  await page.goto(origin + ADDRESS);
  check(await page.locator('.pinned .update').count() === 2, 'two updates are not pinned');
  await edit((file) => file.replace('Update 32 {.pinned}', 'Update 32'));
  await until(page, 'the older one is pinned no more', () => document.querySelectorAll('.pinned .update').length === 1);
  check((await ids(page)).includes('at-2024-08-11-1932'), 'what was pinned is lost');

  // An older one is edited, another withdrawn; then more comes at once than the data has the texts of.
  await page.goto(origin + ADDRESS);
  await page.waitForTimeout(500);
  const many = Array.from({ length: 25 }, (_, i) => `\n## 22:${i + 10} Much ${i}\n\nMore.\n`).join('');
  await edit((file) => file.replace('Text 45.', 'Text 45, late.').replace(/## 19:44[^#]*/, ''));
  await until(page, 'the late edit is on the page', shows, 'Text 45, late.');
  await edit((file) => file + many);
  await until(page, 'much is on the page', shows, 'Much 24');
  check((await ids(page)).slice(0, 25).every((id, i) => id === `at-2024-08-11-22${34 - i}`), 'some of what has come is missing');
  check(!(await ids(page)).includes('at-2024-08-11-1944'), 'an older one that was withdrawn is still there');
  check(await page.locator('.gap').count() === 0, 'something is said to be missing');
  // So much that the page has moved on altogether.
  const more = Array.from({ length: 70 }, (_, i) => `\n## ${22 + Math.floor((i + 40) / 60)}:${String((i + 40) % 60).padStart(2, '0')} Flood ${i}\n\nMore.\n`).join('');
  await edit((file) => file + more.replaceAll('## 24:', '## 00:'));
  await until(page, 'the flood is on the page', shows, 'Flood 69');
  check(await page.locator('.gap a').count() === 1, 'what is missing is not told');

  // A small blog, with a name behind the sign that no address has.
  const small = await browser.newPage({ viewport: { width: 400, height: 700 } });
  small.on('pageerror', (error) => wrong.push(`error in the small page: ${error}`));
  await small.goto(`${origin}/live/small/#50%`);
  const list = () => ids(small).then((all) => all.map((id) => id.slice(-4)).join(' '));
  check(await list() === '1902 1901 1900', `the small blog begins with ${await list()}`);
  await edit((file) => file.replace(/## 19:00[^#]*/, ''), SMALL);
  await until(small, 'the oldest is withdrawn', () => !document.getElementById('at-2024-08-11-1900'));
  await edit((file) => file.replace('19:01 Second', '19:01 Second {.pinned}'), SMALL);
  await until(small, 'the second is pinned', () => document.querySelector('.pinned').textContent.includes('Second'));
  await edit((file) => file.replace(' {.pinned}', ''), SMALL);
  await until(small, 'the second is in its place again', () => document.querySelector('.pinned').hidden);
  check(await list() === '1902 1901', `after pinning it is ${await list()}`);
  await edit((file) => file.replace('19:01 Second', '19:03 Second'), SMALL);
  await until(small, 'the time is put right', () => document.getElementById('at-2024-08-11-1903') !== null);
  check(await list() === '1903 1902', `with another time it is ${await list()}`);
  const empty = (await readFile(SMALL, 'utf8')).replace(/## [^]*/, '');
  const crowd = Array.from({ length: 25 }, (_, i) => `## 19:${i + 20} Crowd ${i}\n\nText.\n\n`).join('');
  await edit(() => empty, SMALL);
  await until(small, 'all is withdrawn', () => !document.querySelector('.no-updates').hidden && !document.querySelector('.update'));
  check(await small.locator('.new-updates').isHidden(), 'the button leads to what was withdrawn');
  await edit(() => `${empty}## 19:10 Again\n\nHere.\n`, SMALL);
  await until(small, 'there is one again', shows, 'Here.');
  check(await small.locator('.no-updates').isHidden(), 'it still says that there are none');
  await edit(() => empty + crowd, SMALL);
  await until(small, 'the crowd is there', shows, 'Crowd 24');
  check((await ids(small)).length === 25, 'some of the crowd are lost');
  // A name that was given leads on, too.
  await page.goto(`${origin}${ADDRESS}#kick-off`);
  await page.waitForURL(`${origin}${ADDRESS}page/1/#kick-off`, { timeout: 20_000 })
    .catch(() => wrong.push('a name does not lead to its update'));

  // A page that nobody sees does not ask; neither does one whose coverage has ended.
  await page.goto(origin + ADDRESS);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true });
    window.away = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForTimeout(300);
  asked.length = 0;
  await page.waitForTimeout(2500);
  check(asked.length === 0, `a hidden page asks for ${asked}`);
  await page.evaluate(() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); });
  await edit((file) => file.replace('title:', 'ended_at: 2024-08-11 23:00\ntitle:'));
  await until(page, 'the page says that it has ended', () => document.querySelector('.live-bar .live-mark').textContent === 'Ended');
  asked.length = 0;
  await page.waitForTimeout(2500);
  check(asked.length === 0, `a page whose coverage has ended asks for ${asked}`);

  // Without scripts everything is there.
  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(origin + ADDRESS);
  check((await plain.textContent('main')).includes('A goal'), 'an update is not there without scripts');
  check(await plain.locator('.pager a[rel=next]').count() === 1, 'the older ones are out of reach without scripts');
} catch (error) {
  wrong.push(String(error));
}
await close();
watch.kill('SIGINT');
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
