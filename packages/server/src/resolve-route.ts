import { MAX_FILES_PER_CREATE, type RouteLimits } from '@portage/protocol';
import { createAccepts, namesOfTypes } from '@portage/protocol/formats';
import type { ResolvedRoute } from './operations/call.ts';
import { formatBytes } from './policy/check-file.ts';
import { MAX_SIZE } from './policy/part-plan.ts';
import type { Quarantine, Route } from './route.ts';
import type { Storage } from './storage.ts';

/** Names that stand for something else in a path. */
const RESERVED = ['healthz', 'readyz'];

/** Largest file where a route names no limit, in bytes: one that a person may well have, and nobody can fill a store with. */
const DEFAULT_MAX_SIZE = 1024 ** 3;

/** A route with its defaults. @throws TypeError where it cannot work. */
export function resolveRoute(name: string, route: Route, storage: Storage): ResolvedRoute & { limits: RouteLimits } {
  if (!/^[\w-]+$/.test(name) || RESERVED.includes(name))
    throw new TypeError(
      `The route "${name}" may have only letters, digits, - and _ in its name, and not be called ${RESERVED.join(' or ')}.`,
    );
  const { accept = ['*/*'], minSize = 0, maxSize = DEFAULT_MAX_SIZE, maxFiles = MAX_FILES_PER_CREATE } = route;
  checkIdentification(name, route);
  // Nothing is larger than NaN, so it would let everything through.
  if (!(minSize >= 0 && maxSize >= minSize && maxFiles >= 1))
    throw new TypeError(
      `The route "${name}" takes files of ${minSize} to ${maxSize} bytes, ${maxFiles} at once: no file fits that.`,
    );
  const accepts = createAccepts(accept);
  const limits = { accept: [...accept], minSize, maxSize: Math.min(maxSize, MAX_SIZE), maxFiles };
  return {
    name,
    storage: route.storage ?? storage,
    prefix: route.prefix,
    maxFiles,
    partSize: route.partSize,
    ownKeys: route.key !== undefined,
    // Keys that the server makes are never another file's.
    overwrite: route.overwrite === true && route.key !== undefined,
    quarantine: checkQuarantine(name, route.quarantine),
    policy: { accept, accepts, minSize, maxSize, gzip: route.gzip === true },
    process: route.process,
    hooks: route,
    limits: {
      ...limits,
      hint: route.hint ?? hintOf(limits, accepts.restricts),
      ...(route.gzip === true && { gzip: true }),
    },
  };
}

function checkIdentification(name: string, { authorize, anonymous }: Route): void {
  if (authorize === undefined && anonymous !== true)
    throw new TypeError(
      `The route "${name}" does not say who may upload. Give it an \`authorize\`, or write \`anonymous: true\` if anybody may.`,
    );
  if (authorize !== undefined && anonymous === true)
    throw new TypeError(`The route "${name}" has an \`authorize\` and is \`anonymous\`: it can be one of the two.`);
}

function checkQuarantine(name: string, quarantine: Quarantine | undefined): Quarantine | undefined {
  if (quarantine === undefined || quarantine.prefix || quarantine.bucket) return quarantine;
  throw new TypeError(
    `The \`quarantine\` of the route "${name}" needs a prefix or a bucket: objects would stay where they are.`,
  );
}

/** `pictures, .pdf; 1 KiB to 20 MiB each; at most 5 files`. */
function hintOf(
  { accept, minSize, maxSize, maxFiles }: Omit<RouteLimits, 'hint' | 'gzip'>,
  restricts: boolean,
): string {
  const size =
    minSize > 0 ? `${formatBytes(minSize)} to ${formatBytes(maxSize)} each` : `up to ${formatBytes(maxSize)} each`;
  const files = maxFiles === 1 ? 'one file' : `at most ${maxFiles} files`;
  return [restricts ? namesOfTypes(accept) : 'any type', size, files].join('; ');
}
