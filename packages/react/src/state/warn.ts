declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** For developers, on the console; not in what is shipped. */
export function warn(text: string): void {
  try {
    // Bundlers put the value in place of this; a page without one has no `process`.
    if (process.env.NODE_ENV !== 'production') console.warn(`Portage: ${text}`);
  } catch {}
}
