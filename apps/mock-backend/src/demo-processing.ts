import {
  createProcessing,
  image,
  metadata,
  type Processing,
  pdf,
  pipeline,
  type Store,
  video,
} from '@portage/processing';
import { embeddedQueue } from '@portage/processing/pg-boss';

/** What the demo makes of photos and films. */
export type DemoProcessing = ReturnType<typeof createDemoProcessing>;

/** A worker in this process, whose queue is kept in a folder. */
export const createDemoProcessing = (storage: Store, folder: string) =>
  createProcessing({
    storage,
    queue: embeddedQueue({ folder }),
    pipelines: {
      photos: pipeline([
        metadata(),
        image({ widths: [320, 960] }),
        video({ posterWidth: 640 }),
        pdf({ widths: [320, 960] }),
      ]),
    },
  }) satisfies Processing;
