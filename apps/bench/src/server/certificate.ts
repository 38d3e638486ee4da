/** Certificates that nobody has signed: the browser of the benchmark is told to take those of this key. */
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';

export interface Certificates {
  readonly key: string;
  /** Where the client names no host. */
  readonly cert: Buffer;
  /** By host: one certificate for all names beside one another, so `a.one.test` and `b.one.test` have the same. */
  SNICallback(host: string, done: (error: null, context: SecureContext) => void): void;
  /** What Chromium calls the key: SHA-256 of it, in Base64. */
  readonly fingerprint: string;
}

/** Needs `openssl`. */
export function makeCertificates(): Certificates {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = new Map<string, SecureContext>();
  return {
    key,
    cert: certify(key, 'store.test'),
    SNICallback(host, done) {
      const name = host.replace(/^[^.]*/, '*');
      const context = made.get(name) ?? createSecureContext({ key, cert: certify(key, name) });
      made.set(name, context);
      done(null, context);
    },
    fingerprint: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
  };
}

function certify(key: string, name: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'portage-bench-certificate-'));
  const words = 'req -x509 -key key.pem -days 2 -subj /CN=store -out cert.pem -addext'.split(' ');
  try {
    writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
    execFileSync('openssl', [...words, `subjectAltName=DNS:${name}`], { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'cert.pem'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
