export const root: string;
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Record<string, string>>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, Record<string, string>>> };
}
export function published(): { readonly folder: string; readonly dir: string; readonly manifest: Manifest }[];
export function pack(folder: string, to: string): string;
export function readmeForNpm(text: string, folder: string, repository?: string | { readonly url: string }): string;
