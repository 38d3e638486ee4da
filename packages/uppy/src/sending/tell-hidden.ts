import type { Hidden } from '@portage/engine';
import { arriving } from '../arriving.ts';

/** Tells the developer of responses that are kept from the page, once it is sure that they are. */
export function tellHidden(hidden: Hidden | undefined): void {
  if (hidden?.ms)
    arriving(import('./hidden-words.ts'))
      .then((words) => words.sayHidden(hidden))
      .catch(() => {});
}
