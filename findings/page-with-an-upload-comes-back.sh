#!/usr/bin/env bash
# Chromium, chromium-headless-shell, Firefox (versions are printed; seen in 156.0.8078.108 and 153.8.0esr; playwright-core 1.64.1)
#
# A page has an upload under way (XMLHttpRequest) or holds a Web Lock. The person goes to another page and comes back.
# One would guess: a page with a request under way, or with a lock, is left out of the back/forward cache, as it was for years.
# What happens: Chromium brings both back as they were, with all their variables, and the upload that was under way goes on there
# and is answered. Firefox loads both anew, though it keeps a plain page. And Debian's headless shell of the same Chromium keeps no
# page at all, so a test in it sees neither; Playwright also turns the cache off (`--disable-back-forward-cache`).
# Why it matters: an uploader's timers, leases and locks have to outlive minutes of freezing in Chromium, and `beforeunload` or
# `pagehide` is no end of an upload. A suite that runs in the headless shell never meets that.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
missing=''
for package in chromium chromium-headless-shell firefox-esr; do command -v "$package" >/dev/null || missing+=" $package"; done
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086
  { apt-get update && apt-get install -y $missing; } >apt.log 2>&1 || { cat apt.log; exit 1; }
fi
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.64.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { chromium, firefox } from 'playwright-core';

let answer = () => {};
const server = createServer(async (request, response) => {
  if (request.method === 'PUT') {
    await request.resume().toArray();
    answer = () => response.end('stored');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>A page');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

const pages = {
  'a plain page': () => {},
  'a page with a lock': () => new Promise((got) => void navigator.locks.request('mine', () => (got(), new Promise(() => {})))),
  'a page with an upload': () => {
    const xhr = new XMLHttpRequest();
    window.upload = 'under way';
    xhr.onload = () => (window.upload = xhr.responseText);
    xhr.onerror = () => (window.upload = 'error');
    xhr.open('PUT', '/store');
    xhr.send(new Blob([new Uint8Array(100_000)]));
  },
};

async function seenIn(browser) {
  const seen = {};
  for (const [what, make] of Object.entries(pages)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}one`);
    await page.evaluate(() => {
      window.isTheSame = true;
    });
    answer = undefined;
    await page.evaluate(make);
    while (what.includes('upload') && !answer) await page.waitForTimeout(20);
    await page.goto(`${url}two`);
    // `page.goBack()` waits for ever in Firefox where the page was kept.
    await page.evaluate(() => void setTimeout(() => history.back()));
    await page.waitForTimeout(1_000);
    const isTheSame = await page.evaluate(() => location.pathname === '/one' && window.isTheSame === true);
    seen[what] = isTheSame ? 'comes back as it was' : 'is loaded anew';
    if (isTheSame && answer) {
      answer();
      await page.waitForTimeout(500);
      seen[what] += `, its upload: ${await page.evaluate(() => window.upload)}`;
    }
    await context.close();
  }
  return seen;
}

const path = (name) => execFileSync('which', [name], { encoding: 'utf8' }).trim();
const chrome = { args: ['--no-sandbox'], ignoreDefaultArgs: ['--disable-back-forward-cache'] };
const launched = {
  Chromium: await chromium.launch({ ...chrome, executablePath: path('chromium') }),
  'its headless shell': await chromium.launch({ ...chrome, executablePath: path('chromium-headless-shell') }),
  Firefox: await firefox.launch({ executablePath: path('firefox-esr'), channel: 'moz-firefox' }),
};
const back = 'comes back as it was';
const anew = 'is loaded anew';
const expected = {
  Chromium: [back, back, `${back}, its upload: stored`],
  'its headless shell': [anew, anew, anew],
  Firefox: [back, anew, anew],
};
console.log('guess: in each of them a plain page comes back as it was, and the two others are loaded anew');
let asTold = true;
for (const [name, browser] of Object.entries(launched)) {
  const seen = await seenIn(browser);
  console.log(`${name} ${browser.version()}`);
  for (const [what, said] of Object.entries(seen)) console.log(`seen:  ${what} ${said}`);
  asTold &&= JSON.stringify(Object.values(seen)) === JSON.stringify(expected[name]);
  await browser.close();
}
process.exit(asTold ? 0 : 1);
JS
timeout 180 node --no-warnings run.mjs
