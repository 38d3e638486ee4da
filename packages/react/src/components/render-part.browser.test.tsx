import type { ComponentPropsWithRef } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import { createScene } from '../stories/scripted-uploads.ts';

const Fancy = (props: ComponentPropsWithRef<'button'>) => <button type="button" data-fancy="" {...props} />;

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
