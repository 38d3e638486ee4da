import { createLink, type LinkOptions } from './link.ts';
import { createWorld, MiB, settle, type WorldOptions } from './world.ts';

/** Uploads a file of so many MiB over a simulated link, after those of `warm`, and says how that went. */
export async function runOnLink(
  size: number,
  options: LinkOptions,
  { warm = [], ...world }: Omit<WorldOptions, 'transport'> & { warm?: number[] } = {},
) {
  let link: ReturnType<typeof createLink> | undefined;
  const upload = createWorld({
    ...world,
    transport: (clock) => {
      link = createLink(clock, options);
      return link.transport;
    },
  });
  const run = async (name: string, bytes: number) => {
    const begun = upload.clock.now();
    let ended: number | undefined;
    const file = upload.start(name, bytes, {
      adaptPartSize: world.partSize === undefined,
      onEnd: () => {
        ended = upload.clock.now();
      },
    });
    await settle();
    while (ended === undefined && upload.clock.now() - begun < 3_600_000) await upload.clock.pass(500);
    if (ended === undefined) throw new Error(`Not uploaded: ${file.now.status}`);
    return ended - begun;
  };
  for (const before of warm) await run('before', before * MiB);
  const ms = await run('file', size * MiB);
  if (!link) throw new Error('Nothing was sent.');
  return { ms, rate: (size * MiB * 1000) / ms, link, calls: upload.calls, partSize: upload.intents.at(-1)?.partSize };
}

/** Bytes per second of so many Mbit/s, without the headers that take 3.5 % of a link. */
export const mbit = (megabits: number) => (megabits * 1e6 * 0.965) / 8;
