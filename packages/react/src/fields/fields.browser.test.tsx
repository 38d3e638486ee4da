import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Layout } from '../components/files-panel.tsx';
import { Uploader } from '../components/uploader.tsx';
import { createScene } from '../stories/scripted-uploads.ts';
import { Fields } from './index.ts';
import '../style.css';

const field = (name: string) => page.getByRole('textbox', { name: `What it shows: ${name}` });

async function setUp(layout?: Layout) {
  const scene = createScene([]);
  const started: string[] = [];
  scene.uppy.addUploader(async (ids) => void started.push(...ids));
  const onSubmit = vi.fn((event: React.FormEvent) => event.preventDefault());
  await render(
    <form onSubmit={onSubmit}>
      <Uploader uppy={scene.uppy} layout={layout}>
        <Fields fields={[{ name: 'alt', label: 'What it shows', required: true, maxLength: 20 }]} />
      </Uploader>
    </form>,
  );
  const add = (name: string) => scene.uppy.addFile({ name, data: new File([name], name) });
  return { ...scene, started, onSubmit, add };
}

it('has a file wait for what is required, says so, and sends what was entered among its fields', async () => {
  const { uppy, started, onSubmit, add } = await setUp();
  const id = add('lake.jpg');
  await expect.element(field('lake.jpg')).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByText('Fill this in, then the file is uploaded.')).toBeVisible();
  expect(started).toEqual([]);
  await userEvent.fill(field('lake.jpg'), 'A lake');
  // Not while it is being typed.
  expect(started).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(started).toEqual([id]));
  expect(uppy.getFile(id).meta['alt']).toBe('A lake');
  expect(onSubmit).not.toHaveBeenCalled();
  await expect.element(field('lake.jpg')).not.toHaveAttribute('aria-invalid');
});

it.each(['compact', 'table', 'gallery', 'avatar', 'composer', 'tray'] as const)(
  'asks in the layout %s too, where a file would wait for what nobody can enter',
  async (layout) => {
    const { started, add } = await setUp(layout);
    const id = add('lake.jpg');
    await expect.element(field('lake.jpg')).toBeVisible();
    await userEvent.fill(field('lake.jpg'), 'A lake');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(started).toEqual([id]));
  },
);

it('waits no more for a file that is taken out, and keeps what is entered where it was left', async () => {
  const { uppy, started, add } = await setUp();
  const first = add('a.jpg');
  const second = add('b.jpg');
  await userEvent.fill(field('b.jpg'), 'A hill');
  await userEvent.tab();
  await vi.waitFor(() => expect(uppy.getFile(second).meta['alt']).toBe('A hill'));
  expect(started).toEqual([]);
  uppy.removeFile(first);
  await vi.waitFor(() => expect(started).toEqual([second]));
});
