/** What runs in a page of Storybook's: each function is handed over as its source, and uses nothing from around it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** To be run before `judge`. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Shows a story as a visitor who chooses it, and waits until it has played; where it does not play, until it is shown. */
export function play([storyId, plays]) {
  return new Promise((resolve, reject) => {
    const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
    const end = () => {
      channel.off('storyRenderPhaseChanged', onPhase);
      channel.off('storyFinished', onFinished);
    };
    const onPhase = ({ storyId: of, newPhase }) => {
      if (of !== storyId || newPhase !== 'playing' || plays) return;
      end();
      globalThis.__STORYBOOK_PREVIEW__.currentRender.cancelPlayFunction();
      resolve(undefined);
    };
    const onFinished = ({ storyId: of, status }) => {
      if (of !== storyId) return;
      end();
      if (status === 'error') reject(new Error(`${storyId} did not play to its end.`));
      else resolve(undefined);
    };
    channel.on('storyRenderPhaseChanged', onPhase);
    channel.on('storyFinished', onFinished);
    channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
  });
}

/** Notes from now on when something was added or taken out, for `isSettled`. */
export function watchChanges() {
  const look = new MutationObserver(() => {
    globalThis.changedAt = performance.now();
  });
  look.observe(document.body, { subtree: true, childList: true });
}

/** Nothing is being loaded or added, and nothing fades in. */
export function isSettled() {
  const loaded = performance.getEntriesByType('resource').map(({ responseEnd }) => responseEnd);
  const isOver = ({ playState, effect }) =>
    playState !== 'running' || effect.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
  const lately = Math.max(...loaded, globalThis.changedAt ?? 0);
  return performance.now() - lately > 300 && document.getAnimations().every(isOver);
}

/** @returns What axe objects to, and how wide the page is. */
export async function judge({ contrast }) {
  const { violations } = await globalThis.axe.run('#storybook-root', {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'color-contrast': { enabled: contrast } },
  });
  return {
    objections: violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`),
    ),
    wide: document.documentElement.scrollWidth,
  };
}
