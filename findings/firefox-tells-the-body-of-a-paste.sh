#!/usr/bin/env bash
# Firefox (its version is printed; seen in 153.8.0esr; driven by playwright-core 1.64.1 over WebDriver BiDi)
#
# The focus is on a button, and the person presses Ctrl+V.
# One would guess: the `paste` event is told of the button, as `keydown` is, since the Clipboard API says: of the focused node.
# What happens: its target is the body, and its path has nothing of where the person is. In a text field it is the field.
# Why it matters: a page with several places that take files gives a pasted picture to the wrong one in Firefox, where it goes by
# `event.target` or `composedPath()`. `document.activeElement` knows. Tests that dispatch the event at the button see nothing of it.
# @see https://w3c.github.io/clipboard-apis/#fire-a-clipboard-event
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export FIREFOX_EXECUTABLE=${FIREFOX_EXECUTABLE:-$(command -v firefox-esr || command -v firefox || true)}
if [ -z "$FIREFOX_EXECUTABLE" ]; then
  { apt-get update && apt-get install -y firefox-esr; } >apt.log 2>&1 || { cat apt.log; exit 1; }
  FIREFOX_EXECUTABLE=$(command -v firefox-esr)
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { firefox } from 'playwright-core';

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<!doctype html><button id="copy">Copy</button><button id="place">Place</button><input id="field">');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await firefox.launch({ executablePath: process.env.FIREFOX_EXECUTABLE, channel: 'moz-firefox' });
console.log(`Firefox ${browser.version()}`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(() => {
  window.seen = [];
  for (const type of ['keydown', 'paste'])
    addEventListener(type, ({ target, key }) => {
      if (key === 'v' || type === 'paste') window.seen.push(`${type} ${target.localName}`);
    });
  document.querySelector('#copy').onclick = async ({ target }) => {
    await navigator.clipboard.writeText('words');
    target.textContent = 'Copied';
  };
});
await page.getByText('Copy').click();
await page.getByText('Copied').waitFor();
for (const id of ['place', 'field']) {
  await page.locator(`#${id}`).focus();
  await page.keyboard.press('ControlOrMeta+v');
}
await page.waitForFunction(() => window.seen.length === 4, undefined, { timeout: 10_000 });
const seen = (await page.evaluate(() => window.seen)).join(', ');
await browser.close();
server.close();
console.log('Ctrl+V with the focus on a button, then in a text field');
console.log('expected: keydown button, paste button, keydown input, paste input');
console.log(`seen:     ${seen}`);
process.exit(seen === 'keydown button, paste body, keydown input, paste input' ? 0 : 1);
JS
timeout 120 node run.mjs
