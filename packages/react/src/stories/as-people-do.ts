/** What people do to a page, in tests that run in Firefox too. */
import { type Locator, server, userEvent } from 'vitest/browser';

/** A paste as browsers send it. Firefox (153) leaves out what its constructor is given as `clipboardData`. */
export function pasteOf(clipboardData: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
  return Object.defineProperty(event, 'clipboardData', { value: clipboardData });
}

/** Playwright (1.64.1) finds no place to click in a frame of Firefox over WebDriver BiDi, so there the events alone are sent. */
export async function click(locator: Locator, options?: Parameters<typeof userEvent.click>[1]): Promise<void> {
  if (server.browser !== 'firefox') return userEvent.click(locator, options);
  await locator.findElement();
  const element = locator.element() as HTMLElement;
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true, composed: true }));
  element.focus();
  element.click();
  // What a person does next is another task.
  await new Promise((resolve) => setTimeout(resolve));
}
