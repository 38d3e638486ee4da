import type { Uploads } from '@portage/uppy';
import type { Uppy } from '@uppy/core';

/** The uploads of the plugin that does them: any installed plugin with an `uploads` property, as `PortageS3` has. */
export function findUploads(uppy: Uppy): Uploads {
  let found: Uploads | undefined;
  uppy.iteratePlugins((plugin) => {
    if (hasUploads(plugin)) found ??= plugin.uploads;
  });
  if (found) return found;
  throw new Error(
    'This Uppy instance has no PortageS3 plugin, so there are no uploads to show. ' +
      "Add it before you pass the instance on: uppy.use(PortageS3, { endpoint: '/api/uploads' }).",
  );
}

function hasUploads(plugin: object): plugin is { uploads: Uploads } {
  return 'uploads' in plugin && typeof plugin.uploads === 'object' && plugin.uploads !== null;
}
