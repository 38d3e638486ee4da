/**
 * Clicks in Firefox: over WebDriver BiDi, Playwright finds every element of the frame that tests run in "not visible". These are the
 * page's own: as with a mouse, the focus comes first.
 */
import { expect } from 'vitest';
import { type Locator, userEvent } from 'vitest/browser';

userEvent.click = async (target: Element | Locator): Promise<void> => {
  await expect.element(target).toBeVisible();
  const element = (target instanceof Element ? target : target.element()) as HTMLElement;
  element.focus();
  element.click();
};
