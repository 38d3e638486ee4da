/** A rectangle of a picture, in its pixels as it is seen. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Types that browsers write; another one becomes PNG, which loses nothing. */
const WRITTEN = /^image\/(jpeg|png|webp)$/;

/** How large what is cut out becomes: as it is, or so many pixels at its longer side. */
export function sizeOf({ width, height }: Area, maxSide: number): { width: number; height: number } {
  const factor = Math.min(1, maxSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/** The picture, if this browser can show it. */
export async function pictureOf(url: string): Promise<HTMLImageElement | undefined> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => (image.naturalWidth > 0 ? image : undefined),
    () => undefined,
  );
}

/** What is in the area, as a file of the same kind. Undefined where the browser cannot. */
export async function cut(
  image: HTMLImageElement,
  area: Area,
  type: string,
  maxSide: number,
): Promise<Blob | undefined> {
  // Drawn from the element: a photo is turned there as its camera says, and so is the area.
  const canvas = Object.assign(document.createElement('canvas'), sizeOf(area, maxSide));
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, canvas.width, canvas.height);
  const written = WRITTEN.test(type) ? type : 'image/png';
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), written, 0.92));
}
