/** The largest size of the same shape within bounds; never a larger one. In pixels, whole, 1 at least. */
export function sizeWithin(
  { width, height }: { readonly width: number; readonly height: number },
  {
    maxWidth = width,
    maxHeight = height,
  }: { readonly maxWidth?: number | undefined; readonly maxHeight?: number | undefined },
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(width), height: side(height) };
}
