// Uploads a file to an upload server as a page does, without a browser.
import { createHash, randomBytes } from 'node:crypto';

/** Sends `size` random bytes to the route `files` of the server at `base`; returns their key and SHA-256. */
export async function upload(base, size, partSize) {
  const bytes = randomBytes(size);
  const call = async (operation, body) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${base}/files/${operation}`, init);
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { files } = await call('create', { files: [{ name: 'film.bin', size, type: '', partSize }] });
  const [{ token, requests, partSize: given }] = files;
  const parts = await Promise.all(
    requests.map(async ({ partNumber, request: { method, url, headers } }) => {
      const body = bytes.subarray((partNumber - 1) * given, partNumber * given);
      const response = await fetch(url, { method, headers, body });
      return { partNumber, etag: response.headers.get('etag') };
    }),
  );
  const { key } = await call('complete', { token, parts });
  return { key, sha256: createHash('sha256').update(bytes).digest('hex'), parts: parts.length };
}

/** Resolves once `url` answers well. */
export async function answering(url) {
  for (let left = 60; left > 0; left--) {
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${url} does not answer`);
}
