// Uses the buttons of a story as a reader does: node story.mjs FOLDER ADDRESS
// Prints a line for each thing that is wrong, and ends with status 1 if there is one.

import { open } from './open.mjs';

const [folder, address] = process.argv.slice(2);
const { origin, browser, close } = await open(folder);
const wrong = [];
const expect = (what, is) => is || wrong.push(what);

// With scripts, in a browser that has no sheet to share.
const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
const page = await context.newPage();
const asked = [];
await context.route((url) => !url.href.startsWith(origin), (route) => {
  asked.push(route.request().url());
  return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Post</title>' });
});
await page.addInitScript(() => delete Navigator.prototype.share);
await page.goto(origin + address, { waitUntil: 'load' });
await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
expect(`it asks ${asked} unasked`, asked.length === 0);
expect('there is a button for a sheet that is not there', !await page.locator('button[data-share]').isVisible());
await page.locator('button[data-copy]').focus();
await page.keyboard.press('Enter');
await page.waitForFunction(() => document.querySelector('button[data-copy]').textContent === 'Copied');
const copied = await page.evaluate(() => navigator.clipboard.readText());
expect(`the address that was copied is ${copied}`, copied === await page.locator('link[rel=canonical]').getAttribute('href'));
const show = page.getByRole('button', { name: 'Show it here' });
await show.first().focus();
await page.keyboard.press('Enter');
const frame = page.locator('.embed iframe').first();
expect('there is no frame', await frame.isVisible());
expect('the frame has no name', (await frame.getAttribute('title')) !== '');
expect('the frame has not the focus', await frame.evaluate((element) => document.activeElement === element));
expect(`the frame asks ${asked}`, asked.length === 1 && asked[0].endsWith('/embed'));
expect('the link is gone', await page.locator('.embed a').first().isVisible());
await context.close();

// A device that has a sheet.
const device = await browser.newContext();
const phone = await device.newPage();
await phone.addInitScript(() => {
  window.sheets = [];
  Navigator.prototype.share = async (data) => window.sheets.push(data);
});
await phone.goto(origin + address, { waitUntil: 'load' });
await phone.locator('button[data-share]').click();
const [sheet] = await phone.evaluate(() => window.sheets);
expect(`the sheet shares ${JSON.stringify(sheet)}`, sheet?.url === await phone.locator('link[rel=canonical]').getAttribute('href') && sheet.title !== '');
await device.close();

// Without scripts nothing is there that does nothing.
const bare = await browser.newContext({ javaScriptEnabled: false });
const plain = await bare.newPage();
await plain.goto(origin + address, { waitUntil: 'load' });
expect('a button does nothing', await plain.locator('main button:visible').count() === 0);
expect('the post has no link', await plain.locator('.embed a').first().isVisible());

await close();
for (const line of wrong) console.log(line);
process.exit(wrong.length > 0 ? 1 : 0);
