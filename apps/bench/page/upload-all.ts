interface Result {
  failed?: { error?: string | null }[] | undefined;
}

/** What Uppy 5 and 6 have in common here. */
interface AnyUppy {
  once(event: 'complete', listener: (result: Result) => void): void;
  addFiles(files: { name: string; type: string; data: File; source: string }[]): void;
  upload(): Promise<Result | undefined>;
}

/** Adds files as a drop zone does, and uploads them all. Throws where one has failed. */
export async function uploadAll(uppy: AnyUppy, files: readonly File[]): Promise<void> {
  add(uppy, files);
  check(await uppy.upload());
}

/** The same with an Uppy that begins by itself, as on a page where files are dropped. */
export async function addAll(uppy: AnyUppy, files: readonly File[]): Promise<void> {
  const done = new Promise<Result>((resolve) => uppy.once('complete', resolve));
  add(uppy, files);
  check(await done);
}

function add(uppy: AnyUppy, files: readonly File[]): void {
  uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data, source: 'bench' })));
}

function check({ failed = [] }: Result = {}): void {
  if (failed.length > 0) throw new Error(`${failed.length} files failed; the first: ${failed[0]?.error}`);
}
