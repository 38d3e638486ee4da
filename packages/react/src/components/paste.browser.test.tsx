import type { Uppy } from '@uppy/core';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render as renderOnly } from 'vitest-browser-react';
import { click, pasteOf } from '../stories/as-people-do.ts';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

/** Renders, and waits for the code that listens to pastes. */
async function render(children: ReactNode) {
  const rendered = await renderOnly(children);
  await vi.dynamicImportSettled();
  return rendered;
}

/** Cells of a spreadsheet as Excel and LibreOffice put them: text, markup, and a picture of them. */
function cells(): DataTransfer {
  const data = pictureOf('image.png');
  data.setData('text/plain', '1\t2\n3\t4');
  data.setData('text/html', '<table><tr><td>1</td><td>2</td></tr></table>');
  return data;
}

function pictureOf(...names: string[]): DataTransfer {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['x'], name, { type: 'image/png' }));
  return data;
}

/** Pastes where the focus is, into shadow roots too, as a browser does. Returns whether the page kept the paste. */
function paste(clipboardData: DataTransfer): boolean {
  let target: Element = document.activeElement ?? document.body;
  while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
  return !target.dispatchEvent(pasteOf(clipboardData));
}

const names = (uppy: Uppy): (string | undefined)[] => uppy.getFiles().map(({ name }) => name);
const zoneOf = (container: ParentNode): HTMLElement => container.querySelector('.portage-dropzone') as HTMLElement;

/** Two uploaders side by side, and what else the page has. */
async function setUp({ dialogs, children }: { dialogs?: ReactNode; children?: ReactNode } = {}) {
  const { uppy: left } = createScene([]);
  const { uppy: right } = createScene([]);
  const { container } = await render(
    <>
      <section aria-label="Left">
        <h2>Left</h2>
        <Uploader uppy={left} />
      </section>
      <section aria-label="Right">
        <h2>Right</h2>
        <Uploader uppy={right} />
      </section>
      {dialogs}
      {children}
    </>,
  );
  return { left, right, container };
}

it('leaves pasted text and spreadsheet cells to the page, unless the zone has the focus', async () => {
  const { uppy } = createScene([]);
  const { container } = await render(<Uploader uppy={uppy} />);
  expect(paste(cells())).toBe(false);
  expect(names(uppy)).toEqual([]);
  zoneOf(container).querySelector('button')?.focus();
  expect(paste(cells())).toBe(true);
  expect(names(uppy)).toEqual(['image.png']);
});

it('takes copied files whose names the system put beside them as text', async () => {
  const { uppy } = createScene([]);
  await render(<Uploader uppy={uppy} />);
  const data = pictureOf('a.png', 'b.png');
  data.setData('text/plain', '/home/ann/a.png\r\nb.png');
  expect(paste(data)).toBe(true);
  expect(names(uppy)).toEqual(['a.png', 'b.png']);
});

it('leaves what is pasted into a text field to it, in a shadow root too', async () => {
  const { uppy } = createScene([]);
  await render(<Uploader uppy={uppy} />);
  const host = document.body.appendChild(document.createElement('div'));
  const fields = host.attachShadow({ mode: 'open' });
  fields.innerHTML = '<textarea></textarea><div contenteditable>words</div>';
  for (const field of fields.querySelectorAll<HTMLElement>('*')) {
    field.focus();
    expect(paste(cells()), field.localName).toBe(false);
    expect(paste(pictureOf('typed.png')), field.localName).toBe(false);
  }
  host.remove();
  expect(names(uppy)).toEqual([]);
});

it('gives a paste to the uploader in use: the one with the focus, or the one that was last clicked', async () => {
  const { left, right } = await setUp();
  page.getByRole('region', { name: 'Right' }).getByRole('button', { name: 'Choose files' }).element().focus();
  paste(pictureOf('focus.png'));
  expect([names(left), names(right)]).toEqual([[], ['focus.png']]);
  await click(page.getByRole('heading', { name: 'Left' }));
  (document.activeElement as HTMLElement | null)?.blur();
  paste(pictureOf('click.png'));
  expect([names(left), names(right)]).toEqual([['click.png'], ['focus.png']]);
});

it('gives a paste to no uploader where there are several and none is in use', async () => {
  const { left, right } = await setUp();
  expect(paste(pictureOf('whose.png'))).toBe(false);
  expect([names(left), names(right)]).toEqual([[], []]);
});

it('gives a paste to the uploader in the topmost dialog before those of the page', async () => {
  const { uppy: below } = createScene([]);
  const { uppy: above } = createScene([]);
  const { left, right } = await setUp({
    dialogs: createPortal(
      <>
        <div role="dialog" aria-modal="true" aria-label="Above" style={{ zIndex: 2 }}>
          <Uploader uppy={above} />
        </div>
        <div role="dialog" aria-label="Below">
          <Uploader uppy={below} />
        </div>
      </>,
      document.body,
    ),
  });
  await click(page.getByRole('heading', { name: 'Left' }), { force: true });
  paste(pictureOf('a.png'));
  expect([left, right, below, above].map(names)).toEqual([[], [], [], ['a.png']]);
});

it('gives a paste to the only uploader that can take it', async () => {
  const { uppy: off } = createScene([]);
  const { uppy: hidden } = createScene([]);
  const { uppy: on } = createScene([]);
  await render(
    <>
      <Uploader uppy={off} disabled />
      <div hidden>
        <Uploader uppy={hidden} />
      </div>
      <Uploader uppy={on} />
    </>,
  );
  expect(paste(pictureOf('a.png'))).toBe(true);
  expect([off, hidden, on].map(names)).toEqual([[], [], ['a.png']]);
});

it('gives a paste to nobody while the uploader in use is disabled', async () => {
  const { uppy: off } = createScene([]);
  const { uppy: on } = createScene([]);
  await render(
    <>
      <section aria-label="Off">
        <h2>Off</h2>
        <Uploader uppy={off} disabled />
        <input type="checkbox" aria-label="Agree" />
      </section>
      <Uploader uppy={on} />
    </>,
  );
  // Something of that uploader's own part of the page.
  const link = Object.assign(document.createElement('a'), { href: '#', textContent: 'More' });
  page.getByRole('heading', { name: 'Off' }).element().append(link);
  link.focus();
  expect(paste(pictureOf('a.png'))).toBe(false);
  expect([off, on].map(names)).toEqual([[], []]);
});

it('goes by the focus where the paste is told of the body, as Firefox does of a button', async () => {
  const { uppy: off } = createScene([]);
  const { uppy: on } = createScene([]);
  const { uppy: inDialog } = createScene([]);
  await render(
    <>
      <section aria-label="Off">
        <Uploader uppy={off} disabled />
        <button type="button">Beside it</button>
      </section>
      <section aria-label="On">
        <Uploader uppy={on} />
      </section>
      <div role="dialog" aria-label="Dialog">
        <Uploader uppy={inDialog} />
      </div>
    </>,
  );
  const pasteAtBody = () => document.body.dispatchEvent(pasteOf(pictureOf('a.png')));
  page.getByRole('button', { name: 'Beside it' }).element().focus();
  pasteAtBody();
  expect([off, on, inDialog].map(names), 'the one in use is disabled').toEqual([[], [], []]);
  page.getByRole('region', { name: 'On' }).getByRole('button', { name: 'Choose files' }).element().focus();
  pasteAtBody();
  expect([off, on, inDialog].map(names)).toEqual([[], ['a.png'], []]);
});
