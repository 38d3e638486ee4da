import { mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { unpack } from './debian.ts';
import { answers, freePorts, programsIn } from './programs.ts';
import type { StartedStore } from './real-store.ts';

const KEYS = { accessKeyId: 'test:tester', secretAccessKey: 'a-secret-of-swift' };
const SERVERS = ['account', 'container', 'object'] as const;

/** Every server once, on one folder. @see https://docs.openstack.org/swift/zed/development_saio.html */
export async function startSwift(folder: string, suite?: string): Promise<StartedStore> {
  const daemons = [...SERVERS, 'proxy'].map((name) => `swift-${name}`);
  const packages = await unpack([...daemons, 'memcached'], folder, suite);
  const ports = (await freePorts(5)) as [number, number, number, number, number];
  const [port, cachePort, ...serverPorts] = ports;
  const etc = join(folder, 'etc');
  await mkdir(join(folder, 'disks', 'one'), { recursive: true });
  await mkdir(etc);
  await writeFile(join(etc, 'swift.conf'), CLUSTER);

  const { run, start, until, stop } = programsIn(folder, packages);
  const server = (name: string) => start(name, '/usr/bin/python3', '-c', LAUNCH, etc, join(etc, `${name}.conf`), name);
  try {
    start('memcached', 'memcached', '-l', '127.0.0.1', '-p', `${cachePort}`, '-U', '0', '-u', userInfo().username);
    for (const [index, name] of SERVERS.entries()) {
      const builder = join(etc, `${name}.builder`);
      await run('swift-ring-builder', builder, 'create', '2', '1', '0');
      await run('swift-ring-builder', builder, 'add', `r1z1-127.0.0.1:${serverPorts[index]}/one`, '1');
      await run('swift-ring-builder', builder, 'rebalance');
      const settings = { devices: join(folder, 'disks'), mount_check: 'false', log_level: 'WARNING' };
      const section = {
        'pipeline:main': { pipeline: `healthcheck ${name}-server` },
        'filter:healthcheck': { use: egg('healthcheck') },
        [`app:${name}-server`]: { use: egg(name) },
      };
      await writeFile(join(etc, `${name}-server.conf`), ini(serverPorts[index] ?? 0, etc, settings, section));
      server(`${name}-server`);
    }
    await writeFile(join(etc, 'proxy-server.conf'), proxyConfig(port, cachePort, etc));
    server('proxy-server');
    for (const each of [port, ...serverPorts])
      await until('a server', () => answers(`http://127.0.0.1:${each}/healthcheck`));
  } catch (error) {
    await stop();
    throw error;
  }
  const version = packages.versions['swift-proxy']?.split('-')[0] ?? '';
  return {
    title: `OpenStack Swift ${version}`,
    profile: 'swift',
    mimic: Number(version.split('.')[1]) < 38 ? 'swift' : 'swift-2.38',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    ...KEYS,
    stop,
  };
}

/** Swift's own commands look for swift.conf in /etc alone. */
const LAUNCH = `
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3]))
`;

const CLUSTER = `[swift-hash]
swift_hash_path_suffix = portage
swift_hash_path_prefix = portage
[storage-policy:0]
name = one
default = yes
`;

const egg = (name: string) => `egg:swift#${name}`;

type Sections = Record<string, Record<string, string>>;

function ini(port: number, etc: string, settings: Record<string, string>, sections: Sections): string {
  const common = {
    bind_ip: '127.0.0.1',
    bind_port: `${port}`,
    swift_dir: etc,
    user: userInfo().username,
    workers: '1',
  };
  const all: Sections = { DEFAULT: { ...common, ...settings }, ...sections };
  const toText = ([name, values]: [string, Record<string, string>]) =>
    [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${value}`), ''].join('\n');
  return Object.entries(all).map(toText).join('');
}

/** As the documentation of s3api orders it. @see https://docs.openstack.org/swift/zed/middleware.html#module-swift.common.middleware.s3api.s3api */
const PIPELINE = [
  ...['catch_errors', 'gatekeeper', 'healthcheck', 'proxy_logging', 'memcache', 'listing_formats', 'bulk', 'tempurl'],
  ...['s3api', 'tempauth', 'copy', 'container_quotas', 'account_quotas', 'slo', 'dlo', 'versioned_writes', 'symlink'],
];

function proxyConfig(port: number, cachePort: number, etc: string): string {
  const more: Sections = {
    memcache: { memcache_servers: `127.0.0.1:${cachePort}` },
    tempauth: { user_test_tester: `${KEYS.secretAccessKey} .admin`, storage_url_scheme: 'http' },
    // Its own preflights; the responses to what follows are those of the proxy.
    s3api: { cors_preflight_allow_origin: '*' },
    versioned_writes: { allow_versioned_writes: 'true', allow_object_versioning: 'true' },
  };
  const filters = PIPELINE.map((name) => [`filter:${name}`, { use: egg(name), ...more[name] }] as const);
  return ini(
    port,
    etc,
    { log_level: 'WARNING', cors_allow_origin: '*' },
    {
      'pipeline:main': { pipeline: [...PIPELINE, 'proxy-server'].join(' ') },
      'app:proxy-server': { use: egg('proxy'), account_autocreate: 'true' },
      ...Object.fromEntries(filters),
    },
  );
}
