import { composeStories } from '@storybook/react-vite';
import axe from 'axe-core';
import type { ComponentType } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as badNetwork from './bad-network.stories.tsx';
import * as diagnostics from './diagnostics.stories.tsx';
import * as fieldsAndCrop from './fields-and-crop.stories.tsx';
import * as hooks from './hooks.stories.tsx';
import * as item from './item.stories.tsx';
import * as longList from './long-list.stories.tsx';
import * as parts from './parts.stories.tsx';
import * as pictureLayouts from './picture-layouts.stories.tsx';
import * as recipes from './recipes.stories.tsx';
import * as recovery from './recovery.stories.tsx';
import * as sources from './sources.stories.tsx';
import { still } from './still.ts';
import * as themes from './themes.stories.tsx';
import * as unstyled from './unstyled.stories.tsx';
import * as uploader from './uploader.stories.tsx';
import * as uppyReact from './uppy-react.stories.tsx';
import '../style.css';

type AnyStory = ComponentType & {
  readonly parameters?: { readonly docs?: { readonly source?: { readonly code?: string } } };
  readonly play?: (context: { canvasElement: HTMLElement }) => Promise<void> | undefined;
};

const groups: Record<string, Record<string, AnyStory>> = {
  Uploader: composeStories(uploader),
  Item: composeStories(item),
  Parts: composeStories(parts),
  Hooks: composeStories(hooks),
  Recovery: composeStories(recovery),
  Diagnostics: composeStories(diagnostics),
  'With Uppy': composeStories(uppyReact),
  Layouts: composeStories(pictureLayouts),
  'Fields and crop': composeStories(fieldsAndCrop),
  'Camera and addresses': composeStories(sources),
  Recipes: composeStories(recipes),
  Themes: composeStories(themes),
  'Long list': composeStories(longList),
  Unstyled: composeStories(unstyled),
  'Bad network': composeStories(badNetwork),
};

const STORIES = Object.entries(groups).flatMap(([group, stories]) =>
  Object.entries(stories).map(([name, Story]) => [`${group} / ${name}`, Story] as const),
);

const LOOKS = [
  { theme: 'light', dir: 'ltr', width: 320, page: '#f6f7f9', text: '#14171f' },
  { theme: 'dark', dir: 'rtl', width: 1280, page: '#0f1217', text: '#eef0f5' },
] as const;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.each(LOOKS)('$theme, $dir, $width px', (look) => {
  beforeAll(async () => {
    const root = document.documentElement;
    root.dataset['theme'] = look.theme;
    root.dir = look.dir;
    Object.assign(document.body.style, { background: look.page, color: look.text });
    await page.viewport(look.width, 800);
  });

  it.each(STORIES)('%s plays, fits, and axe has nothing to object to', async (name, Story) => {
    const { container } = await render(<Story />);
    await Story.play?.({ canvasElement: container });
    // A row that fades in is hard to read for a moment.
    await still();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(look.width);
    const { violations } = await axe.run(container, { runOnly: TAGS });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`).join('\n')).toBe('');
    // A check of our own beside axe's, which lets small targets pass where they have room around them.
    if (name.startsWith('Unstyled') || name.startsWith('With Uppy') || name.startsWith('Hooks')) return;
    const small = [...container.querySelectorAll<HTMLElement>('button')].filter((button) => {
      const { width, height } = button.getBoundingClientRect();
      return width < 24 || height < 24;
    });
    expect(small.map(({ outerHTML }) => outerHTML).join('\n')).toBe('');
  });
});

it('has code to copy for every story', () => {
  const without = STORIES.filter(([, Story]) => !Story.parameters?.docs?.source?.code);
  expect(without.map(([name]) => name)).toEqual([]);
});

it('has a play function in every story', () => {
  expect(STORIES.filter(([, Story]) => !Story.play).map(([name]) => name)).toEqual([]);
  console.log(`${STORIES.length} stories, each played and checked by axe in ${LOOKS.length} looks: ${TAGS.join(', ')}`);
});
