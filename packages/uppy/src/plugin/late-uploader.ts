/** Loads the uploader late. Files wait for it; where it does not arrive they fail in words, and the next start or retry asks again. */
import { AppCallbackError, type Engine, type Upload, type UploadError } from '@portage/engine';
import type { UnfinishedUploads } from '../resume/unfinished.ts';
import type { FileRange } from '../sending/file-range.ts';
import { untilThere } from '../until-there.ts';
import type { Uploader } from './uploader.ts';

export interface LateUploader {
  /** Once it has arrived. */
  readonly here: Uploader | undefined;
  /** Its uploads wait until the code is there. */
  readonly engine: Engine<FileRange>;
  readonly unfinished: UnfinishedUploads;
  /** Rejects where the code does not arrive. */
  load(): Promise<Uploader>;
  /** Nothing is loaded any more; what was loaded ends. */
  end(error: UploadError): void;
}

/** @param make - called again where it rejected. */
export function lateUploader(make: () => Promise<Uploader>): LateUploader {
  let here: Uploader | undefined;
  let loading: Promise<Uploader> | undefined;
  let ended: UploadError | undefined;

  async function ask(): Promise<Uploader> {
    try {
      const uploader = await untilThere(make, () => !ended);
      if (ended) uploader.end(ended);
      here = uploader;
      return uploader;
    } catch (cause) {
      loading = undefined;
      throw cause;
    }
  }

  function load(): Promise<Uploader> {
    loading ??= ask();
    return loading;
  }

  const unfinished = async () => (await load()).unfinished?.();

  return {
    get here() {
      return here;
    },
    load,
    engine: {
      start(source, intent, listener, options) {
        if (here?.engine) return here.engine.start(source, intent, listener, options);
        let upload: Upload | undefined;
        let paused = options?.paused === true;
        let isOver = false;
        const progress = { loaded: 0, total: source.size, percent: 0, speed: 0, eta: undefined };
        const publish = (status: 'queued' | 'paused' | 'canceled') =>
          listener.onSnapshot({ status, progress, retryAt: undefined, error: undefined });
        const begin = async () => {
          isOver = false;
          publish(paused ? 'paused' : 'queued');
          try {
            const { engine } = await load();
            if (!isOver) upload = engine?.start(source, intent, listener, { paused });
          } catch (cause) {
            if (isOver) return;
            isOver = true;
            // A retry goes on: Uppy takes the pause off the file.
            paused = false;
            const error = new AppCallbackError(cause);
            listener.onSnapshot({ status: 'failed', progress, retryAt: undefined, error });
            listener.onEnd({ at: 'failed', error, held: { is: 'nothing' } });
          }
        };
        const pause = (now: boolean) => {
          paused = now;
          if (!isOver) publish(paused ? 'paused' : 'queued');
        };
        begin();
        return {
          pause: () => (upload ? upload.pause() : pause(true)),
          resume: () => (upload ? upload.resume() : pause(false)),
          retry: () => (upload ? upload.retry() : isOver && begin()),
          cancel() {
            if (upload) return upload.cancel();
            if (isOver) return;
            isOver = true;
            publish('canceled');
            listener.onEnd({ at: 'canceled' });
          },
        };
      },
    },
    unfinished: {
      list: async () => (await unfinished())?.list() ?? [],
      onFreed(listener) {
        const watching = unfinished().then(
          (uploads) => uploads?.onFreed(listener),
          () => {},
        );
        return () => void watching.then((stop) => stop?.());
      },
      continue: async (id, file) => (await unfinished())?.continue(id, file),
      discard: async (id) => (await unfinished())?.discard(id),
      clear: async () => (await unfinished())?.clear(),
    },
    end(error) {
      ended = error;
      here?.end(error);
    },
  };
}
