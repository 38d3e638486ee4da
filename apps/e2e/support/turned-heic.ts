/**
 * A HEIC file as a phone writes it that was held upright: its pixels lie, a property of the file (`irot`) turns them, and its
 * EXIF says so once more, which nobody is to look at. No encoder that can be had here writes the property, so it is put in.
 * @see ISO/IEC 23008-12, 6.5.10; ISO/IEC 14496-12, 8.11.3 and 8.11.14
 */
export function turnedHeic(heic: Buffer): Buffer {
  const meta = box(heic, 'meta', 0, heic.length);
  const iprp = box(heic, 'iprp', meta.content + 4, meta.end);
  const ipco = box(heic, 'ipco', iprp.content, iprp.end);
  const ipma = box(heic, 'ipma', iprp.content, iprp.end);
  const properties = countBoxes(heic, ipco.content, ipco.end);
  // A quarter to the right, which is three to the left.
  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot'), 3]);
  // The first item is the picture itself: after the number of items, its id, and how many properties it has.
  const first = ipma.content + 8;
  const associations = heic.readUInt8(first + 2);
  const behind = first + 3 + associations;
  const grown = irot.length + 1;

  const turned = Buffer.concat([
    heic.subarray(0, ipco.end),
    irot,
    heic.subarray(ipco.end, behind),
    Buffer.from([0x80 | (properties + 1)]),
    heic.subarray(behind),
  ]);
  const grow = (start: number, by: number) => turned.writeUInt32BE(turned.readUInt32BE(start) + by, start);
  grow(meta.start, grown);
  grow(iprp.start, grown);
  grow(ipco.start, irot.length);
  grow(ipma.start + irot.length, 1);
  turned.writeUInt8(associations + 1, first + 2 + irot.length);
  moveExtents(turned, box(turned, 'iloc', meta.content + 4, meta.end + grown).content, grown);
  return turned;
}

/** Everything that the table of places points to stands behind what was put in. */
function moveExtents(heic: Buffer, iloc: number, by: number): void {
  const version = heic.readUInt8(iloc);
  const sizes = heic.readUInt16BE(iloc + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 1 ? sizes & 15 : 0;
  const items = heic.readUInt16BE(iloc + 6);
  let at = iloc + 8;
  for (let item = 0; item < items; item += 1) {
    at += version === 1 ? 6 : 4;
    const base = baseSize > 0 ? heic.readUIntBE(at, baseSize) : 0;
    if (base > 0) heic.writeUIntBE(base + by, at, baseSize);
    at += baseSize;
    const extents = heic.readUInt16BE(at);
    at += 2;
    for (let extent = 0; extent < extents; extent += 1) {
      at += indexSize;
      if (base === 0) heic.writeUIntBE(heic.readUIntBE(at, offsetSize) + by, at, offsetSize);
      at += offsetSize + lengthSize;
    }
  }
}

function box(bytes: Buffer, type: string, from: number, to: number) {
  for (let start = from; start + 8 <= to; start += bytes.readUInt32BE(start))
    if (bytes.toString('latin1', start + 4, start + 8) === type)
      return { start, content: start + 8, end: start + bytes.readUInt32BE(start) };
  throw new Error(`There is no box ${type}.`);
}

function countBoxes(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let start = from; start < to; start += bytes.readUInt32BE(start)) count += 1;
  return count;
}
