/**
 * A backend that remembers: every multipart upload it creates is written down before its first part is sent, and a file
 * that was seen before goes on where it stopped.
 */
import type { Backend, Failure, Intent, Opened, Outcome, Session } from '@portage/engine';
import { MIN_PART_SIZE } from '@portage/protocol';
import { fileHandleOf } from './file-handles.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ResumeRecord } from './record.ts';
import type { ResumeStore } from './resume-store.ts';
import { takeUpload } from './upload-lock.ts';

export interface ResumingBackend extends Backend {
  /** Keeps the fresh token of an upload with its record. */
  renewed(before: string, after: string): Promise<void>;
  /** Lets other tabs, or a later page, go on with what this one has begun. */
  releaseAll(): void;
}

interface Owned {
  readonly record: ResumeRecord;
  readonly fileID: string;
  readonly release: () => void;
}

export function createResumingBackend(
  inner: Backend,
  { store, scope, dataOf }: { store: ResumeStore; scope: string; dataOf: (fileID: string) => Blob | undefined },
): ResumingBackend {
  /** By token. */
  const owned = new Map<string, Owned>();

  async function goOn(intent: Intent, fingerprint: string, signal: AbortSignal): Promise<Outcome<Opened> | undefined> {
    for (const record of await store.list(scope)) {
      if (record.fingerprint !== fingerprint || record.size !== intent.size) continue;
      const release = await takeUpload(record.id);
      // Another tab may have finished it while this one waited for the lock.
      const stillThere = release && (await store.get(record.id));
      if (!stillThere) {
        release?.();
        continue;
      }
      const { session } = record;
      const held = await inner.listParts(session, signal);
      if (held.ok) {
        owned.set(session.token, { record, fileID: intent.id, release });
        return { ok: true, value: { session, requests: [], holding: held.value } };
      }
      release();
      // No answer says nothing about the upload: the engine asks again. A refusal means that it cannot go on.
      if (!isRefusal(held.failure)) return held;
      await store.remove(record.id);
    }
    return undefined;
  }

  async function remember(intent: Intent, session: Session, fingerprint: string, data: Blob): Promise<void> {
    if (session.kind !== 'multipart') return;
    const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
    const handle = fileHandleOf(data);
    const { name, type, size } = intent;
    const { kind, key, token, partSize, checksum } = session;
    const record: ResumeRecord = {
      ...{ version: 1, id, scope, name, type, size, fingerprint, createdAt: Date.now() },
      session: { kind, key, token, partSize, checksum },
      ...(handle && { handle }),
    };
    const release = (await takeUpload(id)) ?? (() => {});
    owned.set(token, { record, fileID: intent.id, release });
    await store.save(record);
  }

  async function forget({ token }: Session): Promise<void> {
    const upload = owned.get(token);
    if (!upload) return;
    owned.delete(token);
    await store.remove(upload.record.id);
    upload.release();
  }

  return {
    signBatch: inner.signBatch,
    sign: inner.sign,
    listParts: inner.listParts,

    async create(intent, signal) {
      const data = dataOf(intent.id);
      // A file that would go in one request today may have begun in parts, before the threshold was changed.
      if (!data || (intent.partSize === undefined && intent.size <= MIN_PART_SIZE)) return inner.create(intent, signal);
      // A file that starts anew lets go of what it had.
      for (const [token, upload] of owned) {
        if (upload.fileID !== intent.id) continue;
        owned.delete(token);
        upload.release();
      }
      let fingerprint: string;
      try {
        fingerprint = await fingerprintOf(data);
      } catch (cause) {
        return { ok: false, failure: { kind: 'unreadable', cause } };
      }
      const known = await goOn(intent, fingerprint, signal);
      if (known) return known;
      const created = await inner.create({ ...intent, fingerprint }, signal);
      if (created.ok) await remember(intent, created.value.session, fingerprint, data);
      return created;
    },

    async complete(session, parts, proof, signal) {
      const completed = await inner.complete(session, parts, proof, signal);
      if (completed.ok) await forget(session);
      return completed;
    },

    async abort(session) {
      await forget(session);
      return inner.abort(session);
    },

    async renewed(before, after) {
      const record = (await store.list(scope)).find(({ session }) => session.token === before);
      if (record) await store.save({ ...record, session: { ...record.session, token: after } });
    },

    releaseAll() {
      for (const { release } of owned.values()) release();
      owned.clear();
    },
  };
}

function isRefusal(failure: Failure): boolean {
  if (failure.kind !== 'server' && failure.kind !== 'store') return false;
  // Who is not signed in, or asks too often, may go on later.
  return failure.status >= 400 && failure.status < 500 && ![401, 408, 429].includes(failure.status);
}
