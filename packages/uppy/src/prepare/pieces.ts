/** A picture that was walked through. */
export interface Picture {
  readonly isAnimated: boolean;
  /** The same picture without metadata, in pieces; undefined where there was none. */
  readonly stripped: readonly Uint8Array<ArrayBuffer>[] | undefined;
}

/** The pieces, where they are fewer bytes than the file: else there was nothing to take out of it. */
export function ifShorter(
  pieces: readonly Uint8Array<ArrayBuffer>[],
  { length }: Uint8Array,
): readonly Uint8Array<ArrayBuffer>[] | undefined {
  return pieces.reduce((sum, piece) => sum + piece.length, 0) < length ? pieces : undefined;
}
