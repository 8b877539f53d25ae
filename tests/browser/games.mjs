// Uses the scripts of the medal table and the schedule as readers do: node games.mjs FOLDER
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { open, violations } from './open.mjs';

const { origin, browser, close } = await open(process.argv[2]);
const wrong = [];
const check = (is, what) => is || wrong.push(what);

// The medal table, by keyboard alone.
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`${origin}/medals/`);
const table = () => page.evaluate(() => ({
  nations: [...document.querySelectorAll('.sortable tbody .noc')].map((code) => code.textContent),
  sorted: [...document.querySelectorAll('.sortable thead th[aria-sort]')].map((head) => `${head.textContent} ${head.ariaSort}`),
  said: document.querySelector('[role=status]').textContent,
  focus: document.activeElement.textContent,
}));
const before = await table();
check(before.sorted.join() === 'Rank ascending', `at first it is sorted by ${before.sorted}`);
check(before.said === '', 'it speaks before anybody asked');
for (let i = 0; i < 60 && !(await table()).focus.startsWith('Total'); i += 1) await page.keyboard.press('Tab');
await page.keyboard.press('Enter');
const byTotal = await table();
check(byTotal.focus === 'Total', `the focus is on ${byTotal.focus}`);
check(byTotal.sorted.join() === 'Total descending', `after Enter it is sorted by ${byTotal.sorted}`);
check(byTotal.said === 'Sorted by Total, highest first', `it says ${byTotal.said}`);
const totals = await page.evaluate(() => [...document.querySelectorAll('.sortable tbody .total')].map((cell) => Number(cell.textContent)));
check(totals.every((total, i) => i === 0 || totals[i - 1] >= total), `the totals are ${totals}`);
check([...byTotal.nations].sort().join() === [...before.nations].sort().join(), 'a nation was lost');
await page.keyboard.press('Space');
check((await table()).sorted.join() === 'Total ascending', 'a second time does not turn it round');
for (const line of await violations(page)) wrong.push(`/medals/ sorted: ${line}`);
await page.click('.sortable thead th:first-child button');
check((await table()).nations.join() === before.nations.join(), 'it does not go back to the order of ranks');
await page.click('.sortable thead th:nth-child(2) button');
const names = await page.evaluate(() => [...document.querySelectorAll('.sortable tbody .nation-name')].map((name) => name.textContent));
check(names.join() === [...names].sort((a, b) => a.localeCompare(b, 'en')).join(), `the names are ${names}`);
await page.close();

// The schedule for a reader in New York, one in Paris and one without scripts.
const ADDRESS = '/sports/table-tennis/mixed-doubles/';
const away = await browser.newContext({ timezoneId: 'America/New_York', locale: 'en-GB' });
const reader = await away.newPage();
await reader.goto(origin + ADDRESS);
const own = () => reader.evaluate(() => [...document.querySelectorAll('.own-time')].map((time) => time.textContent));
check((await own()).length === 0, 'own times are there before anybody asked');
const button = reader.getByRole('button', { name: 'Show my own time too' });
await button.focus();
await reader.keyboard.press('Enter');
check((await own()).join() === '08:30', `in New York it is ${await own()}`);
check((await button.getAttribute('aria-pressed')) === 'true', 'the button does not say that it is pressed');
for (const line of await violations(reader)) wrong.push(`${ADDRESS} with own time: ${line}`);
await reader.reload();
check((await own()).join() === '08:30', 'the wish is forgotten on the next page');
await reader.getByRole('button').click();
check((await own()).length === 0, 'own times do not go away');
await away.close();
for (const [what, options] of [['in Paris', { timezoneId: 'Europe/Paris' }], ['without scripts', { javaScriptEnabled: false, timezoneId: 'Asia/Tokyo' }]]) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(origin + ADDRESS);
  check((await page.getByRole('button').count()) === 0, `${what} there is a button`);
  check((await page.locator('.sessions time').first().textContent()) === '30 Jul, 14:30', `${what} there is no time`);
  await context.close();
}

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
