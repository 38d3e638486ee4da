/** What Uppy 5 and 6 have in common here. */
interface AnyUppy {
  addFiles(files: { name: string; type: string; data: File; source: string }[]): void;
  upload(): Promise<{ failed?: { error?: string | null }[] | undefined } | undefined>;
}

/** Adds files as a drop zone does, and uploads them all. Throws where one has failed. */
export async function uploadAll(uppy: AnyUppy, files: readonly File[]): Promise<void> {
  uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data, source: 'bench' })));
  const { failed = [] } = (await uppy.upload()) ?? {};
  if (failed.length > 0) throw new Error(`${failed.length} files failed; the first: ${failed[0]?.error}`);
}
