import type { Hidden } from '@portage/engine';
import { arriving } from '../arriving.ts';
import type { ForeignPage, LedElsewhere } from './console-words.ts';

/** Tells the developer, on the console, what only a developer can change. */
export function tellDeveloper(what: Hidden | ForeignPage | LedElsewhere): void {
  arriving(import('./console-words.ts'))
    .then((words) => words.say(what))
    .catch(() => {});
}

/** Tells of responses that are kept from the page, once it is sure that they are. */
export function tellHidden(hidden: Hidden | undefined): void {
  if (hidden?.ms) tellDeveloper(hidden);
}
