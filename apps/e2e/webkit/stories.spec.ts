/** Every story plays to its end in WebKit, axe objects to nothing, and nothing is wider than the window. */
import { test as base, expect } from '@playwright/test';
import { AXE, isSettled, judge, play, watchChanges } from '../../../scripts/storybook/in-page.mjs';
import { serveStorybook } from '../../../scripts/storybook/open.mjs';
import { startWebKit, type WebKit, whyNot } from './webdriver.ts';

interface Stories {
  readonly ids: readonly string[];
  readonly webkit: WebKit;
  /** Shows a story, and waits until it has played and nothing moves any more. */
  show(id: string): Promise<void>;
}

const test = base.extend<{ stories: Stories }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  stories: async ({}, use) => {
    const { entries, url, close } = await serveStorybook();
    const webkit = await startWebKit();
    await webkit.open(`${url}iframe.html?viewMode=docs&id=welcome--docs&globals=a11y.manual:!true`);
    await expect.poll(() => webkit.run('return document.querySelectorAll("#storybook-docs h1").length')).toBe(1);
    await webkit.run(`${AXE}; (${watchChanges})()`);
    const show = async (id: string) => {
      await webkit.run(`await (${play})([args[0], true])`, id);
      await expect.poll(() => webkit.run(`return (${isSettled})()`)).toBe(true);
    };
    await use({ ids: entries.filter(({ type }) => type === 'story').map(({ id }) => id), webkit, show });
    await webkit.close();
    await close();
  },
});

const reason = whyNot();
test.skip(reason !== undefined, reason ?? '');

test('every story plays, fits, and axe has nothing to object to', async ({ stories: { ids, webkit, show } }) => {
  test.setTimeout(1_200_000);
  const found: string[] = [];
  for (const id of ids) {
    await show(id).catch((error: Error) => found.push(error.message));
    const { objections, wide } = await webkit.run<Awaited<ReturnType<typeof judge>>>(
      `return (${judge})({ contrast: true })`,
    );
    found.push(...objections.map((objection) => `${id}: ${objection}`));
    if (wide > (await webkit.run<number>('return innerWidth'))) found.push(`${id} is ${wide} px wide`);
  }
  expect(ids.length).toBeGreaterThan(0);
  expect(found.join('\n')).toBe('');
});

test('a dialog is as tall as what it shows', async ({ stories: { webkit, show } }) => {
  await show('parts-fields-and-crop--ask-for-crop');
  // The rows of a dialog that is too tall grow with it.
  const [row, button] = await webkit.run<[number, number]>(`
    const row = document.querySelector('dialog').lastElementChild;
    return [row.offsetHeight, row.firstElementChild.offsetHeight];
  `);
  expect(row).toBe(button);
});
