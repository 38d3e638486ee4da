import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from './debian.ts';
import { answers, freePorts, programsIn } from './programs.ts';
import type { StartedStore } from './real-store.ts';

/** The name of a key that the gateway knows, and encrypts with. */
export const OWN_KEY = 'portage-key';
/** 32 bytes, in base64. */
const SECRET = Buffer.alloc(32, 'a key for tests, and for nothing else').toString('base64');

const KEYS = { accessKeyId: 'portage-of-ceph', secretAccessKey: 'a-secret-of-ceph' };
/** Of somebody who owns no bucket. */
const STRANGER = { accessKeyId: 'stranger-to-ceph', secretAccessKey: 'another-secret-of-ceph' };

/** One monitor, one daemon that keeps objects in memory, one gateway. @see https://docs.ceph.com/en/pacific/install/manual-deployment/ */
export async function startCeph(folder: string, suite?: string): Promise<StartedStore> {
  const packages = await unpack(['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common'], folder, suite);
  const version = packages.versions['radosgw'] ?? '';
  const [monitorPort, port] = (await freePorts(2)) as [number, number];
  const monitor = `v2:127.0.0.1:${monitorPort}`;
  const id = randomUUID();
  const config = join(folder, 'ceph.conf');
  await writeFile(config, configOf({ folder, root: packages.root, id, monitor, port }));
  for (const name of ['mon', 'osd', 'rgw', 'run', 'crash']) await mkdir(join(folder, name));

  const { run, start, until, stop } = programsIn(folder, packages);
  const ceph = (...args: string[]) => run('ceph', '-c', config, '--connect-timeout', '60', ...args);
  try {
    const map = join(folder, 'monmap');
    const keys = join(folder, 'keyring');
    await run('monmaptool', '--create', '--fsid', id, '--addv', 'a', `[${monitor}]`, map);
    await run('ceph-authtool', '--create-keyring', keys, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *');
    const everything = ['mon', 'osd'].flatMap((daemon) => ['--cap', daemon, 'allow *']);
    await run('ceph-authtool', keys, '--gen-key', '-n', 'client.admin', ...everything);
    await run('ceph-mon', '-c', config, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keys);
    start('mon', 'ceph-mon', '-c', config, '-i', 'a', '-f');
    await ceph('osd', 'create');
    await run('ceph-osd', '-c', config, '-i', '0', '--mkfs', '--osd-uuid', randomUUID());
    await ceph('osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=localhost');
    start('osd', 'ceph-osd', '-c', config, '-i', '0', '-f');
    // Newer gateways make no pool before there is a daemon for it.
    await until('the daemon', async () => (await ceph('osd', 'stat')).includes(' 1 up'));
    start('rgw', 'radosgw', '-c', config, '-n', 'client.admin', '-f');
    await until('the gateway', () => answers(`http://127.0.0.1:${port}/`));
    for (const [name, { accessKeyId, secretAccessKey }] of Object.entries({ portage: KEYS, stranger: STRANGER })) {
      const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
      await run('radosgw-admin', '-c', config, 'user', 'create', `--uid=${name}`, `--display-name=${name}`, ...keys);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const major = version.split('.')[0];
  return {
    title: `Ceph ${version.split('+')[0]}`,
    profile: major === '16' ? 'ceph-16' : 'ceph-20',
    mimic: major === '16' ? 'ceph-16' : 'ceph',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    ...KEYS,
    stranger: { ...STRANGER, principal: 'arn:aws:iam:::user/stranger' },
    stop,
  };
}

interface Place {
  folder: string;
  root: string;
  id: string;
  monitor: string;
  port: number;
}

function configOf({ folder, root, id, monitor, port }: Place): string {
  const libraries = join(root, 'usr/lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`);
  return `[global]
fsid = ${id}
mon host = [${monitor}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
# The gateway asks for an encrypted connection by default, which there is none of without keys.
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
run dir = ${folder}/run
admin socket =
log file = ${folder}/$name.log
mon cluster log to file = false
pid file = ${folder}/run/$name.pid
crash dir = ${folder}/crash
keyring = ${folder}/keyring
erasure code dir = ${libraries}/ceph/erasure-code
plugin dir = ${libraries}/ceph
osd class dir = ${libraries}/rados-classes
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 6442450944
[client.admin]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${folder}/rgw
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${OWN_KEY}=${SECRET}
`;
}
