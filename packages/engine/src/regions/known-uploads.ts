/** The uploads of a page that are in regions: found by their token, by their file, and by the address of their requests. */
import type { ReadyPart, Session } from '../vocabulary.ts';
import type { Why } from './choose.ts';

export interface RegionUpload {
  /** Of the file. */
  readonly id: string;
  /** Of the file, in bytes; 0 where an earlier page began the upload. */
  readonly size: number;
  readonly session: Session;
  readonly region: string;
  /** `resumed`: the upload goes on where an earlier page began it. */
  readonly why: Why | 'resumed';
  /** Regions that it was in before. */
  readonly left: readonly string[];
  /** Bytes that the region holds. */
  stored: number;
  /** Of its requests: all its parts share it. Undefined until one is signed. */
  path?: string;
}

/** Most uploads that are known at once; of more, those that stored nothing for longest are forgotten: a page may upload for days. */
const MOST_UPLOADS = 2_000;

const pathOf = (url: string) => url.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '');

export function createKnownUploads() {
  /** By their tokens. The latest comes last. */
  const uploads = new Map<string, RegionUpload>();
  const byPath = new Map<string, RegionUpload>();
  return {
    /** Knows the upload from now on, as the latest. */
    keep(upload: RegionUpload): void {
      const { token } = upload.session;
      uploads.delete(token);
      uploads.set(token, upload);
      const [oldest] = uploads.values();
      if (uploads.size <= MOST_UPLOADS || !oldest) return;
      uploads.delete(oldest.session.token);
      // In another region the same file has the same path.
      if (oldest.path !== undefined && byPath.get(oldest.path) === oldest) byPath.delete(oldest.path);
    },

    /** Requests of an upload were signed. */
    signed({ token }: Session, requests: readonly ReadyPart[]): void {
      const upload = uploads.get(token);
      const url = requests[0]?.request.url;
      if (!upload || !url) return;
      upload.path = pathOf(url);
      byPath.set(upload.path, upload);
    },

    of: ({ token }: Session): RegionUpload | undefined => uploads.get(token),
    at: (url: string): RegionUpload | undefined => byPath.get(pathOf(url)),
    /** The latest upload of a file. */
    ofFile: (id: string): RegionUpload | undefined => [...uploads.values()].findLast((one) => one.id === id),
  };
}
