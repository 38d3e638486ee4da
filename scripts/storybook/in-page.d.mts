export const AXE: string;
export function play([storyId, plays]: readonly [string, boolean]): Promise<void>;
export function watchChanges(): void;
export function isSettled(): boolean;
export function judge(options: { readonly contrast: boolean }): Promise<{
  readonly objections: readonly string[];
  /** In CSS pixels. */
  readonly wide: number;
}>;
