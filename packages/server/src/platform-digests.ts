import { type Digests, portableDigests } from '@portage/protocol/sigv4';

interface NodeCrypto {
  /** In one go, at half of the cost; newer than the rest, so not in every runtime that has Node's modules. */
  hash?(name: 'sha256', text: string, encoding: 'hex'): string;
  createHash(name: 'sha256'): { update(text: string): { digest(encoding: 'hex'): string } };
  createHmac(name: 'sha256', key: Uint8Array): { update(text: string): { digest(encoding: 'hex'): string } };
}

/**
 * The runtime's own synchronous digests where it has some (Node, and runtimes that offer Node's modules), which are
 * several times faster than those in JavaScript. Asked for at run time, so that a bundle for another runtime has no
 * import of `node:crypto` in it.
 */
export function platformDigests(): Digests {
  const crypto = nodeCrypto();
  if (crypto === undefined) return portableDigests;
  const { hash } = crypto;
  return {
    sha256: hash
      ? (text) => hash('sha256', text, 'hex')
      : (text) => crypto.createHash('sha256').update(text).digest('hex'),
    hmac: (key) => (text) => crypto.createHmac('sha256', key).update(text).digest('hex'),
  };
}

function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined } };
  return process?.getBuiltinModule?.('node:crypto');
}
