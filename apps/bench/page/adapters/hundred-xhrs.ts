/** A ceiling for small files over HTTP/2: a hundred plain PUTs at a time. */
import type { Adapter } from '../adapter.ts';
import { withLanes } from './six-xhrs.ts';

export const upload: Adapter = (task) => withLanes(task, 100);
