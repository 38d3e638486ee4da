import type { BrowserContextOptions, Page } from '@playwright/test';

interface Storybook {
  readonly entries: readonly { readonly id: string; readonly type: string }[];
  readonly url: string;
  close(): Promise<void>;
}

export function serveStorybook(): Promise<Storybook>;
export function openStorybook(): Promise<Storybook & { newPage(options?: BrowserContextOptions): Promise<Page> }>;
export function showStory(page: Page, id: string, options?: { readonly plays?: boolean }): Promise<void>;
