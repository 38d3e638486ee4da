// `npm run test:looks`: shows every story, those that visitors do not see too, in each look; axe must have nothing to object
// to, and nothing may be wider than the window. `npm run test:looks -- parts` picks by id. Takes minutes; not part of `npm test`.
import { AXE, isSettled, judge, watchChanges } from './in-page.mjs';
import { openStorybook, showStory } from './open.mjs';

const LOOKS = [
  { name: 'light, 1280 px', globals: 'theme:light', width: 1280 },
  { name: 'dark, 360 px', globals: 'theme:dark', width: 360 },
  { name: 'forced colours, 360 px', globals: 'theme:light', width: 360, forcedColors: 'active' },
  { name: 'Arabic, 360 px', globals: 'theme:light;language:ar', width: 360 },
  { name: 'shadcn, dark, 1280 px', globals: 'theme:dark;look:shadcn', width: 1280 },
  { name: 'Tailwind, light, 1280 px', globals: 'theme:light;look:tailwind', width: 1280 },
];
/** What a story plays looks for English words. */
const plays = ({ globals }) => !globals.includes('language');
const [wanted = ''] = process.argv.slice(2);
const { entries, url, newPage, close } = await openStorybook();
const stories = entries.filter(({ type, id }) => type === 'story' && id.includes(wanted));
const found = [];
try {
  for (const look of LOOKS) {
    const began = Date.now();
    const page = await newPage({
      viewport: { width: look.width, height: 800 },
      forcedColors: look.forcedColors ?? 'none',
    });
    // From a page without stories: to leave one while it plays loads all anew, and one that is shown is not played again.
    await page.goto(`${url}iframe.html?viewMode=docs&id=welcome--docs&globals=a11y.manual:!true;${look.globals}`);
    await page.locator('#storybook-docs h1').waitFor();
    await page.evaluate(AXE);
    await page.evaluate(watchChanges);
    let count = 0;
    for (const { id } of stories) {
      await showStory(page, id, { plays: plays(look) }).catch((error) => {
        found.push(`${look.name}: ${error.message.split('\n')[0]}`);
      });
      await page.waitForFunction(isSettled);
      // Axe reads colours that a browser replaces where it forces others.
      const { objections, wide } = await page.evaluate(judge, { contrast: !look.forcedColors });
      count += objections.length;
      found.push(...objections.map((objection) => `${look.name}: ${id}: ${objection}`));
      if (wide > look.width) found.push(`${look.name}: ${id} is ${wide} px wide`);
    }
    console.log(
      `${look.name}: ${stories.length} stories, ${count} objections of axe, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    await page.close();
  }
} finally {
  await close();
}
for (const line of found) console.error(`✗ ${line}`);
process.exit(found.length === 0 ? 0 : 1);
