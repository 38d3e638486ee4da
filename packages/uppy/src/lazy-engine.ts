/** An engine whose code is loaded beside the page's. */
import { AppCallbackError, type Engine, type Upload } from '@portage/engine';
import { loadOnce } from './load-once.ts';

/** @param load - called again at the next start, or retry, where it rejected. */
export function lazyEngine<Body>(load: () => Promise<Engine<Body>>): Engine<Body> {
  let engine: Engine<Body> | undefined;
  const loaded = loadOnce(async () => {
    engine = await load();
  });
  // Before it is needed: the network is there now, and may not be later.
  loaded().catch(() => {});

  return {
    start(source, intent, listener, options) {
      if (engine) return engine.start(source, intent, listener, options);
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
          await loaded();
        } catch (cause) {
          if (isOver) return;
          isOver = true;
          const error = new AppCallbackError(cause);
          listener.onSnapshot({ status: 'failed', progress, retryAt: undefined, error });
          listener.onEnd({ at: 'failed', error, held: { is: 'nothing' } });
          return;
        }
        if (!isOver) upload = engine?.start(source, intent, listener, { paused });
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
  };
}
