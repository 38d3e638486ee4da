import { learnSizes } from './learn-sizes.ts';
import { type PickedFile, pickedFiles } from './picked-files.ts';

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

/** Gives what an input holds to `add`, once the sizes are known, and empties it: the same file can be picked again. */
export function takePicked(input: HTMLInputElement, add: (files: readonly PickedFile[]) => unknown): void {
  const files = pickedFiles(input.files ?? []);
  if (files.length > 0) learnSizes(files).then(() => add(files));
  input.value = '';
}

/** An input like `own` for another window, whose clicks do not open pickers of this one. */
export function copyIn(
  page: Document,
  own: HTMLInputElement,
  add: (files: readonly PickedFile[]) => unknown,
): HTMLInputElement {
  const input = page.importNode(own);
  input.addEventListener('change', () => takePicked(input, add));
  return input;
}
