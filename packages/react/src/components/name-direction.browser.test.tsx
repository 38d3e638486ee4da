import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { arabic } from '../locales/ar.ts';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';
import '../style.css';

/** Where a piece of an element's text stands, in pixels from the left. */
function leftOf(element: Element, piece: string): number {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.nodeValue?.indexOf(piece) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + piece.length);
    return range.getBoundingClientRect().left;
  }
  throw new Error(`There is no ${piece}.`);
}

it('keeps the digits and dots of a name in their place in an Arabic sentence', async () => {
  const { uppy } = createScene([], { restrictions: { allowedFileTypes: ['.jpg'] } });
  await render(
    <div dir="rtl">
      <Uploader uppy={uppy} strings={arabic} />
    </div>,
  );
  expect(() => uppy.addFile({ name: '1.exe', data: new File(['x'], '1.exe') })).toThrow();
  await expect.element(page.getByRole('alert')).toHaveTextContent('1.exe');
  const sentence = page.getByRole('listitem').element();
  expect(leftOf(sentence, '1')).toBeLessThan(leftOf(sentence, 'exe'));
  expect(leftOf(sentence, 'نوع')).toBeGreaterThan(leftOf(sentence, 'exe'));
  // The types that are taken instead, there and below the zone.
  for (const said of [sentence, document.querySelector('.portage-hint') as Element])
    expect(leftOf(said, '.jpg')).toBeLessThan(leftOf(said, 'jpg'));
});

it('keeps an English sentence in its order, whatever the name is written in', async () => {
  const name = 'تقرير.mov';
  const { uppy } = createScene([{ name, status: 'uploading', percent: 10 }]);
  await render(<Uploader uppy={uppy} />);
  await userEvent.click(page.getByRole('button', { name: `Cancel ${name}`, exact: true }));
  const offer = page.getByRole('group', { name: `${name} removed`, exact: true });
  await expect.element(offer).toBeVisible();
  expect(leftOf(offer.element(), 'تقرير')).toBeLessThan(leftOf(offer.element(), 'removed'));
});

it('starts a name where its bar starts, also one that runs the other way than the page', async () => {
  await page.viewport(500, 700);
  const { uppy } = createScene([{ name: 'Annual report 2026.pdf', status: 'uploading', percent: 10 }]);
  await render(
    <div dir="rtl">
      <Uploader uppy={uppy} strings={arabic} layout="compact" />
    </div>,
  );
  const right = (what: string) => document.querySelector(`.portage-line ${what}`)?.getBoundingClientRect().right;
  await expect.poll(() => right('.portage-name-end')).toBeDefined();
  expect(right('.portage-name-end')).toBeCloseTo(right('.portage-progress') ?? 0, 0);
});
