import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where each peer is installed. */
const PEERS = [
  'apps/bench/node_modules/@uppy/aws-s3',
  'pins/uppy5/node_modules/@uppy/aws-s3',
  'apps/bench/node_modules/@better-upload/client',
  'apps/bench/node_modules/@aws-sdk/lib-storage',
];

/** The peers as they are installed, each as `name version`. */
export function versions(): string[] {
  return PEERS.map((folder) => {
    const path = join(import.meta.dirname, '../../..', folder, 'package.json');
    const { name, version }: { name: string; version: string } = JSON.parse(readFileSync(path, 'utf8'));
    return `${name} ${version}`;
  });
}
