/** A ceiling: six plain PUTs at a time, of parts whose URLs are there before the clock starts. No create, no complete. */
import { type Adapter, call } from '../adapter.ts';
import { put } from '../put.ts';

const MiB = 1024 * 1024;

export const upload: Adapter = (task) => withLanes(task, 6);

/** @param lanes - PUTs at a time. */
export async function withLanes(
  { files, partSize = 8 * MiB }: Parameters<Adapter>[0],
  lanes: number,
): ReturnType<Adapter> {
  const sizes = files.map(({ size }) => ({ size }));
  const urls = await call<string[][]>('presign', { files: sizes, partSize });
  const parts = files.flatMap((file, index) =>
    (urls[index] ?? []).map((url, part) => ({ url, body: file.slice(part * partSize, (part + 1) * partSize) })),
  );
  return async () => {
    const left = parts.reverse();
    const lane = async () => {
      for (let part = left.pop(); part; part = left.pop()) await put(part.url, part.body);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
}
