// Uses `podium watch` as a reporter does: node watch.mjs PODIUM FOLDER SCENARIO
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { spawn } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { chromiumBrowser, violations } from './open.mjs';

const [podium, root, scenario] = process.argv.slice(2);
const wrong = [];
const check = (is, what) => is || wrong.push(what);

const STORY = 'content/stories/lyles-wins-mens-100m.md';
const ADDRESS = '/stories/lyles-wins-mens-100m/';
const TEMPLATE = 'themes/podium/templates/article.html';

const read = (path) => readFile(join(root, path), 'utf8');
const write = (path, text) => writeFile(join(root, path), text);
const edit = async (path, change) => write(path, change(await read(path)));
const story = (title, text, front = '') => `---\ntitle: ${title}\ndate: 2024-08-11 20:00\nauthors: [Maud Pryce]\nstandfirst: What it is about\n${front}---\n${text}\n`;

// Starts the preview on a port that is free, and waits until it says where it is.
function watch(port = '0', ...more) {
  const child = spawn(podium, ['watch', '--root', root, '--port', port, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const ready = new Promise((resolve, reject) => {
    child.stderr.on('data', (data) => {
      said += data;
      const origin = /Preview at (http:\/\/[^/]+)\//.exec(said);
      if (origin) resolve(origin[1]);
    });
    child.on('exit', () => reject(new Error(`podium watch ended: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const end = () => {
    child.kill('SIGINT');
    return ended;
  };
  return { ready, end, said: () => said };
}

// A page that knows whether it was loaded anew.
async function look(browser, address, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce', ...options });
  await page.goto(address);
  await page.evaluate(() => { window.sameDocument = true; });
  return page;
}
const isSameDocument = (page) => page.evaluate(() => window.sameDocument === true);

// Waits until something is so in the page.
async function until(page, what, is, argument) {
  try {
    await page.waitForFunction(is, argument, { timeout: 20_000, polling: 50 });
  } catch {
    wrong.push(`it never came to this: ${what}`);
  }
}
const hasText = ([selector, text]) => document.querySelector(selector)?.textContent.includes(text);
const overlayHas = (text) => document.querySelector('podium-overlay')?.shadowRoot.textContent.includes(text);
const noOverlay = () => !document.querySelector('podium-overlay');
const barHas = (text) => document.querySelector('podium-bar')?.shadowRoot.textContent.includes(text);

// Waits until the terminal has said something: it does so when all pages have been looked through.
async function says(preview, words) {
  for (let i = 0; i < 400 && !preview.said().includes(words); i += 1) await new Promise((done) => setTimeout(done, 50));
  check(preview.said().includes(words), `the terminal does not say ${words}, but ${preview.said()}`);
}

const scenarios = {
  async 'text-edit'({ origin, browser }) {
    const page = await look(browser, origin + ADDRESS);
    await edit(STORY, (text) => `${text}\nA sentence that was not there before.\n`);
    await until(page, 'the new sentence is on the page', hasText, ['main', 'A sentence that was not there before.']);
    // An editor that writes another file and renames it.
    await write(`${STORY}~`, (await read(STORY)).replace('not there before', 'renamed into its place'));
    await rename(join(root, `${STORY}~`), join(root, STORY));
    await until(page, 'a save by renaming is on the page', hasText, ['main', 'renamed into its place']);
    const other = await look(browser, `${origin}/about/`);
    await edit(STORY, (text) => `${text}\nAnother sentence.\n`);
    await until(page, 'the third edit is on the page', hasText, ['main', 'Another sentence.']);
    check(await isSameDocument(other), 'a page that is the same was loaded anew');
  },

  async 'place-stays'({ origin, browser }) {
    // Browsers restore more or less of a place by themselves: Chromium as it does, and one that does nothing.
    for (const restoration of ['auto', 'manual']) {
      const page = await look(browser, origin + ADDRESS, { viewport: { width: 500, height: 400 } });
      const links = page.locator('main a');
      await links.last().focus();
      await page.evaluate((restoration) => {
        history.scrollRestoration = restoration;
        window.scrollTo({ top: 400, behavior: 'instant' });
      }, restoration);
      const place = () => page.evaluate(() => ({
        y: scrollY,
        top: Math.round(document.activeElement.getBoundingClientRect().top),
        focus: document.activeElement.outerHTML,
      }));
      const before = await place();
      check(before.y === 400, `it scrolled to ${before.y}`);
      const words = `Other words under the headline, ${restoration}.`;
      await edit(STORY, (text) => text.replace(/standfirst: (.*\n  )?/, `standfirst: ${words}${' And more.'.repeat(restoration === 'auto' ? 12 : 40)}`));
      await until(page, 'the new standfirst is on the page', hasText, ['main', words]);
      // What is being read is where it was, although there is more or less above it now.
      await until(page, `the place is found again (${restoration})`, (top) => Math.abs(document.activeElement.getBoundingClientRect().top - top) <= 2, before.top);
      const after = await place();
      check(after.focus === before.focus, `the focus went from ${before.focus} to ${after.focus}`);
      await page.close();
    }
  },

  async 'style-swap'({ origin, browser }) {
    const page = await look(browser, origin + ADDRESS);
    await page.evaluate(() => {
      window.scrollTo({ top: 300, behavior: 'instant' });
      window.bare = 0;
      new MutationObserver(() => {
        if (!document.querySelector('link[rel=stylesheet]')) window.bare += 1;
      }).observe(document.head, { childList: true });
    });
    for (const colour of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
      await edit('themes/podium/assets/style.css', (text) => `${text}\nh1 { color: ${colour}; }\n`);
      await until(page, `the headline is ${colour}`, (colour) => getComputedStyle(document.querySelector('h1')).color === colour, colour);
    }
    await until(page, 'the old style sheets are gone', () => document.querySelectorAll('link[rel=stylesheet]').length === 1);
    check(await isSameDocument(page), 'the page was loaded anew');
    check(await page.evaluate(() => window.bare) === 0, 'the page was without a style sheet');
    check(await page.evaluate(() => scrollY) === 300, 'the page scrolled');
    await page.reload();
    check(await page.evaluate(() => getComputedStyle(document.querySelector('h1')).color) === 'rgb(4, 5, 6)', 'a new page has another style');
  },

  async 'template-error'({ origin, browser, preview }) {
    const page = await look(browser, origin + ADDRESS);
    const title = await page.locator('h1').textContent();
    const good = await read(TEMPLATE);
    for (const [mistake, code] of [['{{ story.nothing.here }}', 'T005'], ['{% if %}', 'T004'], ['{{ story.title | shout }}', 'T004']]) {
      const line = good.split('\n').findIndex((line) => line.includes('<h1')) + 1;
      await write(TEMPLATE, good.replace('<h1', `${mistake}<h1`));
      await until(page, `the overlay shows ${code} for ${mistake}`, overlayHas, `error[${code}]`);
      await until(page, `the overlay names file and line for ${mistake}`, overlayHas, `${TEMPLATE}:${line}:`);
      check((await page.locator('h1').textContent()) === title, `the page is not the last good one with ${mistake}`);
      // The page stays usable under it.
      await page.locator('header a').first().focus();
      await page.evaluate(() => document.querySelector('podium-overlay').shadowRoot.querySelector('button').click());
      await until(page, 'the overlay is small', () => !document.querySelector('podium-overlay')?.shadowRoot.querySelector('.list'));
      for (const line of await violations(page)) wrong.push(`with the overlay: ${line}`);
      await write(TEMPLATE, good);
      await until(page, `the overlay goes away after ${mistake}`, noOverlay);
    }
    await says(preview, 'mended');
  },

  async 'story-error'({ origin, browser, preview }) {
    const page = await look(browser, origin + ADDRESS);
    const good = await read(STORY);
    await write(STORY, good.replace(/date: .*/, 'date: 31/07/2024').replace('---\n\n', '---\n\nNew words.\n\n'));
    await write('content/stories/other.md', story('Other', '[nowhere](nowhere.md)'));
    await until(page, 'the first error is shown', overlayHas, 'error[F012]');
    await until(page, 'the error of another page is shown', overlayHas, 'error[B002]');
    const text = await page.evaluate(() => [...document.querySelector('podium-overlay').shadowRoot.querySelectorAll('pre')].map((pre) => pre.textContent));
    for (const block of text) await says(preview, block);
    check((await page.locator('main').textContent()).includes('Lyles'), 'the last good page is not there');
    await write('content/stories/other.md', story('Other', 'Words.'));
    await write(STORY, good);
    await until(page, 'the overlay goes away', noOverlay);
    // A page that was never good: what can be shown of it, and what is wrong.
    await write('content/stories/never.md', story('Never', 'Some words. [nowhere](nowhere.md)'));
    const never = await look(browser, `${origin}/stories/never/`);
    await until(never, 'the error is shown', overlayHas, 'error[B002]');
    await write('content/stories/never.md', story('Never', 'Mended words.'));
    await until(never, 'the page is there', hasText, ['main', 'Mended words.']);
    await until(never, 'the overlay goes away', noOverlay);
  },

  async 'new-story'({ origin, browser }) {
    const [home, missing] = [await look(browser, `${origin}/`), await look(browser, `${origin}/stories/late-news/`)];
    await until(missing, 'the page for what is not there is there', hasText, ['h1', 'not']);
    await write('content/stories/late-news.md', story('Late news', 'Words.'));
    await until(home, 'the story is on the home page', hasText, ['main', 'Late news']);
    await until(missing, 'the story is where nothing was', hasText, ['h1', 'Late news']);
  },

  async 'deleted-story'({ origin, browser }) {
    const page = await look(browser, origin + ADDRESS);
    const home = await look(browser, `${origin}/`);
    const title = await page.locator('h1').textContent();
    await until(home, 'the story is on the home page', hasText, ['main', title]);
    await rm(join(root, STORY));
    await until(home, 'the story is gone from the home page', ([selector, text]) => !document.querySelector(selector).textContent.includes(text), ['main', title]);
    await until(page, 'the page is gone', ([selector, text]) => !document.querySelector(selector).textContent.includes(text), ['h1', title]);
    check((await page.request.get(origin + ADDRESS)).status() === 404, 'the address is still there');
  },

  async reconnect({ origin, browser, preview }) {
    const page = await look(browser, origin + ADDRESS);
    await until(page, 'the bar is there', barHas, STORY);
    check((await preview.end()) === 0, 'the preview did not end well');
    await until(page, 'the page says that the preview has ended', barHas, 'The preview has ended');
    await edit(STORY, (text) => `${text}\nWritten while nobody looked.\n`);
    const again = watch(new URL(origin).port);
    check((await again.ready) === origin, 'the preview is elsewhere');
    await until(page, 'the page has caught up', hasText, ['main', 'Written while nobody looked.']);
    await edit(STORY, (text) => `${text}\nAnd after that.\n`);
    await until(page, 'the page follows again', hasText, ['main', 'And after that.']);
    check((await again.end()) === 0, 'the preview did not end well the second time');
  },

  async 'many-tabs'({ origin, browser }) {
    // More than a browser opens connections to one host; each context is a browser of its own.
    const pages = [];
    for (let i = 0; i < 4; i += 1) pages.push(await look(browser, origin + ADDRESS));
    const one = await browser.newContext();
    for (let i = 0; i < 5; i += 1) pages.push(await look(one, origin + ADDRESS, undefined));
    await edit(STORY, (text) => `${text}\nFor all of them.\n`);
    for (const page of pages) await until(page, 'every tab has it', hasText, ['main', 'For all of them.']);
  },

  async 'drafts-and-bar'({ origin, browser }) {
    await write('content/stories/a-draft.md', story('A draft of ours', 'See [the race](lyles-wins-mens-100m.md).', 'draft: true\n'));
    await write('content/stories/to-come.md', story('A story to come', 'A [draft](a-draft.md).', 'publish_at: 2999-01-01 12:00\n'));
    const home = await look(browser, `${origin}/`);
    await until(home, 'the draft is marked in a list', () => [...document.querySelectorAll('a[data-podium-state]')]
      .some((link) => link.textContent.includes('A draft of ours') && link.dataset.podiumState === 'Draft'));
    const page = await look(browser, `${origin}/stories/a-draft/`);
    await until(page, 'the bar names the file', barHas, 'content/stories/a-draft.md');
    await until(page, 'the bar says that it is a draft', barHas, 'Draft');
    await page.goto(`${origin}/stories/to-come/`);
    await until(page, 'the bar says when it comes', barHas, 'Not before 2999-01-01 12:00');
    // A warning of this page.
    await write('content/stories/to-come.md', story('A story to come', 'A note.[^1]', 'publish_at: 2999-01-01 12:00\n'));
    await until(page, 'the bar counts a warning', barHas, '1 warning');
    await page.evaluate(() => document.querySelector('podium-bar').shadowRoot.querySelector('[data-name=warnings]').click());
    await until(page, 'the warning is shown', barHas, 'warning[B012]');
    for (const line of await violations(page)) wrong.push(`with the bar: ${line}`);
    await page.evaluate(() => document.querySelector('podium-bar').shadowRoot.querySelector('[data-name=close]').click());
    await until(page, 'the bar is closed', () => !document.querySelector('podium-bar'));
    await page.goto(`${origin}/`);
    await page.waitForTimeout(300);
    check(await page.evaluate(() => !document.querySelector('podium-bar')), 'the bar comes back on the next page');
  },
};

const browser = await chromiumBrowser();
const preview = watch();
try {
  await scenarios[scenario]({ origin: await preview.ready, browser, preview });
} catch (error) {
  wrong.push(String(error));
}
await browser.close();
await preview.end();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
