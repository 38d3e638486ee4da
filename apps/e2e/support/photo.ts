/** Photos as a camera writes them. The colour of each quarter is known. */
import sharp from 'sharp';

/** Upright: red and green above, blue and white below. In Display P3, where they are brighter than sRGB can show. */
const QUARTERS = { above: ['#d22', '#2b2'], below: ['#22c', '#eee'] } as const;

const EXIF = {
  IFD0: { Make: 'Portage', Model: 'Camera 7' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 18/1' },
};

/**
 * A JPEG that is held upright by its orientation alone.
 * @param width - Of the upright picture, in pixels. It is half as high again.
 */
export async function photo(width: number): Promise<Buffer> {
  const height = width * 1.5;
  const quarters = Object.values(QUARTERS).flatMap((row, y) =>
    row.map((background, x) => ({
      input: { create: { width: width / 2, height: height / 2, channels: 3 as const, background } },
      left: (x * width) / 2,
      top: (y * height) / 2,
    })),
  );
  const upright = sharp({ create: { width, height, channels: 3, background: '#000' } }).composite(quarters);
  // Six: what is stored has to be turned by a quarter to the right.
  const lying = sharp(await upright.png().toBuffer()).rotate(-90);
  return lying.withIccProfile('p3').withExif(EXIF).withMetadata({ orientation: 6 }).jpeg({ quality: 92 }).toBuffer();
}

/** What somebody sees of a picture: its size, the colours in the middle of its quarters, and what it tells besides. */
export async function seen(picture: Buffer) {
  const { exif, xmp, icc, orientation = 1, format } = await sharp(picture).metadata();
  const upright = sharp(picture).autoOrient().toColourspace('srgb').removeAlpha();
  const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * 3;
    return [...data.subarray(start, start + 3)];
  };
  const colors = [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
  const tells = Buffer.concat([exif ?? Buffer.alloc(0), xmp ?? Buffer.alloc(0)]);
  return { format, width: info.width, height: info.height, colors, icc, orientation, tells };
}
