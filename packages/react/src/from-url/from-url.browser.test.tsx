import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import { createScene } from '../stories/scripted-uploads.ts';
import { FromUrl } from './index.ts';
import '../style.css';

afterEach(() => vi.restoreAllMocks());

const field = () => page.getByLabelText('Address of a file on the web');
const add = () => page.getByRole('button', { name: 'Add', exact: true });

/** A Companion that says this. With the real one: `remote-files.spec.ts`. */
async function setUp(says: () => Response | Promise<Response>, restrictions = {}) {
  const scene = createScene([], { autoStart: false, restrictions });
  const asked: Array<{ url: string; body: unknown }> = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    asked.push({ url: String(url), body: JSON.parse(String(init?.body)) });
    return says();
  });
  const sent = vi.fn();
  await render(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent();
      }}
    >
      <Uploader uppy={scene.uppy}>
        <FromUrl companionUrl="https://companion.test/" />
      </Uploader>
    </form>,
  );
  return { ...scene, asked, sent };
}

const found = () => Response.json({ name: 'lake.jpg', type: 'image/jpeg', size: 4_200_000 });

it('adds by Enter what Companion knows of an address, to be fetched by it, and sends no form', async () => {
  const { uppy, asked, sent } = await setUp(found);
  await userEvent.fill(field(), 'example.com/lake.jpg');
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(1));
  expect(asked).toEqual([{ url: 'https://companion.test/url/meta', body: { url: 'https://example.com/lake.jpg' } }]);
  const [file] = uppy.getFiles();
  expect(file).toMatchObject({ name: 'lake.jpg', type: 'image/jpeg', size: 4_200_000, isRemote: true });
  expect(file?.isRemote && file.remote).toMatchObject({
    url: 'https://companion.test/url/get',
    body: { fileId: 'https://example.com/lake.jpg', url: 'https://example.com/lake.jpg' },
  });
  await expect.element(field()).toHaveValue('');
  await expect.element(field()).toHaveFocus();
  expect(sent).not.toHaveBeenCalled();
});

it('asks once while it waits, and says that it does', async () => {
  let answer = (_response: Response): void => {};
  const { asked } = await setUp(
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  await userEvent.fill(field(), 'https://example.com/lake.jpg');
  await userEvent.click(add());
  await expect.element(page.getByRole('button', { name: 'Looking…' })).toHaveAttribute('aria-disabled', 'true');
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  (page.getByRole('button', { name: 'Looking…' }).element() as HTMLElement).click();
  answer(found());
  await expect.element(add()).not.toHaveAttribute('aria-disabled');
  expect(asked).toHaveLength(1);
});

it('leaves people where they went meanwhile, and what they typed', async () => {
  let answer = (_response: Response): void => {};
  const { uppy, asked } = await setUp(
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  await userEvent.fill(field(), 'https://example.com/lake.jpg');
  await userEvent.click(add());
  await expect.element(field()).toHaveFocus();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await userEvent.fill(field(), 'https://example.com/fell.jpg');
  const browse = page.getByRole('button', { name: 'Choose files', exact: true });
  (browse.element() as HTMLElement).focus();
  answer(found());
  await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(1));
  await expect.element(add()).not.toHaveAttribute('aria-disabled');
  await expect.element(browse).toHaveFocus();
  await expect.element(field()).toHaveValue('https://example.com/fell.jpg');
});

it.each([
  [400, 'This is not the address of a file on the web.'],
  [401, 'You may not add files from an address.'],
  [500, 'No file could be fetched from there.'],
  [undefined, 'The upload server cannot be reached.'],
])('says what %s of Companion means, keeps the address and the focus', async (status, text) => {
  const { uppy } = await setUp(() => {
    if (status === undefined) throw new TypeError('Failed to fetch');
    return Response.json({ message: status === 400 ? undefined : 'no' }, { status });
  });
  await userEvent.fill(field(), 'https://example.com/lake.jpg');
  await userEvent.click(add());
  await expect.element(page.getByText(text)).toBeVisible();
  await expect.element(field()).toHaveAttribute('aria-invalid', 'true');
  await expect.element(field()).toHaveAccessibleDescription(new RegExp(text));
  await expect.element(field()).toHaveValue('https://example.com/lake.jpg');
  await expect.element(field()).toHaveFocus();
  expect(uppy.getFiles()).toEqual([]);
});

it('says so of what is no address, and asks nobody', async () => {
  const { asked } = await setUp(found);
  await userEvent.fill(field(), 'ftp://example.com/lake.jpg');
  await userEvent.click(add());
  await expect.element(page.getByText('This is not the address of a file on the web.')).toBeVisible();
  expect(asked).toEqual([]);
});

it('leaves to the limits what they refuse, and says why where the others are said', async () => {
  const { uppy } = await setUp(found, { maxFileSize: 1_000_000 });
  await userEvent.fill(field(), 'https://example.com/lake.jpg');
  await userEvent.click(add());
  await expect.element(page.getByText('lake.jpg is 4.2 MB. The limit is 1 MB.')).toBeVisible();
  expect(uppy.getFiles()).toEqual([]);
  await expect.element(field()).not.toHaveAttribute('aria-invalid');
});
