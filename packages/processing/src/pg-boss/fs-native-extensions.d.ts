/** The two functions that are used of it; the package has no types of its own. */
declare module 'fs-native-extensions' {
  /** Whether the file is now locked, for this descriptor alone. */
  export function tryLock(fd: number): boolean;
  export function unlock(fd: number): void;
}
