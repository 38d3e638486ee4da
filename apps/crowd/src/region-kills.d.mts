/** What became of one upload whose region was killed or stopped. */
export interface Killed {
  readonly at: string;
  /** Objects in both regions. */
  readonly stored: number;
  readonly whole: boolean;
  /** How often the app was told. */
  readonly told: number;
  readonly region: string | undefined;
  /** Multipart uploads that are left, once the region is back. */
  readonly unfinished: number;
  /** How often the person was told. */
  readonly switched: number;
  /** Bytes beyond those of the file. */
  readonly resent: number;
  readonly seconds: number;
  /** Whether progress never went backwards. */
  readonly onward: boolean;
}

export function killOnce(options: {
  readonly how: 'refused' | 'black-hole';
  /** When the region goes, in milliseconds after the start. @default not by time */
  readonly at?: number;
  /** The region goes once so many bytes left the page. @default not by bytes: without both it stays */
  readonly sent?: number;
  readonly size?: number;
  readonly bytesPerSecond?: number;
}): Promise<Killed>;
