import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import type { Bucket } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const found = finder('local-network');

/** From the most private on. @see https://wicg.github.io/local-network-access/#ip-address-space-heading */
const SPACES = [
  ['this machine', ranges([['127.0.0.0', 8]], [['::1', 128]])],
  [
    'a local network',
    ranges(
      [
        ['10.0.0.0', 8],
        ['172.16.0.0', 12],
        ['192.168.0.0', 16],
        ['169.254.0.0', 16],
        ['100.64.0.0', 10],
      ],
      [
        ['fc00::', 7],
        ['fe80::', 10],
      ],
    ),
  ],
] as const;

type Range = readonly [net: string, prefix: number];

function ranges(ipv4: readonly Range[], ipv6: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ipv4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of ipv6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

/** Browsers that ask the person before a page reaches what is more private than itself: for which pages of `origins`? */
export async function checkLocalNetwork({ publicEndpoint }: Bucket, origins: readonly string[]): Promise<Finding[]> {
  const store = await privacyOf(publicEndpoint);
  if (store === SPACES.length) return [];
  const pages = await Promise.all(origins.map(async (origin) => ((await privacyOf(origin)) > store ? [origin] : [])));
  const asked = pages.flat();
  if (asked.length === 0) return [];
  return [
    found(
      'warning',
      `${publicEndpoint} is on ${SPACES[store]?.[0]}. Chromium 142 and later let pages of ${asked.join(', ')} reach it only over https, and once each person has allowed it.`,
      'Give the store a public address for browsers (`publicEndpoint`), or tell people to allow it; a page in an iframe needs allow="local-network; loopback-network".',
    ),
  ];
}

/** Index in `SPACES`; behind its end for what is public, or cannot be found from here. */
async function privacyOf(url: string): Promise<number> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(host, { all: true }).catch(() => []);
  const index = SPACES.findIndex(([, list]) =>
    addresses.some(({ address, family }) => list.check(address, family === 6 ? 'ipv6' : 'ipv4')),
  );
  return index < 0 ? SPACES.length : index;
}
