/** What is remembered of an upload, so that it can go on after the page is gone. */
import type { Session } from '@portage/engine';

export interface ResumeRecord {
  /** 2: parts are unequal, for which older code would take them for equal. */
  readonly version: 1 | 2;
  /** Names the record. */
  readonly id: string;
  /** Which backend opened the upload: no other one can go on with it. */
  readonly scope: string;
  readonly session: {
    readonly kind: 'multipart';
    readonly key: string;
    readonly token: string;
    /** In bytes. */
    readonly partSize: number;
    /** With version 2. */
    readonly lanes?: number;
    readonly checksum?: Session['checksum'];
    readonly region?: Session['region'];
  };
  /** The bytes that are sent. */
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly fingerprint: string;
  /** What the server was told of it by the app and its people. An upload that is told something else is another one. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** The file as the person picked it, where the page made other bytes of it: compressed it, or had it edited. */
  readonly picked?: PickedFile | undefined;
  /** When the upload was created, in milliseconds since the epoch. */
  readonly createdAt: number;
  /** The file itself, where the browser lets a page keep it (File System Access). */
  readonly handle?: FileSystemFileHandle | undefined;
  /** The upload is given away, and its abort was asked for so often. Nobody goes on with it. */
  readonly asked?: number | undefined;
}

export interface PickedFile {
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly fingerprint: string;
}

/** Records are of no use once the server's tokens and the bucket's clean-up have ended their uploads. In milliseconds. */
export const KEPT_FOR = 7 * 24 * 3_600_000;

/** What was kept, read back with care: an older or newer version of this code may have written it. */
export function readRecord(value: unknown): ResumeRecord | undefined {
  const { session, ...record } = (value ?? {}) as Record<string, unknown>;
  const { kind, key, token, partSize, lanes, checksum, region = '' } = (session ?? {}) as Record<string, unknown>;
  const { version, id, scope, name, type, fingerprint, size, createdAt, fields = {}, picked, handle, asked } = record;
  const isRecord =
    (version === 1 ? lanes === undefined : version === 2 && Number.isInteger(lanes)) &&
    [id, scope, name, type, fingerprint, key, token, region].every((text) => typeof text === 'string') &&
    [size, createdAt].every(Number.isFinite) &&
    kind === 'multipart' &&
    Number.isInteger(partSize) &&
    (partSize as number) >= 1 &&
    [undefined, 'CRC64NVME', 'MD5', 'ETag'].includes(checksum as Session['checksum']) &&
    typeof fields === 'object' &&
    Object.values(fields ?? {}).every((text) => typeof text === 'string') &&
    (picked === undefined || isPicked(picked)) &&
    (asked === undefined || Number.isInteger(asked)) &&
    (handle === undefined || (typeof handle === 'object' && handle !== null));
  return isRecord ? (value as ResumeRecord) : undefined;
}

function isPicked(value: unknown): value is PickedFile {
  const { name, type, fingerprint, size } = (value ?? {}) as Record<string, unknown>;
  return [name, type, fingerprint].every((text) => typeof text === 'string') && Number.isFinite(size);
}
