/** `@uppy/aws-s3` 6 as one may tune it: larger parts, so that fewer answers are waited for. */
import type { Adapter } from '../adapter.ts';
import { upload as withPartSize } from './uppy6.ts';

const MiB = 1024 * 1024;

export const upload: Adapter = (task) => withPartSize({ ...task, partSize: task.partSize ?? 16 * MiB });
