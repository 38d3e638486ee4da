/** How far an upload is. */
export interface Progress {
  /** Bytes handed to the network, at most `total`. Never goes down, not even when a part is sent again. */
  readonly loaded: number;
  /** The file's size in bytes. */
  readonly total: number;
  /** 0 to 100. 100 only when every byte is sent. */
  readonly percent: number;
  /** Bytes per second, smoothed; 0 while nothing moves. */
  readonly speed: number;
  /** Seconds until every byte is sent, at `speed`; undefined while that cannot be known. */
  readonly eta: number | undefined;
}
