import type { Outcome } from './prepare-image.ts';

export async function gzip(file: Blob): Promise<Outcome> {
  if (typeof CompressionStream === 'undefined') return { is: 'unsupported' };
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  return packed.size < file.size ? { is: 'made', data: packed } : { is: 'as-picked' };
}
