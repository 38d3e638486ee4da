import type { UnfinishedUploads, Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';

/** The uploads of the plugin that does them: any installed plugin with an `uploads` property, as `PortageS3` has. */
export function findUploads(uppy: Uppy): Uploads {
  const found = findInPlugins(uppy, hasUploads);
  if (found) return found.uploads;
  throw new Error('This Uppy has no PortageS3 plugin. Add it first: uppy.use(PortageS3, { endpoint }).');
}

/** What earlier pages left unfinished; undefined where the plugin keeps no record of it. */
export function findUnfinished(uppy: Uppy): UnfinishedUploads | undefined {
  return findInPlugins(uppy, hasUnfinished)?.unfinished;
}

export function findInPlugins<T extends object>(uppy: Uppy, is: (plugin: object) => plugin is T): T | undefined {
  let found: T | undefined;
  uppy.iteratePlugins((plugin) => {
    const candidate: object = plugin;
    if (is(candidate)) found ??= candidate;
  });
  return found;
}

function hasUploads(plugin: object): plugin is { uploads: Uploads } {
  return 'uploads' in plugin && typeof plugin.uploads === 'object' && plugin.uploads !== null;
}

function hasUnfinished(plugin: object): plugin is { unfinished: UnfinishedUploads } {
  return 'unfinished' in plugin && typeof plugin.unfinished === 'object' && plugin.unfinished !== null;
}
