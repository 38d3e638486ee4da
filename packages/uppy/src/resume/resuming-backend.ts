/**
 * A backend that remembers: every multipart upload it creates is written down before its first part is sent, and a file
 * that was seen before goes on where it stopped.
 */
import type { Backend, Failure, Intent, Opened, Outcome, Session } from '@portage/engine';
import { MIN_PART_SIZE } from '@portage/protocol';
import { fieldsOf, fileHandleOf } from '../file-data.ts';
import { readFailure, troubleOf } from '../sending/file-trouble.ts';
import { cannotGoOn } from './cannot-go-on.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type GivenAway, giveAway } from './give-away.ts';
import type { PageFile, PageFiles } from './page-files.ts';
import type { PickedFile, ResumeRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { takeUpload } from './upload-lock.ts';

export interface ResumingBackend extends Backend {
  /** Keeps the fresh token of an upload with its record. */
  renewed(before: string, after: string): Promise<void>;
  /**
   * Lets go of a file's upload and keeps what is stored of it, for whoever picks the same file again. False where no
   * record of it is kept.
   */
  release(fileID: string): boolean;
  /** Whether a later page can go on with what was begun for the file; with a small one none can. */
  keeps(fileID: string): boolean;
  /** Lets other tabs, or a later page, go on with what this one has begun. Nothing is begun after it. */
  releaseAll(): void;
}

interface Owned {
  readonly record: ResumeRecord;
  readonly fileID: string;
  readonly release: () => void;
}

export function createResumingBackend(
  inner: Backend,
  { store, scope, files }: { store: ResumeStore; scope: () => string; files: PageFiles },
): ResumingBackend {
  /** By token. */
  const owned = new Map<string, Owned>();
  /** Files that go without a record. */
  const plain = new Set<string>();
  let isOver = false;

  /** A response may come after the page has let go of everything: then nobody owns its upload. */
  function own(token: string, upload: Owned): void {
    if (isOver) upload.release();
    else owned.set(token, upload);
  }

  function release(fileID: string): boolean {
    let found = false;
    for (const [token, upload] of owned) {
      if (upload.fileID !== fileID) continue;
      owned.delete(token);
      upload.release();
      found = true;
    }
    return found;
  }

  /** The upload that the person wanted to go on with, where the page makes other bytes of the file now. */
  async function giveUp(id: string | undefined): Promise<void> {
    const record = id === undefined ? undefined : await store.get(id);
    const letGo = record && (await takeUpload(record.id));
    if (!letGo) return;
    try {
      await giveAway(store, inner, record);
    } finally {
      letGo();
    }
  }

  /** @param continued - the record that the person wants to go on with. */
  async function goOn(
    intent: Intent,
    fingerprint: string,
    continued: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<Opened> | undefined> {
    for (const record of await store.list(scope())) {
      if (record.fingerprint !== fingerprint || record.size !== intent.size) continue;
      // For another album, say, it is another upload: the server has been told of the first one.
      if (record.id !== continued && record.fields && !isSaid(record.fields, intent.meta)) continue;
      const letGo = await takeUpload(record.id);
      if (!letGo) continue;
      let isOwned = false;
      try {
        // Another tab may have finished it while this one waited for the lock.
        if (!(await store.get(record.id))) continue;
        const { session } = record;
        const held = await inner.listParts(session, signal, intent.id);
        if (held.ok) {
          own(session.token, { record, fileID: intent.id, release: letGo });
          isOwned = true;
          return { ok: true, value: { session, requests: [], holding: held.value } };
        }
        // No response says nothing about the upload, nor does a gateway's: the engine asks again.
        if (!cannotGoOn(held.failure)) return held;
        // Of somebody else, who may sign in again and go on.
        if (!isOfAnother(held.failure)) await store.remove(record.id);
      } finally {
        if (!isOwned) letGo();
      }
    }
    return undefined;
  }

  async function remember(
    intent: Intent,
    session: Session,
    fingerprint: string,
    data: Blob,
    original: PageFile | undefined,
  ): Promise<void> {
    if (session.kind !== 'multipart') return;
    const handle = fileHandleOf(original?.data ?? data);
    const picked = original && (await described(original));
    const { name, type, size } = intent;
    const record: ResumeRecord = {
      ...recordOf(session),
      ...{ name, type, size, fingerprint, fields: fieldsOf(intent.meta) },
      ...(picked && { picked }),
      ...(handle && { handle }),
    };
    const letGo = (await takeUpload(record.id)) ?? (() => {});
    own(session.token, { record, fileID: intent.id, release: letGo });
    await store.save(record);
  }

  /** What there is to say of an upload, without its file. */
  function recordOf({ key, token, partSize, lanes, checksum, region }: Session): GivenAway {
    const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
    return {
      ...{ version: lanes ? 2 : 1, id, scope: scope(), createdAt: Date.now() },
      session: { kind: 'multipart', key, token, partSize, ...(lanes && { lanes }), checksum, region },
    };
  }

  async function forget({ token }: Session): Promise<void> {
    const upload = owned.get(token);
    if (!upload) return;
    owned.delete(token);
    await store.remove(upload.record.id).finally(upload.release);
  }

  return {
    signBatch: inner.signBatch,
    sign: inner.sign,
    listParts: inner.listParts,

    async create(intent, signal) {
      if (isOver) return { ok: false, failure: { kind: 'network' } };
      const data = files.dataOf(intent.id);
      const original = files.pickedOf(intent.id);
      const continued = files.goesOnWith(intent.id);
      // A file that would go in one request today may have begun in parts, before the threshold was changed.
      if (!data || (intent.partSize === undefined && intent.size <= MIN_PART_SIZE)) {
        plain.add(intent.id);
        return inner.create(intent, signal);
      }
      plain.delete(intent.id);
      // A file that starts anew lets go of what it had.
      release(intent.id);
      let fingerprint: string;
      try {
        fingerprint = await fingerprintOf(data);
      } catch (cause) {
        return { ok: false, failure: (await troubleOf(data)) ?? readFailure(cause) };
      }
      const known = await goOn(intent, fingerprint, continued, signal);
      if (known) return known;
      // Whoever is gone by now must not leave an upload in the store: nobody would know of it.
      if (isOver) return { ok: false, failure: { kind: 'network' } };
      const created = await inner.create({ ...intent, fingerprint }, signal);
      if (!created.ok) return created;
      await remember(intent, created.value.session, fingerprint, data, original);
      await giveUp(continued);
      return created;
    },

    async complete(session, parts, proof, signal) {
      const completed = await inner.complete(session, parts, proof, signal);
      if (completed.ok) await forget(session);
      return completed;
    },

    async abort(session) {
      const upload = owned.get(session.token);
      if (session.kind !== 'multipart') return inner.abort(session);
      owned.delete(session.token);
      // A small file has no record; its abort may be lost all the same.
      return giveAway(store, inner, upload?.record ?? recordOf(session)).finally(upload?.release);
    },

    async renewed(before, after) {
      const record = (await store.list(scope())).find(({ session }) => session.token === before);
      if (record) await store.save({ ...record, session: { ...record.session, token: after } });
    },

    release,

    keeps: (fileID) => !plain.has(fileID),

    releaseAll() {
      isOver = true;
      for (const upload of owned.values()) upload.release();
      owned.clear();
      files.close();
      store.close();
    },
  };
}

/** Whether the same is said of a file. It may come from another folder. */
function isSaid(fields: Readonly<Record<string, string>>, meta: Intent['meta']): boolean {
  const told = ({ relativePath: _, ...rest }: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(rest).sort());
  return told(fields) === told(fieldsOf(meta));
}

/** The server's word for a token that is not of the one who asks. */
const isOfAnother = (failure: Failure): boolean => failure.kind === 'server' && failure.code === 'invalid-token';

/** Undefined where it cannot be read any more: the upload goes on, and only the file as it was sent can continue it. */
async function described({ name, type, data }: PageFile): Promise<PickedFile | undefined> {
  try {
    return { name, type, size: data.size, fingerprint: await fingerprintOf(data) };
  } catch {
    return undefined;
  }
}
