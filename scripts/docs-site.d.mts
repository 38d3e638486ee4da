/** One page of the documentation. */
export interface Page {
  readonly section: string;
  /** From the root of the repository. */
  readonly source: string;
  /** In the site, without its extension. */
  readonly path: string;
  readonly title: string;
  /** Markdown, with links as in the source. */
  readonly text: string;
}

export const pages: () => Page[];
/** Links that lead nowhere, as `source: link`. */
export const deadLinks: (pages: readonly Page[]) => string[];
/** The list of pages that language models read. */
export const llmsText: (pages: readonly Page[]) => string;
