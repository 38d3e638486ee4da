import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MockS3StartError } from '../errors/start-error.ts';

/** A private key and its certificate, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const NAMES = ['DNS:localhost', 'DNS:*.localhost', 'DNS:*.s3.localhost', 'IP:127.0.0.1', 'IP:::1'];

/**
 * A certificate that nobody has signed, for this machine's own names and `host`: clients have to be told to take it.
 * @throws {MockS3StartError} `invalid-option` where there is no `openssl`.
 */
export async function makeCertificate(host: string): Promise<Certificate> {
  const names = new Set([...NAMES, `${isIP(host) ? 'IP' : 'DNS'}:${host}`]);
  const folder = await mkdtemp(join(tmpdir(), 'mock-s3-certificate-'));
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -keyout key.pem -out cert.pem';
  const subject = ['-subj', '/CN=mock-s3', '-addext', `subjectAltName=${[...names].join(',')}`];
  try {
    await promisify(execFile)('openssl', [...args.split(' '), ...subject], { cwd: folder });
    const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((name) => readFile(join(folder, name), 'utf8')));
    return { key: key ?? '', cert: cert ?? '' };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new MockS3StartError(
      'invalid-option',
      `openssl could make no certificate (${why}). Install openssl, or give a key and a certificate of your own: tls: { key, cert }.`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
