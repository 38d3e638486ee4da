/** What became of a crowd; as `npm run bench:crowd` prints it. */
export interface CrowdResult {
  readonly uploads: number;
  /** Uploads whose client was told that they are complete, and whose object has the bytes that were sent. */
  readonly right: number;
  readonly wrong: readonly string[];
  /** Multipart uploads left in the store: of create calls whose answers were lost. The store's own clean-up takes them. */
  readonly unfinished: number;
  readonly attempts: number;
}

export function crowd(options: {
  readonly uploads: number;
  readonly most?: number;
  readonly servers?: number;
  readonly kill?: boolean;
  readonly clients?: number;
  readonly stalls?: boolean;
  readonly within?: number;
}): Promise<CrowdResult>;
