/** Ours with a store that has two names: browsers open six connections to each. */
import type { Adapter } from '../adapter.ts';
import { withOptions } from './portage.ts';

export const upload: Adapter = (task) => withOptions(task, { route: 'two-names' });
