/** What becomes of props that change after the uploader was made. Loaded when they do. */
import type { Uppy } from '@uppy/core';
import { type AnySource, pluginOptions } from './create-uppy.ts';
import { findInPlugins } from './find-plugin.ts';
import { isSame } from './is-same.ts';
import { warn } from './warn.ts';

type Options = Readonly<Record<string, unknown>>;

/** Which of the options says how requests are signed. */
const WAYS = ['endpoint', 'signRequest', 'getCredentials', 'companionEndpoint'];
/** Read once, when the uploader begins. */
const FIXED = ['id', 'concurrency', 'limit', 'resume', 'worker', 'engine'];
const NO_LIMITS = {
  maxFileSize: null,
  minFileSize: null,
  maxTotalFileSize: null,
  maxNumberOfFiles: null,
  allowedFileTypes: null,
};

const warned = new WeakMap<Uppy, Set<string>>();

/**
 * Has the provider's own Uppy do from now on what its new props say; says once, in development, what it cannot. Returns
 * whether it has other limits now.
 */
export function applySource(uppy: Uppy, before: AnySource, now: AnySource): boolean {
  const { restrictions, autoStart = true } = now;
  const isOther = !isSame(before.restrictions, restrictions);
  if (isOther || uppy.opts.autoProceed !== autoStart)
    uppy.setOptions({ autoProceed: autoStart, restrictions: { ...NO_LIMITS, ...restrictions } as object });

  if (!isSame(before.meta, now.meta)) {
    const gone = Object.keys(before.meta ?? {}).map((name) => [name, undefined]);
    const meta = { ...Object.fromEntries(gone), ...now.meta };
    uppy.setState({ meta: { ...uppy.getState().meta, ...meta } });
    // Those that are begun stay what the server was told they are.
    for (const { id, progress } of uppy.getFiles()) if (!progress.uploadStarted) uppy.setFileMeta(id, meta);
  }

  const [old, wanted] = [pluginOptions(before) as Options, pluginOptions(now) as Options];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].filter(
    (name) => !isSame(old[name], wanted[name]),
  );
  const isOtherWay = WAYS.some((name) => name in old !== name in wanted);
  const fixed = isOtherWay ? changed : changed.filter((name) => FIXED.includes(name));
  for (const name of fixed) warnOnce(uppy, name);
  const free = changed.filter((name) => !fixed.includes(name));
  if (free.length > 0)
    findInPlugins(uppy, isUploader)?.setOptions(Object.fromEntries(free.map((name) => [name, wanted[name]])));
  return isOther;
}

function isUploader(plugin: object): plugin is { setOptions(options: Options): void } {
  return 'uploads' in plugin && 'setOptions' in plugin;
}

function warnOnce(uppy: Uppy, name: string): void {
  const names = warned.get(uppy) ?? new Set();
  warned.set(uppy, names);
  if (names.has(name)) return;
  names.add(name);
  warn(
    `\`${name}\` has changed, but the uploader keeps what it began with. To begin anew, which ends uploads that are under way, ` +
      'give the provider another `key`.',
  );
}
