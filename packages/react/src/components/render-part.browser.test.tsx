import { type ComponentPropsWithRef, createRef, forwardRef, type ReactElement } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import { createScene } from '../stories/scripted-uploads.ts';

const Fancy = forwardRef<HTMLButtonElement, ComponentPropsWithRef<'button'>>(function Fancy(props, ref) {
  return <button type="button" data-fancy="" {...props} ref={ref} />;
});

it('takes an element of the app, and adds classes and handlers up', async () => {
  const { uppy } = createScene([]);
  const [own, clicked] = [vi.fn(), vi.fn()];
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(clicked);
  await render(
    <Upload.Root uppy={uppy}>
      <Upload.Trigger render={<Fancy className="mine" onClick={own} />}>Attach</Upload.Trigger>
    </Upload.Root>,
  );
  const button = page.getByRole('button', { name: 'Attach' });
  await expect.element(button).toHaveClass('portage-trigger', 'mine');
  await expect.element(button).toHaveAttribute('data-fancy');
  await userEvent.click(button);
  expect(own).toHaveBeenCalledOnce();
  expect(clicked).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});

it('takes a function of the props', async () => {
  const { uppy } = createScene([{ name: 'a.jpg', status: 'failed' }]);
  await render(
    <Upload.Root uppy={uppy}>
      <Upload.RetryAll render={(props) => <Fancy {...props} />} />
    </Upload.Root>,
  );
  await expect.element(page.getByRole('button', { name: 'Retry failed' })).toHaveAttribute('data-fancy');
});

const own: ReactElement = <b data-own="" className="mine" style={{ color: 'rgb(1, 2, 3)' }} />;

/** Every part that is not a button, with an element of the app's in place of its own, and its state. */
const PARTS: ReadonlyArray<readonly [name: string, part: ReactElement, state: string | undefined]> = [
  ['Hint', <Upload.Hint key="" render={own} />, undefined],
  ['Summary', <Upload.Summary key="" render={own} />, 'data-active'],
  ['TotalProgress', <Upload.TotalProgress key="" render={own} />, 'data-active'],
  ['Refusals', <Upload.Refusals key="" render={own} />, 'data-count'],
  ['FormField', <Upload.FormField key="" name="files" render={own} />, undefined],
  ['Dropzone', <Upload.Dropzone key="" render={own} />, undefined],
  [
    'List',
    <Upload.List key="" render={own}>
      {() => null}
    </Upload.List>,
    'data-count',
  ],
  [
    'VirtualList',
    <Upload.List key="" render={own} virtualFrom={1}>
      {() => null}
    </Upload.List>,
    'data-count',
  ],
];

const ITEM_PARTS: ReadonlyArray<readonly [name: string, part: ReactElement, state: string | undefined]> = [
  ['ItemPreview', <Upload.ItemPreview key="" render={own} />, 'data-status'],
  ['ItemName', <Upload.ItemName key="" render={own} />, undefined],
  ['ItemSize', <Upload.ItemSize key="" render={own} />, undefined],
  ['ItemProgress', <Upload.ItemProgress key="" render={own} />, 'data-status'],
  ['ItemPercent', <Upload.ItemPercent key="" render={own} />, undefined],
  ['ItemStatus', <Upload.ItemStatus key="" render={own} />, 'data-status'],
];

async function expectOwn(part: ReactElement, state: string | undefined): Promise<void> {
  const { uppy } = createScene([{ name: 'a.jpg', status: 'uploading' }], { restrictions: { maxFileSize: 1e9 } });
  const { container } = await render(<Upload.Root uppy={uppy}>{part}</Upload.Root>);
  await expect.poll(() => container.querySelectorAll('[data-own]').length).toBe(1);
  const element = container.querySelector<HTMLElement>('[data-own]');
  expect(element?.tagName).toBe('B');
  expect(element?.classList.contains('mine')).toBe(true);
  expect(element?.style.color).toBe('rgb(1, 2, 3)');
  if (state) expect(element?.hasAttribute(state)).toBe(true);
}

it.each(PARTS)('%s is made of the app’s element', (_name, part, state) => expectOwn(part, state));

it.each(ITEM_PARTS)('%s is made of the app’s element', (_name, part, state) =>
  expectOwn(<Upload.List>{(id) => <Upload.Item id={id}>{part}</Upload.Item>}</Upload.List>, state),
);

it('is a row of the app’s element, with both refs', async () => {
  const { uppy } = createScene([{ name: 'a.jpg', status: 'uploading' }]);
  const [given, theirs] = [createRef<HTMLLIElement>(), createRef<HTMLLIElement>()];
  await render(
    <Upload.Root uppy={uppy}>
      <Upload.List>{(id) => <Upload.Item id={id} ref={given} render={<li data-own="" ref={theirs} />} />}</Upload.List>
    </Upload.Root>,
  );
  expect(given.current?.dataset['status']).toBe('uploading');
  expect(theirs.current).toBe(given.current);
  expect(theirs.current?.dataset['own']).toBe('');
});
