const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
};

/** The name of a picture that has this type now; one whose extension says so already keeps it. */
export function nameFor(name: string, type: string): string {
  const [first, ...others] = EXTENSIONS[type] ?? [];
  const extension = /[^.]\.([^.]*)$/.exec(name)?.[1];
  if (first === undefined || [first, ...others].includes(extension?.toLowerCase() ?? '')) return name;
  return `${extension === undefined ? name : name.slice(0, -extension.length - 1)}.${first}`;
}
