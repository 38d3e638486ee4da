import { learnSizes } from './learn-sizes.ts';
import { type PickedFile, pickedFiles } from './picked-files.ts';
import type { Refusals } from './refusals.ts';

/**
 * Opens the browser's picker for one file. Undefined when the person changed their mind. Call it from a click.
 *
 * The input is never put into the page: the uploader has one for new files, and this is not for them.
 */
export function pickFile(page = document): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = page.createElement('input');
    input.type = 'file';
    input.addEventListener('change', () => resolve(input.files?.[0]), { once: true });
    input.addEventListener('cancel', () => resolve(undefined), { once: true });
    input.click();
  });
}

/**
 * Gives what an input holds to `add`, once the sizes are known, and empties it: the same file can be picked again.
 * Says so where a folder holds nothing but what the system put there.
 */
export function takePicked(
  input: HTMLInputElement,
  add: (files: readonly PickedFile[]) => unknown,
  refusals: Refusals,
): void {
  const given = [...(input.files ?? [])];
  const files = pickedFiles(given);
  if (given.length > 0) {
    learnSizes(files).then(() => {
      add(files);
      if (files.length === 0) refusals.add({ reason: 'nothing' });
    });
  }
  input.value = '';
}

/** An input like `own` for another window, whose clicks do not open pickers of this one. */
export function copyIn(
  page: Document,
  own: HTMLInputElement,
  add: (files: readonly PickedFile[]) => unknown,
  refusals: Refusals,
): HTMLInputElement {
  const input = page.importNode(own);
  input.addEventListener('change', () => takePicked(input, add, refusals));
  return input;
}
