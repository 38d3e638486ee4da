/** Ours with a store that has four names, as a bucket of Amazon's with acceleration has. */
import type { Adapter } from '../adapter.ts';
import { withOptions } from './portage.ts';

export const upload: Adapter = (task) => withOptions(task, { route: 'four-names' });
