import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import { createScene } from '../stories/scripted-uploads.ts';
import { Camera } from './index.ts';
import '../style.css';

/** Every camera that was opened, by the browser's own `getUserMedia`. */
let opened: MediaStreamTrack[] = [];

beforeEach(() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (wanted) => {
    const stream = await ask(wanted);
    opened.push(...stream.getTracks());
    return stream;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  opened = [];
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog', { name: 'Take a photo' });
const live = () => page.getByLabelText('What the camera sees').element() as HTMLVideoElement;
const states = () => opened.map(({ readyState }) => readyState);
/** The camera shows a picture. */
const isLive = () => vi.waitFor(() => expect(button('Take the photo').element().ariaDisabled).toBeNull(), 10_000);

async function setUp() {
  const scene = createScene([], { autoStart: false });
  const { unmount } = await render(
    <form action="/nowhere">
      <Uploader uppy={scene.uppy}>
        <Camera />
      </Uploader>
    </form>,
  );
  await userEvent.click(button('Take a photo'));
  return { ...scene, unmount };
}

it('takes a photo, by keyboard alone, and adds what the camera saw as a JPEG with a name', async () => {
  const { uppy } = await setUp();
  await expect.element(dialog()).toBeVisible();
  await isLive();
  const { videoWidth, videoHeight } = live();
  await expect.element(button('Take the photo')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByAltText('The photo')).toBeVisible();
  await expect.element(button('Use this photo')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(1));
  const [file] = uppy.getFiles();
  expect(file).toMatchObject({ type: 'image/jpeg', name: expect.stringMatching(/^photo-\d{4}(-\d\d){5}\.jpg$/) });
  const bitmap = await createImageBitmap(file?.data as Blob);
  expect([bitmap.width, bitmap.height]).toEqual([videoWidth, videoHeight]);
  // More than browsers give to those who ask for nothing.
  expect(bitmap.width).toBeGreaterThan(640);
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(button('Take a photo')).toHaveFocus();
  expect(states()).toEqual(['ended']);
});

it('takes no photo before the camera has shown something: it would be black', async () => {
  const open = vi.mocked(navigator.mediaDevices.getUserMedia).getMockImplementation();
  let allow = (): void => {};
  vi.mocked(navigator.mediaDevices.getUserMedia).mockImplementationOnce(async (wanted) => {
    await new Promise<void>((resolve) => {
      allow = resolve;
    });
    return (await open?.(wanted)) as MediaStream;
  });
  const { uppy } = await setUp();
  await expect.element(button('Take the photo')).toHaveFocus();
  const take = button('Take the photo').element() as HTMLElement;
  const taken = new Promise<void>((resolve) => {
    new MutationObserver((_changes, observer) => {
      if (take.ariaDisabled) return;
      observer.disconnect();
      take.click();
      resolve();
    }).observe(take, { attributes: true });
  });
  allow();
  await taken;
  await userEvent.click(button('Use this photo'));
  await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(1));
  const bitmap = await createImageBitmap(uppy.getFiles()[0]?.data as Blob);
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  canvas?.drawImage(bitmap, 0, 0, 1, 1);
  const [, green] = canvas?.getImageData(0, 0, 1, 1).data ?? [];
  expect(green).toBeGreaterThan(80);
});

it('takes another one, and adds nothing when it is canceled', async () => {
  const { uppy } = await setUp();
  await isLive();
  await userEvent.click(button('Take the photo'));
  await userEvent.click(button('Take another one'));
  await expect.element(button('Take the photo')).toHaveFocus();
  expect(live().hidden).toBe(false);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(button('Take a photo')).toHaveFocus();
  expect(uppy.getFiles()).toEqual([]);
  expect(states()).toEqual(['ended']);
});

it('switches the camera off when its part goes away, also when that was before the camera came', async () => {
  const first = await setUp();
  await isLive();
  await first.unmount();
  expect(states()).toEqual(['ended']);
  const second = await setUp();
  await vi.waitFor(() => expect(navigator.mediaDevices.getUserMedia).toHaveBeenCalledTimes(2));
  await second.unmount();
  await vi.waitFor(() => expect(states()).toEqual(['ended', 'ended']));
});

it('keeps no picture whose photo came after its part went away', async () => {
  const { unmount } = await setUp();
  await isLive();
  const kept = new Set<string>();
  const [make, drop] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((of) => {
    const url = make(of);
    kept.add(url);
    return url;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => {
    kept.delete(url);
    drop(url);
  });
  let finish = (): void => {};
  const toBlob = HTMLCanvasElement.prototype.toBlob;
  const encoded = new Promise<void>((resolve) => {
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (
      this: HTMLCanvasElement,
      give,
      ...how
    ) {
      finish = () => {
        toBlob.call(
          this,
          (blob) => {
            give(blob);
            resolve();
          },
          ...how,
        );
      };
    });
  });
  await userEvent.click(button('Take the photo'));
  await unmount();
  finish();
  await encoded;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect([...kept]).toEqual([]);
});

it('switches the camera off while the page is not seen, and on again after', async () => {
  await setUp();
  await isLive();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(states()).toEqual(['ended']));
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(states()).toEqual(['ended', 'live']));
  await isLive();
});

/** It makes up one camera alone, and what is dispatched to a track reaches nobody there, whatever listens. */
const isFirefox = navigator.userAgent.includes('Firefox');

it.skipIf(isFirefox)('offers the choice of several cameras, and opens the one that is chosen', async () => {
  await setUp();
  await isLive();
  const choice = page.getByRole('combobox', { name: 'Camera' });
  const options = [...(choice.element() as HTMLSelectElement).options];
  expect(options.map(({ text }) => text)).toEqual(['fake_device_0', 'fake_device_1']);
  expect((choice.element() as HTMLSelectElement).value).toBe(options[0]?.value);
  await userEvent.selectOptions(choice, 'fake_device_1');
  await vi.waitFor(() => expect(states()).toEqual(['ended', 'live']));
  expect(opened.at(-1)?.getSettings().deviceId).toBe(options[1]?.value);
  await isLive();
});

it.each([
  ['NotAllowedError', 'The camera is blocked'],
  ['NotFoundError', 'No camera was found'],
  ['NotReadableError', 'The camera is in use'],
  ['TypeError', 'The camera could not be started'],
])('says in words what %s means', async (name, title) => {
  vi.mocked(navigator.mediaDevices.getUserMedia).mockRejectedValue(new DOMException('', name));
  await setUp();
  await expect.element(page.getByText(title)).toBeVisible();
});

it.skipIf(isFirefox)('says so when the camera is pulled out', async () => {
  await setUp();
  await isLive();
  opened[0]?.dispatchEvent(new Event('ended'));
  await expect.element(page.getByText('The camera could not be started')).toBeVisible();
  await userEvent.click(button('Retry'));
  await isLive();
  expect(states()).toEqual(['ended', 'live']);
});

it('leaves the photo to the system where the page has no camera, and names what each photo is called there', async () => {
  const { uppy, unmount } = await setUp();
  await userEvent.keyboard('{Escape}');
  vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as never);
  const input = document.querySelector<HTMLInputElement>('input[capture]');
  if (!input) throw new Error('There is no input.');
  expect([input.accept, input.getAttribute('capture'), input.hidden]).toEqual(['image/*', 'environment', true]);
  const clicked = vi.spyOn(input, 'click').mockImplementation(() => {});
  await userEvent.click(button('Take a photo'));
  expect(clicked).toHaveBeenCalledTimes(1);
  await expect.element(dialog()).not.toBeInTheDocument();
  const files = new DataTransfer();
  files.items.add(new File(['pixels'], 'image.jpg', { type: 'image/jpeg' }));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  expect(uppy.getFiles().map(({ name }) => name)).toEqual([expect.stringMatching(/^photo-.*\.jpg$/)]);
  expect(input.value).toBe('');
  await unmount();
});
