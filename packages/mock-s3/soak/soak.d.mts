/** What a soak found. */
export interface SoakResult {
  readonly kills: number;
  /** Objects and parts that were acknowledged. */
  readonly objects: number;
  readonly parts: number;
  /** How often one was looked at after a start. */
  readonly objectsChecked: number;
  readonly partsChecked: number;
  /** Parts whose bytes were read, after their upload was completed. */
  readonly partsRead: number;
  /** Objects with bytes that nobody sent. */
  readonly torn: number;
  /** Acknowledged, and gone. */
  readonly lost: number;
}

/** Starts a store, writes to it, kills it, starts it again on the same folder and looks at what is there. */
export function soak(options: {
  readonly kills: number;
  readonly seed?: number;
  readonly onKill?: (n: number, counts: Omit<SoakResult, 'kills'>) => void;
}): Promise<SoakResult>;
