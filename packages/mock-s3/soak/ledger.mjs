import { createHash } from 'node:crypto';
import { client } from './signed-client.mjs';

/** How many open uploads are looked at after each start; all of them would take ever longer. */
const LATEST_UPLOADS = 8;

/** What was sent and what was acknowledged, to be compared with what a store has after it was killed. */
export class Ledger {
  #keys = new Map();
  #uploads = new Map();
  #progress = () => {};
  counts = { objects: 0, parts: 0, objectsChecked: 0, partsChecked: 0, partsRead: 0, torn: 0, lost: 0 };

  /** A write begins. Each client has its own keys, so the writes of one key follow each other. */
  tries(key, sha256, size) {
    const versions = this.#keys.get(key) ?? { all: [], acknowledged: 0 };
    versions.all.push({ sha256, size });
    this.#keys.set(key, versions);
    return versions.all.length;
  }

  /** A write was acknowledged: from now on it is there, or a later one. */
  acknowledged(key, version) {
    this.#keys.get(key).acknowledged = version;
    this.counts.objects++;
    this.#progress();
  }

  /** An upload was created. */
  upload(key, uploadId) {
    const upload = { key, parts: new Map(), completing: false };
    this.#uploads.set(uploadId, upload);
    return upload;
  }

  /** A part was acknowledged. */
  acknowledgedPart(upload, partNumber, etag) {
    upload.parts.set(partNumber, etag);
    this.counts.parts++;
    this.#progress();
  }

  /** Resolves after so many more acknowledgements. */
  untilAcknowledged(count) {
    const goal = this.counts.objects + this.counts.parts + count;
    return new Promise((resolve) => {
      this.#progress = () => {
        if (this.counts.objects + this.counts.parts >= goal) resolve();
      };
      this.#progress();
    });
  }

  /** Looks at everything that a store has. */
  async check(store) {
    const aws = client(store);
    await Promise.all([...this.#keys].map(([key, versions]) => this.#checkObject(aws, key, versions)));
    const open = [...this.#uploads].filter(([, { parts, completing }]) => parts.size > 0 && !completing);
    for (const [uploadId, upload] of open.slice(-LATEST_UPLOADS)) await this.#checkUpload(aws, uploadId, upload);
    await this.#endOldest(aws, open);
  }

  async #checkObject(aws, key, { all, acknowledged }) {
    const response = await aws.send(`soak/${key}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    this.counts.objectsChecked++;
    if (response.status === 404) {
      if (acknowledged > 0) this.#lost(`${key} was acknowledged and is gone`);
      return;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const version = all.findLastIndex((each) => each.sha256 === sha256) + 1;
    if (!response.ok || version === 0) {
      this.counts.torn++;
      console.error(`torn: ${key} has ${bytes.length} bytes that nobody sent`);
    } else if (version < acknowledged) this.#lost(`${key} is of version ${version}, ${acknowledged} was acknowledged`);
  }

  async #checkUpload(aws, uploadId, { key, parts }) {
    const text = await (await aws.send(`soak/${key}?uploadId=${uploadId}`)).text();
    for (const [partNumber, etag] of parts) {
      this.counts.partsChecked++;
      if (!text.includes(etag.replaceAll('"', '&quot;'))) this.#lost(`part ${partNumber} of ${key}`);
    }
  }

  /** So that the folder does not grow for ever. Every other one is completed instead, to see the bytes of its part. */
  async #endOldest(aws, open) {
    for (const [index, [uploadId, upload]] of open.slice(0, -LATEST_UPLOADS).entries()) {
      if (index % 2 === 0) await this.#readPart(aws, uploadId, upload);
      else await (await aws.send(`soak/${upload.key}?uploadId=${uploadId}`, { method: 'DELETE' })).arrayBuffer();
      this.#uploads.delete(uploadId);
    }
  }

  /** No client writes while a store is looked at, so that what is read is what was completed. */
  async #readPart(aws, uploadId, { key, parts }) {
    const [[partNumber, etag]] = parts;
    const body = `<CompleteMultipartUpload><Part><PartNumber>${partNumber}</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
    await (await aws.send(`soak/${key}?uploadId=${uploadId}`, { method: 'POST', body })).arrayBuffer();
    const bytes = Buffer.from(await (await aws.send(`soak/${key}`)).arrayBuffer());
    this.counts.partsRead++;
    if (createHash('md5').update(bytes).digest('hex') !== etag.replaceAll('"', '')) {
      this.counts.torn++;
      console.error(`torn: part ${partNumber} of ${key} has other bytes than were acknowledged`);
    }
    // From now on this is what the key has.
    const version = this.tries(key, createHash('sha256').update(bytes).digest('hex'), bytes.length);
    this.#keys.get(key).acknowledged = version;
  }

  #lost(what) {
    this.counts.lost++;
    console.error(`lost: ${what}`);
  }
}
