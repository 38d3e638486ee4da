import { composeStories } from '@storybook/react-vite';
import { afterEach, expect, it } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as parts from './parts.stories.tsx';
import * as recovery from './recovery.stories.tsx';
import * as uploader from './uploader.stories.tsx';
import '../style.css';

const { EveryState, HardNames, Refused } = composeStories(uploader);
const { FormField } = composeStories(parts);
const { Offered } = composeStories(recovery);

interface Protocol {
  send(method: string, params: object): Promise<unknown>;
}

const emulate = (name: string, value: string) =>
  (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', { features: [{ name, value }] });

afterEach(async () => {
  await (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', { features: [] });
  document.documentElement.style.fontSize = '';
});

const style = (selector: string) => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`Nothing is ${selector}.`);
  return getComputedStyle(element);
};

it.each([
  ['every state', EveryState],
  ['hard names', HardNames],
  ['refusals', Refused],
  ['recovery', Offered],
  ['a form', FormField],
])('%s fit with letters of twice the size, on a desktop at 200 % and on a phone', async (_name, Story) => {
  document.documentElement.style.fontSize = '200%';
  const { container } = await render(<Story />);
  await Story.play?.({ canvasElement: container } as never);
  for (const width of [640, 320]) {
    await page.viewport(width, 800);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const cut = [...container.querySelectorAll<HTMLElement>('button')].filter((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left < 0 || right > width || button.scrollWidth > button.clientWidth + 1;
    });
    expect(cut.map(({ outerHTML }) => outerHTML)).toEqual([]);
  }
});

it('keeps bars and badges visible in forced colours', async () => {
  await emulate('forced-colors', 'active');
  await render(<EveryState />);
  expect(matchMedia('(forced-colors: active)').matches).toBe(true);
  expect(style('.portage-item .portage-progress').borderTopWidth).toBe('1px');
  expect(style('.portage-progress-bar').backgroundColor).not.toBe(style('.portage-progress').backgroundColor);
  expect(style('.portage-dropzone').borderTopStyle).toBe('dashed');
});

it('moves nothing where less motion is wanted', async () => {
  await emulate('prefers-reduced-motion', 'reduce');
  await render(<EveryState />);
  for (const selector of ['.portage-dropzone', '.portage-trigger', '.portage-progress-bar', '.portage-dropzone-icon']) {
    expect([selector, style(selector).transitionDuration]).toEqual([selector, '0s']);
  }
  expect(style('[data-status="verifying"] .portage-progress-bar').animationName).toBe('none');
});
