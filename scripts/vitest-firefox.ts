/**
 * Clicks and keys in Firefox: over WebDriver BiDi, Playwright finds every element of the frame that tests run in "not visible", and now
 * and then not the frame itself. These are the page's own: as with a mouse, the focus comes first.
 */
import { expect } from 'vitest';
import { type Locator, userEvent } from 'vitest/browser';

userEvent.click = async (target: Element | Locator): Promise<void> => {
  await expect.element(target).toBeVisible();
  const element = (target instanceof Element ? target : target.element()) as HTMLElement;
  element.focus();
  element.click();
};

const real = userEvent.keyboard;
/** One key, such as `{Enter}` and `{ArrowLeft}`: Enter and the space bar press the button that has the focus. Sliders move by real ones. */
userEvent.keyboard = async (text: string): Promise<void> => {
  const key = /^\{(\w+)\}$|^(.)$/.exec(text)?.slice(1).find(Boolean);
  const target = (document.activeElement ?? document.body) as HTMLElement;
  if (key === undefined || target.matches('[type=range]')) return real(text);
  const how = { key, bubbles: true, cancelable: true };
  const isTaken = !target.dispatchEvent(new KeyboardEvent('keydown', how));
  if (!isTaken && key === 'Escape') target.closest('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }));
  if (!isTaken && target.matches('button') && (key === 'Enter' || key === ' ')) target.click();
  target.dispatchEvent(new KeyboardEvent('keyup', how));
};

userEvent.fill = async (target: Element | Locator, text: string): Promise<void> => {
  await expect.element(target).toBeVisible();
  const element = (target instanceof Element ? target : target.element()) as HTMLInputElement;
  element.focus();
  // React listens to what is set behind its back.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, text);
  element.dispatchEvent(new Event('input', { bubbles: true }));
};
