/** What a file is to a person who looks at a list. */
export type FileKind = 'picture' | 'film' | 'sound' | 'pdf' | 'document' | 'table' | 'archive' | 'code' | 'other';

/** By the extension first: browsers know no type of many files. */
const BY_EXTENSION: ReadonlyArray<readonly [kind: FileKind, extensions: RegExp]> = [
  ['pdf', /^pdf$/],
  [
    'picture',
    /^(jpe?g|jpe|jfif|png|apng|gif|webp|avif|bmp|ico|svgz?|tiff?|hei[cf]|jxl|psd|ai|eps|raw|cr[23w]|nef|arw|dng|orf|rw2|raf|pef|srw)$/,
  ],
  ['film', /^(mp4|m4v|mov|webm|mkv|avi|wmv|mpe?g|mts|m2ts|3gp|ogv|flv)$/],
  ['sound', /^(mp3|m4a|aac|wav|flac|ogg|oga|opus|aiff?|wma|mid|midi)$/],
  ['table', /^(xlsx?|xlsm|xlsb|ods|numbers|csv|tsv|parquet)$/],
  ['document', /^(docx?|odt|rtf|pages|pptx?|odp|key|txt|md|epub|tex)$/],
  ['archive', /^(zip|rar|7z|t?gz|tar|bz2|xz|zst|lz4|jar|iso|dmg)$/],
  ['code', /^(html?|css|m?[jt]sx?|c[jt]s|json|xml|ya?ml|toml|py|rb|rs|go|java|kt|swift|[ch](pp)?|cs|php|sh|sql|log)$/],
];

const BY_TYPE: ReadonlyArray<readonly [kind: FileKind, type: RegExp]> = [
  ['picture', /^image\//],
  ['film', /^video\//],
  ['sound', /^audio\//],
  ['pdf', /\/pdf$/],
  ['table', /spreadsheet|excel|\/csv$/],
  ['document', /wordprocessing|msword|presentation|powerpoint|^text\/plain$/],
  ['archive', /zip|compressed|\/x-tar$/],
  ['code', /json|xml|javascript|^text\//],
];

/** What a file with this name and this type is. */
export function fileKind({ name, type }: { readonly name: string; readonly type: string }): FileKind {
  const extension = /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = BY_EXTENSION.find(([, extensions]) => extensions.test(extension));
  return (known ?? BY_TYPE.find(([, types]) => types.test(type)))?.[0] ?? 'other';
}
