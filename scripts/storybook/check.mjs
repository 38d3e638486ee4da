// What visitors of the built Storybook find: pages in their order and of a length that can be read, tables that are tables, and
// controls and switches that change what is shown. Part of `npm test`.
import assert from 'node:assert/strict';
import { openStorybook, showStory } from './open.mjs';

/** In pixels, in a window 1280 wide: about seven screens. */
const LONGEST = 6_500;
const ORDER = ['Welcome', 'Guides', 'Uploader', 'Layouts', 'Parts', 'Recipes', 'Hooks', 'Diagnostics', 'With Uppy'];

const { entries, url, newPage, close } = await openStorybook();
try {
  const shown = entries.filter(({ tags }) => tags.includes('dev'));
  assert.deepEqual([...new Set(shown.map(({ title }) => title.split('/')[0]))], ORDER);

  const isForTests = ({ tags }) => !tags.includes('dev');
  assert.deepEqual(
    entries.filter((entry) => isForTests(entry) && entry.tags.includes('autodocs')).map(({ id }) => id),
    [],
    'on a page, though for tests alone',
  );

  const page = await newPage({ viewport: { width: 1280, height: 900 } });
  const heights = [];
  const docs = shown.filter(({ type }) => type === 'docs');
  for (const { id } of docs) {
    await page.goto(`${url}iframe.html?viewMode=docs&id=${id}`);
    await page.locator('#storybook-docs h1').first().waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[id^="story--"]')].every((story) => story.childElementCount > 0),
    );
    const { height, bars, failed, covered, silent } = await page.evaluate(() => ({
      height: document.documentElement.scrollHeight,
      // As it is seen, a line each.
      // biome-ignore lint/performance/useDomNodeTextContent: text alone has no lines.
      bars: document.getElementById('storybook-docs').innerText.match(/^.*\| ?-{3}.*$/gm) ?? [],
      covered: document.querySelector('dialog[open]') !== null,
      silent: [...document.querySelectorAll('.props tr')]
        .filter((row) => row.lastElementChild.textContent === '')
        .map((row) => row.firstElementChild.textContent),
      failed: document.body.classList.contains('sb-show-errordisplay'),
    }));
    assert.equal(failed, false, `${id} cannot be shown`);
    assert.deepEqual(bars, [], `${id} has a table that is text`);
    assert.equal(covered, false, `${id} lies below a dialog`);
    assert.deepEqual(silent, [], `${id} has props that nobody describes`);
    assert.ok(height <= LONGEST, `${id} is ${height} pixels long`);
    heights.push(height);
  }

  await page.goto(`${url}iframe.html?viewMode=docs&id=uploader--docs`);
  await page.getByRole('switch', { name: 'Show code' }).first().click();
  await page.locator('pre').filter({ hasText: '<Uploader endpoint="/api/uploads" />' }).first().waitFor();

  const open = (id, globals = '') => page.goto(`${url}iframe.html?viewMode=story&id=${id}&globals=${globals}`);
  const shows = (selector, count) =>
    page.waitForFunction(([wanted, number]) => document.querySelectorAll(wanted).length === number, [selector, count]);
  const sets = async (storyId, updatedArgs, selector, count = 1) => {
    await showStory(page, storyId);
    await page.evaluate((change) => globalThis.__STORYBOOK_ADDONS_CHANNEL__.emit('updateStoryArgs', change), {
      storyId,
      updatedArgs,
    });
    await shows(selector, count);
  };
  await open('uploader--empty');
  await sets('uploader--every-state', { files: 'a batch' }, '.portage-item', 24);
  await sets('uploader--every-state', { disabled: true }, '.portage-dropzone button:disabled', 2);
  await sets('parts-item--uploading', { percent: 80 }, '[role=progressbar][aria-valuenow="80"]');
  await sets('parts-item--uploading', { status: 'paused' }, '.portage-item[data-status=paused]');
  await sets('parts-on-their-own--trigger', { disabled: true }, 'button:disabled');

  await open('uploader--every-state', 'language:ar;theme:dark');
  await shows('[dir=rtl][lang=ar] .portage-item', 9);
  await page
    .getByRole('button', { name: 'اختيار ملفات', exact: true })
    .or(page.locator('[lang=ar] .portage-trigger'))
    .first()
    .waitFor();
  const colour = (selector, name) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, which) => getComputedStyle(element)[which], name);
  assert.equal(await colour('.stage', 'backgroundColor'), 'rgb(15, 18, 23)');
  await open('uploader--every-state', 'theme:light');
  assert.equal(await colour('.stage', 'backgroundColor'), 'rgb(246, 247, 249)');
  const looks = [];
  for (const look of ['portage', 'shadcn', 'tailwind', 'unstyled']) {
    await open('uploader--empty', `theme:light;look:${look}`);
    looks.push(await colour('.portage-trigger', 'backgroundColor'));
  }
  assert.equal(new Set(looks).size, 4, `four looks, not ${looks}`);
  // As the manager writes it.
  await page.goto(`${url}iframe.html?viewMode=docs&id=guides-theming--docs&globals=theme%3Adark`);
  await page.locator('#storybook-docs h1').waitFor();
  assert.equal(await colour('.sbdocs-wrapper', 'backgroundColor'), 'rgb(21, 24, 31)');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${url}iframe.html?viewMode=docs&id=welcome--docs`);
  await page.locator('.portage-item').first().waitFor();
  assert.equal(await colour('.sbdocs-wrapper', 'backgroundColor'), 'rgb(21, 24, 31)', 'as the system is');
  await page.getByRole('radio', { name: 'No network' }).check();
  await page.locator('.portage-item[data-status=offline]').waitFor();
  await page.getByRole('radio', { name: 'Good' }).check();
  await page.locator('.portage-item[data-status=uploading]').waitFor();

  await page.goto(url);
  await page.waitForFunction(() => document.title.endsWith('Portage'));
  // As visitors see them: the sidebar has an order of its own for what is in no group.
  const branches = page.locator('.sidebar-item[data-parent-id=""], .sidebar-item:not([data-parent-id])');
  await branches.first().waitFor();
  assert.deepEqual(
    await branches.evaluateAll((all) => all.map((branch) => branch.querySelector('a, button').textContent)),
    ORDER,
  );
  console.log(
    `${docs.length} pages, the longest ${Math.max(...heights)} px of ${LONGEST}; ${shown.length - docs.length} stories of ${entries.length - docs.length} are shown.`,
  );
} finally {
  await close();
}
