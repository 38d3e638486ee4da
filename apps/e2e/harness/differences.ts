/**
 * What an app sees of an uploader: the same scenarios for Uppy's own and for ours, told as text, so that they can be laid
 * side by side.
 */
import { PortageS3 } from '@portage/uppy';
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';

/** What the store does wrong. `hold` keeps every part but the first waiting until there is another fault, or none. */
export type Fault = 'none' | 'hold' | 'refuse' | 'refuse-once' | 'busy-once' | 'error-in-complete';

export interface Conditions {
  readonly plugin: 'PortageS3' | 'AwsS3';
  /** Where requests are signed. */
  readonly signAt: string;
  /** How long a call that should end is waited for, in milliseconds. */
  readonly timeout: number;
}

/** What one run came to. Each aspect is one line of text. */
export interface Seen {
  /**
   * Every event in order, with its files. One that comes again before the next `upload` is told once, and those that only
   * tell how far things are do not count.
   */
  readonly events: string;
  /** Numbers of all parts that Uppy told as stored. */
  readonly parts: string;
  /** How each file stands. */
  readonly files: string;
  /** The fields of `response.body` of files that are stored. */
  readonly response: string;
  /** How Uppy stands. */
  readonly state: string;
  /** What `upload()` resolved to. */
  readonly result: string;
}

declare global {
  interface Window {
    setFault(fault: Fault): Promise<void>;
    seen(scenario: string, conditions: Conditions): Promise<Seen>;
    scenarios: readonly string[];
  }
}

interface Run {
  readonly uppy: Uppy;
  readonly plugin: object;
  /** Adds a file of so many bytes; more than 5 MiB go in parts. */
  add(name: string, size?: number): string;
  /** Starts `upload()`, and keeps what it comes to. */
  upload(): Promise<unknown>;
  /** Waits for what was started last, or for anything else; only so long, since Uppy's own may never end. */
  ended(other?: Promise<unknown>): Promise<unknown>;
  /** Resolves when the event is emitted. */
  heard(event: string): Promise<void>;
}

type SignRequest = (request: object) => Promise<unknown>;

interface Scenario {
  readonly options?: (signRequest: SignRequest) => object;
  readonly fault?: Fault;
  run(run: Run): Promise<void>;
}

const MiB = 1024 * 1024;
const PARTS = 11 * MiB;

const simple = (add: (run: Run) => void, more: Omit<Scenario, 'run'> = {}): Scenario => ({
  ...more,
  async run(run) {
    add(run);
    await run.upload();
  },
});

/** Acts when the first part is stored and the next ones are not. */
const midway = (act: (run: Run, id: string) => Promise<void> | void): Scenario => ({
  fault: 'hold',
  async run(run) {
    const id = run.add('film', PARTS);
    const stored = run.heard('s3-multipart:part-uploaded');
    run.upload();
    await stored;
    await act(run, id);
    await run.ended();
  },
});

const throwing = () => {
  throw new Error('a bug of the app');
};

/** Throws at its first call. */
const once = <T extends unknown[], R>(then: (...args: T) => R, error = new Error('a bug of the app')) => {
  let calls = 0;
  return (...args: T): R => {
    calls += 1;
    if (calls === 1) throw error;
    return then(...args);
  };
};

/** Uppy calls its uploaders within the same task. */
const begun = (retried: Promise<unknown>) => {
  retried.catch(() => {});
  return new Promise((resolve) => setTimeout(resolve));
};

const remote = (outcome: 'success' | 'error') =>
  simple(({ uppy }) => {
    const uploadRemoteFile = async (file: { id: string }) => {
      if (outcome === 'success')
        uppy.emit('upload-success', uppy.getFile(file.id), { status: 200, body: { Key: 'k', Location: 'l' } as never });
      else uppy.emit('upload-error', uppy.getFile(file.id), new Error('no session'));
    };
    uppy.registerRequestClient('client', { uploadRemoteFile });
    uppy.addFile({
      ...{ name: 'remote', type: '', data: { size: 10 }, isRemote: true },
      remote: { requestClientId: 'client', body: {} },
    } as never);
  });

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a small file': simple((run) => run.add('note')),
  'an empty file': simple((run) => run.add('empty', 0)),
  'a file in parts': simple((run) => run.add('film', PARTS)),
  'two small files': simple((run) => [run.add('a'), run.add('b')]),
  'upload() without files': simple(() => {}),
  'upload() again after all is stored': {
    async run(run) {
      run.add('note');
      await run.upload();
      await run.upload();
    },
  },
  'a second batch': {
    async run(run) {
      run.add('a');
      await run.upload();
      run.add('b');
      await run.upload();
    },
  },
  'resetProgress() and upload()': {
    async run(run) {
      run.add('note');
      await run.upload();
      run.uppy.resetProgress();
      await run.upload();
    },
  },
  'a file removed before the start': simple((run) => run.uppy.removeFile(run.add('note'))),
  'a file removed in mid-upload': midway((run, id) => run.uppy.removeFile(id)),
  'cancelAll() in mid-upload': midway((run) => run.uppy.cancelAll()),
  'pause and resume': midway(async (run, id) => {
    run.uppy.pauseResume(id);
    await window.setFault('none');
    run.uppy.pauseResume(id);
  }),
  'pauseAll() and resumeAll()': midway(async (run) => {
    run.uppy.pauseAll();
    await window.setFault('none');
    run.uppy.resumeAll();
  }),
  'a paused file removed': midway((run, id) => {
    run.uppy.pauseResume(id);
    run.uppy.removeFile(id);
  }),
  // What two uploaders of one file come to is up to chance, so both are canceled once they are there.
  'a paused file, retryUpload(), cancelAll()': midway(async (run, id) => {
    run.uppy.pauseResume(id);
    await begun(run.uppy.retryUpload(id));
    run.uppy.cancelAll();
  }),
  'a file under way, retryUpload(), cancelAll()': midway(async (run, id) => {
    await begun(run.uppy.retryUpload(id));
    run.uppy.cancelAll();
  }),
  'clear() in mid-upload': midway((run) => run.uppy.clear()),
  'destroy() in mid-upload': midway((run) => run.uppy.destroy()),
  'removePlugin() in mid-upload': midway((run) => run.uppy.removePlugin(run.plugin as never)),
  'the store refuses a small file': simple((run) => run.add('note'), { fault: 'refuse' }),
  'the store refuses a part': simple((run) => run.add('film', PARTS), { fault: 'refuse' }),
  'refused, then retryUpload()': {
    fault: 'refuse',
    async run(run) {
      const id = run.add('note');
      await run.upload();
      await window.setFault('none');
      await run.ended(run.uppy.retryUpload(id));
    },
  },
  'refused, then retryAll()': {
    fault: 'refuse',
    async run(run) {
      run.add('film', PARTS);
      await run.upload();
      await window.setFault('none');
      await run.ended(run.uppy.retryAll());
    },
  },
  'refused, then another file and upload()': {
    fault: 'refuse',
    async run(run) {
      run.add('note');
      await run.upload();
      await window.setFault('none');
      run.add('film', PARTS);
      await run.upload();
    },
  },
  'the store is busy once': simple((run) => run.add('note'), { fault: 'busy-once' }),
  'the store refuses a signature once': simple((run) => run.add('film', PARTS), { fault: 'refuse-once' }),
  'an error behind 200 to Complete': simple((run) => run.add('film', PARTS), { fault: 'error-in-complete' }),
  'signRequest refuses': simple((run) => run.add('note'), { options: () => ({ signRequest: throwing }) }),
  'signRequest has no network once': simple((run) => run.add('note'), {
    options: (signRequest) => ({ signRequest: once(signRequest, new TypeError('Failed to fetch')) }),
  }),
  'generateObjectKey throws once': simple((run) => run.add('note'), {
    options: () => ({ generateObjectKey: once(() => 'note') }),
  }),
  'getChunkSize throws': simple((run) => run.add('film', PARTS), { options: () => ({ getChunkSize: throwing }) }),
  'a listener of upload-success throws': simple((run) => {
    run.uppy.on('upload-success', throwing);
    run.add('note');
  }),
  'a ghost of Golden Retriever': simple((run) => {
    run.uppy.setFileState(run.add('note'), { isGhost: true, data: undefined } as never);
  }),
  'a remote file that Companion stores': remote('success'),
  'a remote file that Companion cannot store': remote('error'),
};

window.scenarios = Object.keys(SCENARIOS);

/** Events that only tell how far things are. */
const QUIET =
  /^(state-update|is-online|upload-progress|progress|info-.*|files?-added|preprocess-.*|postprocess-.*|plugin-.*)$/;
const PART = 's3-multipart:part-uploaded';

const names = (files: readonly { readonly name?: string | undefined }[] = []): string =>
  files.map(({ name }) => name).join(' ') || 'none';

/** Names of the files that an event is about. */
function filesOf(subject: unknown): string[] {
  if (Array.isArray(subject)) return subject.flatMap(filesOf);
  const { id, name } = Object(subject);
  return id && name ? [String(name)] : [];
}

function standOf(file: UppyFile<Meta, Body>): string {
  const { progress, response, error, isPaused } = file;
  return [
    `${file.name}:`,
    progress.uploadComplete ? 'complete' : progress.uploadStarted ? 'started' : 'not started',
    ...(error ? ['with an error'] : []),
    ...(isPaused ? ['paused'] : []),
    ...(response ? ['with a response'] : []),
    ...('s3Multipart' in file && file.s3Multipart ? ['with s3Multipart'] : []),
  ].join(' ');
}

/** Writes down what Uppy emits. */
function record(uppy: Uppy) {
  const events: { readonly event: string; readonly files: Set<string> }[] = [];
  const parts: number[] = [];
  const waiting = new Map<string, () => void>();
  const emit = uppy.emit.bind(uppy) as (event: string, ...args: unknown[]) => void;
  const told = new Set<string>();
  function note(event: string, [subject, detail]: readonly unknown[]): void {
    if (event === PART) parts.push(Number(Object(detail).PartNumber));
    if (QUIET.test(event) || event === PART) return;
    if (event === 'upload') told.clear();
    const names = filesOf(subject);
    const news = (names.length > 0 ? names : ['']).filter((name) => !told.has(`${event} ${name}`));
    if (news.length === 0) return;
    for (const name of news) told.add(`${event} ${name}`);
    if (events.at(-1)?.event !== event) events.push({ event, files: new Set() });
    for (const name of news) events.at(-1)?.files.add(name);
  }
  Object.assign(uppy, {
    emit(event: string, ...args: unknown[]) {
      note(event, args);
      try {
        emit(event, ...args);
      } finally {
        waiting.get(event)?.();
      }
    },
  });
  return {
    // Of two files either may be the first.
    events: () => events.map(({ event, files }) => [event, ...[...files].sort()].join(' ').trim()).join(', '),
    parts: () => parts.sort((a, b) => a - b).join(' ') || 'none',
    heard: (event: string) => new Promise<void>((resolve) => waiting.set(event, resolve)),
  };
}

window.seen = async (name, { plugin, signAt, timeout }) => {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`There is no scenario "${name}".`);
  await window.setFault(scenario.fault ?? 'none');
  const uppy = new Uppy({ logger: { debug() {}, warn() {}, error() {} } });
  const { events, parts, heard } = record(uppy);
  const signRequest: SignRequest = async (request) => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(signAt, { method: 'POST', headers, body: JSON.stringify(request) });
    return response.json();
  };
  const options = {
    id: 'AwsS3',
    signRequest,
    // Of ours: each scenario begins anew.
    resume: false,
    getChunkSize: () => 5 * MiB,
    shouldUseMultipart: ({ size }: { size: number }) => size > 5 * MiB,
    ...scenario.options?.(signRequest),
  };
  uppy.use((plugin === 'AwsS3' ? AwsS3 : PortageS3) as typeof PortageS3, options as never);
  let result = 'not called';
  let running: Promise<void> = Promise.resolve();
  const ended = (other?: Promise<unknown>) =>
    Promise.race([
      Promise.all([running, other?.catch(() => {})]),
      new Promise((resolve) => setTimeout(resolve, timeout)),
    ]);
  await scenario.run({
    uppy,
    plugin: uppy.getPlugin('AwsS3') as object,
    add: (fileName, size = 1000) =>
      uppy.addFile({ name: fileName, type: 'text/plain', data: new Blob([new Uint8Array(size)]) }),
    upload() {
      result = 'never ends';
      running = uppy.upload().then(
        (end) => {
          result = end ? `successful: ${names(end.successful)}; failed: ${names(end.failed)}` : 'nothing';
        },
        (error: unknown) => {
          result = `rejects with ${error instanceof TypeError ? 'a TypeError' : 'an error'}`;
        },
      );
      return ended();
    },
    ended,
    heard,
  });
  const { capabilities, currentUploads, allowNewUpload, error } = uppy.getState();
  const bodies = uppy.getFiles().flatMap(({ response }) => Object.keys(response?.body ?? {}));
  const seen: Seen = {
    events: events(),
    parts: parts(),
    files: uppy.getFiles().map(standOf).join('; ') || 'none',
    response: [...new Set(bodies)].sort().join(' ') || 'none',
    state: [
      `${Object.keys(currentUploads).length} current uploads`,
      capabilities.resumableUploads ? 'resumable' : 'not resumable',
      allowNewUpload ? 'new ones allowed' : 'no new ones allowed',
      ...(error ? ['an error'] : []),
    ].join(', '),
    result,
  };
  await window.setFault('none');
  uppy.destroy();
  return seen;
};
