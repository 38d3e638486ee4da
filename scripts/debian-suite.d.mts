export interface Suite {
  /** Where the packages lie, as below `/`. */
  readonly root: string;
  /** For their programs. */
  readonly env: NodeJS.ProcessEnv;
  /** By the names of the packages that were asked for. */
  readonly versions: Readonly<Record<string, string>>;
  /** What runs one of its programs. @throws Error where there is none of this name. */
  command(name: string, ...args: string[]): string[];
}
export function unpackSuite(
  packages: readonly string[],
  options: { readonly suite: string; readonly folder: string; readonly cache: string },
): Promise<Suite>;
/** Of a package, among the names of files; without epoch. */
export function versionOf(name: string, files: readonly string[]): string;
