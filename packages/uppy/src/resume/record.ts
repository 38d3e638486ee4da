/** What is remembered of an upload, so that it can go on after the page is gone. */
import * as v from 'valibot';

/** Read back with care: an older or newer version of this code may have written it. */
export const ResumeRecord = v.object({
  version: v.literal(1),
  /** Names the record. */
  id: v.string(),
  /** Which backend opened the upload: no other one can go on with it. */
  scope: v.string(),
  session: v.object({
    kind: v.literal('multipart'),
    key: v.string(),
    token: v.string(),
    partSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
    checksum: v.optional(v.literal('CRC64NVME')),
  }),
  name: v.string(),
  type: v.string(),
  /** In bytes. */
  size: v.number(),
  fingerprint: v.string(),
  /** When the upload was created, in milliseconds since the epoch. */
  createdAt: v.number(),
  /** The file itself, where the browser lets a page keep it (File System Access). */
  handle: v.optional(v.custom<FileSystemFileHandle>((value) => typeof value === 'object' && value !== null)),
});
export type ResumeRecord = v.InferOutput<typeof ResumeRecord>;

/** Records are of no use once the server's tokens and the bucket's clean-up have ended their uploads. In milliseconds. */
export const KEPT_FOR = 7 * 24 * 3_600_000;
