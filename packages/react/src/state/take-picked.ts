import { learnSizes } from './learn-sizes.ts';
import { type PickedFile, pickedFiles } from './picked-files.ts';
import type { Refusals } from './refusals.ts';

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
      if (files.length === 0) refusals.add([{ reason: 'nothing' }]);
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
