/** Ours with a store that small files travel to in packs. */
import type { Adapter } from '../adapter.ts';
import { withOptions } from './portage.ts';

export const upload: Adapter = (task) => withOptions(task, { route: 'packs' });
