// An app's own code, as each bundler gets it.
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';

/** Uploads `size` bytes; returns the key, and whether a worker sent them. */
globalThis.uploadTo = async (endpoint, size) => {
  const bytes = new Uint8Array(size).map((_, index) => index % 251);
  let pageRequests = 0;
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    pageRequests += 1;
    return send.call(this, body);
  };
  const uppy = new Uppy().use(PortageS3, { endpoint });
  uppy.addFile({ name: 'film.bin', data: new Blob([bytes]) });
  const { successful = [] } = await uppy.upload();
  return { key: successful[0]?.response.body.key, byWorker: pageRequests === 0 };
};
