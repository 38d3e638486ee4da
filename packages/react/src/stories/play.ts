import { configure, expect, userEvent, waitFor, within } from 'storybook/test';

// Some parts are loaded when they are needed, and machines are busy.
configure({ asyncUtilTimeout: 8_000 });

/** What a play function of Storybook is given, as far as it is used here. */
export interface PlayContext {
  readonly canvasElement: HTMLElement;
  /** Ends once another story is shown. */
  readonly abortSignal?: AbortSignal;
}

export type Play = (context: PlayContext) => Promise<void>;

/** Several plays, one after the other. */
export const inTurn =
  (...plays: readonly Play[]): Play =>
  async (context) => {
    for (const play of plays) if (!context.abortSignal?.aborted) await play(context);
  };

export const says =
  (text: string | RegExp): Play =>
  async ({ canvasElement }) => {
    await within(canvasElement).findByText(text);
  };

/** Nothing of the canvas says it. */
export const saysNot =
  (text: string | RegExp): Play =>
  async ({ canvasElement }) => {
    await expect(within(canvasElement).queryByText(text)).toBeNull();
  };

/** Clicks the button of that name. */
export const clicks =
  (name: string | RegExp): Play =>
  async ({ canvasElement }) => {
    const button = await within(canvasElement).findByRole('button', { name });
    await waitFor(() => expect(button).toBeEnabled());
    await waitFor(() => expect(button).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(button);
  };

/** Picks the radio button of that name. */
export const picks =
  (name: string): Play =>
  async ({ canvasElement }) => {
    const radio = await within(canvasElement).findByRole('radio', { name });
    await userEvent.click(radio);
    await expect(radio).toBeChecked();
  };

export const hasButton =
  (name: string | RegExp): Play =>
  async ({ canvasElement }) => {
    await within(canvasElement).findByRole('button', { name });
  };

export const hasNoButton =
  (name: string | RegExp): Play =>
  async ({ canvasElement }) => {
    await expect(within(canvasElement).queryByRole('button', { name })).toBeNull();
  };

/** The first progress bar shows no number, and says why. */
export const isIndeterminate =
  (text: string): Play =>
  async ({ canvasElement }) => {
    const [bar] = within(canvasElement).getAllByRole('progressbar');
    await expect(bar).not.toHaveAttribute('aria-valuenow');
    await expect(bar).toHaveAttribute('aria-valuetext', text);
  };

/** The first progress bar stands there, and says it. */
export const barAt =
  (percent: number, text: string | RegExp): Play =>
  async ({ canvasElement }) => {
    const [bar] = within(canvasElement).getAllByRole('progressbar');
    await expect(bar).toHaveAttribute('aria-valuenow', String(percent));
    await expect(bar?.getAttribute('aria-valuetext')).toMatch(text);
  };

/** An element that matches is there, or with 0 is not. A row that fades out is not there any more. */
export const has =
  (selector: string, count = 1): Play =>
  async ({ canvasElement }) => {
    const there = () => [...canvasElement.querySelectorAll(selector)].filter((element) => !element.closest('[inert]'));
    await waitFor(() => expect(there().length).toBe(count));
  };

/** The button of that name opens the browser's picker, for folders or for files. */
export const opensPicker =
  (name: string | RegExp, { directory = false } = {}): Play =>
  async ({ canvasElement }) => {
    const input = canvasElement.ownerDocument.querySelector<HTMLInputElement>('input[type=file]');
    let opened = 0;
    input?.addEventListener(
      'click',
      (event) => {
        event.preventDefault();
        opened += 1;
      },
      { once: true },
    );
    await userEvent.click(within(canvasElement).getByRole('button', { name }));
    await expect(opened).toBe(1);
    await expect(input?.webkitdirectory).toBe(directory);
  };

/** Files are dragged over the zone, and away again. */
export const dragsOver =
  (selector: string): Play =>
  async ({ canvasElement }) => {
    const zone = canvasElement.querySelector(selector);
    if (!zone) throw new Error(`Nothing is ${selector}.`);
    const send = (type: string) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['a'], 'a.txt'));
      zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    };
    send('dragenter');
    await waitFor(() => expect(zone).toHaveAttribute('data-dragging'));
    send('dragleave');
    await waitFor(() => expect(zone).not.toHaveAttribute('data-dragging'));
  };

/** The video shows something: a picture taken before its first frame is empty. */
export const seesPicture: Play = async ({ canvasElement }) => {
  const video = canvasElement.querySelector('video');
  await waitFor(() => expect(video?.videoWidth).toBeGreaterThan(0));
};
