/** What is measured: each a link, files, and how the store behaves. Numbers are the rows of the bars in `bars.ts`. */
import type { LinkEvent, LinkShape } from './link/link.ts';
import type { StoreBehaviour, StoreProtocol } from './server/store.ts';

export type AdapterName = keyof typeof ADAPTERS;

/** As the report names them; one file each in `page/adapters`. */
export const ADAPTERS = {
  portage: 'Portage',
  'portage-unchecked': 'Portage, no checksum',
  'portage-react': 'Portage, with its component',
  'portage-sign': "Portage, with the app's own signer",
  'portage-packs': 'Portage, in packs',
  'portage-two-names': 'Portage, a store of two names',
  'portage-four-names': 'Portage, a store of four names',
  uppy6: '@uppy/aws-s3 6',
  'uppy6-dashboard': '@uppy/aws-s3 6 with the Dashboard',
  'uppy6-large-parts': '@uppy/aws-s3 6, 16 MiB parts',
  uppy5: '@uppy/aws-s3 5',
  'better-upload': 'better-upload 3',
  'lib-storage': '@aws-sdk/lib-storage 3',
  'six-xhrs': 'six plain XHRs, no protocol',
  'hundred-xhrs': 'a hundred plain XHRs, no protocol',
  'one-xhr': 'one XHR',
} as const;

/** What bounds the rest: as many bytes as a browser gets through this link without any protocol. */
export const CEILINGS: readonly AdapterName[] = ['six-xhrs', 'hundred-xhrs', 'one-xhr'];

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly link: LinkShape;
  readonly events?: readonly LinkEvent[];
  readonly files: { readonly count: number; readonly size: number };
  /** Bytes, where the scenario is about the number of parts. */
  readonly partSize?: number;
  readonly store: StoreBehaviour;
  /** What the store speaks. @default plain HTTP/1.1 */
  readonly protocol?: StoreProtocol;
  readonly adapters: readonly AdapterName[];
  readonly runs: number;
  /** Whether a small page is loaded again and again beside the upload, and before it. */
  readonly pageBeside?: boolean;
  /** The page's processor is so many times slower. */
  readonly slowDown?: number;
  /** Whether the browser's memory and CPU time are watched. */
  readonly footprint?: boolean;
}

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const Mbit = 1e6;

/** S3's, from the last byte of a part to its response. */
const S3: StoreBehaviour = { answerDelay: 200, stuckEvery: 0, stuckFor: 5000 };

const CITY: LinkShape = { rate: 100 * Mbit, roundTrip: 80 };
const LONG: LinkShape = { rate: 300 * Mbit, roundTrip: 120, connectionRate: 160 * Mbit };
const LOSSY: LinkShape = { rate: 30 * Mbit, roundTrip: 40, loss: 0.02 };
const HOME: LinkShape = { rate: 20 * Mbit, roundTrip: 40 };
const OFFICE: LinkShape = { rate: 200 * Mbit, roundTrip: 20 };
/** This machine's own speed. */
const LOCAL: LinkShape = { rate: 0, roundTrip: 0 };

const EVERYBODY = Object.keys(ADAPTERS) as AdapterName[];
/** What is measured for the sake of one row is not in the others. */
const UPLOADERS = EVERYBODY.filter((name) => !/^portage-|-dashboard$|^hundred-/.test(name));
/** What rows of one length or protocol are about. */
const SOME: readonly AdapterName[] = ['portage', 'portage-sign', 'better-upload', 'uppy6', 'six-xhrs'];
const SHORT: readonly AdapterName[] = ['portage', 'uppy6', 'six-xhrs', 'one-xhr'];

export function scenarios(full: boolean): Scenario[] {
  const one = (size: number) => ({ count: 1, size });
  /** The link falls to a tenth and comes back. */
  const fall = (first: number, second: number): LinkEvent[] => [
    { at: first, rate: 10 * Mbit },
    { at: first + second, rate: 100 * Mbit },
  ];
  // Over 100 MB, below which `@uppy/aws-s3` sends one request.
  const city = one(full ? GiB : 112 * MiB);
  return [
    {
      id: '1',
      title: '100 Mbit/s, 80 ms',
      link: CITY,
      files: city,
      store: S3,
      adapters: [...(full ? UPLOADERS : SHORT), 'portage-unchecked'],
      runs: full ? 3 : 2,
    },
    {
      id: '2',
      title: '300 Mbit/s, 120 ms, at most 160 a connection',
      link: LONG,
      files: city,
      store: S3,
      adapters: full ? UPLOADERS : SHORT,
      runs: full ? 3 : 2,
    },
    {
      id: '2b',
      title: '30 Mbit/s, 40 ms, 2 % loss',
      link: LOSSY,
      files: one(full ? 24 * MiB : 6 * MiB),
      store: S3,
      adapters: full ? UPLOADERS : ['portage', 'six-xhrs', 'uppy6'],
      runs: full ? 3 : 1,
    },
    ...(full
      ? [
          {
            id: '2b-large',
            title: '30 Mbit/s, 40 ms, 2 % loss, a larger file',
            link: LOSSY,
            files: one(200 * MiB),
            store: S3,
            adapters: ['portage', 'six-xhrs', 'uppy6'] as const,
            runs: 1,
          },
        ]
      : []),
    {
      id: '3',
      title: '20 Mbit/s, 40 ms, a page loaded beside it',
      link: HOME,
      files: one(full ? 128 * MiB : 16 * MiB),
      store: S3,
      adapters: full ? ['portage', 'lib-storage', 'six-xhrs', 'one-xhr'] : ['portage', 'six-xhrs', 'one-xhr'],
      runs: full ? 3 : 1,
      pageBeside: true,
    },
    {
      id: '4',
      title: '100 → 10 → 100 Mbit/s, 80 ms',
      // A router's queue stays what it is when the link gets slow.
      link: CITY,
      events: full ? fall(10_000, 20_000) : fall(3000, 6000),
      files: one(full ? 512 * MiB : 80 * MiB),
      store: S3,
      adapters: full ? ['portage', 'six-xhrs', 'uppy6', 'lib-storage'] : ['portage', 'six-xhrs'],
      runs: full ? 3 : 1,
    },
    {
      id: '5',
      // Of the 64 parts that Portage makes of the file one of the last is met, which costs most.
      title: `100 Mbit/s, 80 ms, one answer in ${full ? 60 : 5} stuck for 5 s`,
      link: CITY,
      files: city,
      store: { ...S3, stuckEvery: full ? 60 : 5 },
      adapters: full ? ['portage', 'six-xhrs', 'lib-storage'] : ['portage', 'six-xhrs'],
      runs: full ? 3 : 1,
    },
    {
      id: '6',
      title: 'many parts of 5 MiB, unshaped',
      link: LOCAL,
      files: one((full ? 1000 : 100) * 5 * MiB),
      partSize: 5 * MiB,
      store: { ...S3, answerDelay: 0 },
      adapters: ['portage', 'uppy6'],
      runs: 1,
    },
    {
      id: '8',
      title: 'many files of 100 kB, 100 Mbit/s, 80 ms',
      link: CITY,
      files: { count: full ? 500 : 100, size: 100_000 },
      store: S3,
      adapters: [
        'portage-packs',
        'portage-two-names',
        'portage-four-names',
        ...(full
          ? UPLOADERS.filter((name) => name !== 'uppy6-large-parts')
          : (['portage', 'uppy6', 'six-xhrs'] as const)),
      ],
      runs: full ? 3 : 2,
    },
    ...(full
      ? [
          {
            id: '8-tiny',
            title: 'many files of 10 kB, 100 Mbit/s, 80 ms',
            link: CITY,
            files: { count: 10_000, size: 10_000 },
            store: S3,
            adapters: ['portage-packs', 'portage', 'uppy6', 'six-xhrs'] as const,
            runs: 1,
          },
        ]
      : []),
    {
      id: '9',
      title: 'the page itself, on a processor four times slower, 200 Mbit/s, 20 ms',
      // Unshaped, the browser's other processes and the store take the cores from the page that is looked at.
      link: OFFICE,
      files: one(full ? GiB : 256 * MiB),
      store: S3,
      adapters: ['portage-react', 'uppy6-dashboard'],
      runs: full ? 3 : 1,
      slowDown: 4,
    },
    ...(full ? [...lengths(), ...overTls()] : []),
  ];
}

/** Files of usual lengths, whose first and last second count. */
function lengths(): Scenario[] {
  return [
    { size: 24, link: CITY, at: '100 Mbit/s, 80 ms' },
    { size: 64, link: CITY, at: '100 Mbit/s, 80 ms' },
    { size: 200, link: CITY, at: '100 Mbit/s, 80 ms' },
    { size: 256, link: LONG, at: '300 Mbit/s, 120 ms, at most 160 a connection' },
  ].map(({ size, link, at }) => ({
    id: `${size}`,
    title: `${size} MiB, ${at}`,
    link,
    files: { count: 1, size: size * MiB },
    store: S3,
    adapters: SOME,
    runs: 3,
  }));
}

/** The same, and small files, where the store speaks HTTP/1.1, HTTP/2 or HTTP/3 over TLS. */
function overTls(): Scenario[] {
  const speaks = { https: 'TLS, HTTP/1.1', http2: 'HTTP/2', http3: 'HTTP/3' } as const;
  return (['https', 'http2', 'http3'] as const).flatMap((protocol) => [
    {
      id: `8-${protocol}`,
      title: `many files of 100 kB, 100 Mbit/s, 80 ms, ${speaks[protocol]}`,
      link: CITY,
      files: { count: 500, size: 100_000 },
      store: S3,
      protocol,
      adapters: [
        'portage',
        'better-upload',
        'uppy6',
        'six-xhrs',
        ...(protocol === 'https' ? [] : (['hundred-xhrs'] as const)),
      ],
      runs: 3,
    } as const,
    ...lengths().map((scenario) => ({
      ...scenario,
      id: `${scenario.id}-${protocol}`,
      title: `${scenario.title}, ${speaks[protocol]}`,
      protocol,
    })),
    {
      id: `2b-${protocol}`,
      title: `30 Mbit/s, 40 ms, 2 % loss, ${speaks[protocol]}`,
      link: LOSSY,
      files: { count: 1, size: 24 * MiB },
      store: S3,
      protocol,
      adapters: ['portage', ...(protocol === 'http3' ? [] : (['portage-two-names'] as const)), 'uppy6', 'six-xhrs'],
      runs: 3,
    } as const,
  ]);
}
