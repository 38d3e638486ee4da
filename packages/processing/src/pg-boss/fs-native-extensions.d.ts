/** The functions that are used of it; the package has no types of its own. */
declare module 'fs-native-extensions' {
  /** Whether the file is now locked, for this descriptor alone. */
  export function tryLock(fd: number): boolean;
  /** Resolves when it is locked. */
  export function waitForLock(fd: number): Promise<void>;
  export function unlock(fd: number): void;
}
