import { createHash, randomBytes } from 'node:crypto';
import { client } from './signed-client.mjs';

const KEYS = 3;

/** Clients that write objects and parts, and note in the ledger what was acknowledged. */
export class Load {
  #stopped = false;
  #aws;
  #ledger;
  #random;

  constructor(store, ledger, random) {
    this.#aws = client(store);
    this.#ledger = ledger;
    this.#random = random;
  }

  stop() {
    this.#stopped = true;
  }

  async run(index) {
    while (!this.#stopped) {
      // The store dies under these; only what it acknowledged counts.
      await (this.#random() < 0.4 ? this.#put(index) : this.#multipart(index)).catch(() => undefined);
    }
  }

  async #put(index) {
    const key = `object-${index}-${Math.floor(this.#random() * KEYS)}`;
    const bytes = randomBytes(1 + Math.floor(this.#random() * 200_000));
    const version = this.#ledger.tries(key, sha256(bytes), bytes.length);
    const response = await this.#aws.send(`soak/${key}`, { method: 'PUT', body: bytes });
    await response.arrayBuffer();
    if (response.ok) this.#ledger.acknowledged(key, version);
  }

  async #multipart(index) {
    const key = `multipart-${index}-${Math.floor(this.#random() * KEYS)}`;
    const created = await (await this.#aws.send(`soak/${key}?uploads`, { method: 'POST' })).text();
    const uploadId = /<UploadId>(.*?)</.exec(created)?.[1];
    if (uploadId === undefined) return;
    // Only the last part may be small.
    const bytes = randomBytes(1 + Math.floor(this.#random() * 100_000));
    const upload = this.#ledger.upload(key, uploadId);
    const part = await this.#aws.send(`soak/${key}?partNumber=1&uploadId=${uploadId}`, { method: 'PUT', body: bytes });
    await part.arrayBuffer();
    if (!part.ok) return;
    const etag = part.headers.get('etag');
    this.#ledger.acknowledgedPart(upload, 1, etag);
    if (this.#random() < 0.3) return;
    upload.completing = true;
    const version = this.#ledger.tries(key, sha256(bytes), bytes.length);
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
    const completed = await this.#aws.send(`soak/${key}?uploadId=${uploadId}`, { method: 'POST', body });
    await completed.text();
    if (completed.ok) this.#ledger.acknowledged(key, version);
  }
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
