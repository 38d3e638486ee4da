/** What people call the types of files that a pattern such as `image/*` stands for. */
export interface TypeWords {
  readonly image: string;
  readonly video: string;
  readonly audio: string;
}

export const englishTypes: TypeWords = { image: 'pictures', video: 'videos', audio: 'audio' };

/**
 * The types as people know them: `image/*` is `pictures`, `image/jpeg` is `JPEG`, and `.pdf` stays. What has no short name, such
 * as the type of an office's format, stays as it is.
 */
export function typeNames(types: readonly string[], { types: words = englishTypes }: HasTypes): readonly string[] {
  const nameOf = (type: string): string => {
    const [, kind = '', format = ''] = /^(\w+)\/(?:x-)?([\w*]+)(?:\+xml)?$/.exec(type) ?? [];
    if (format === '*') return Object.hasOwn(words, kind) ? words[kind as keyof TypeWords] : type;
    return format && format.length < 5 ? format.toUpperCase() : type;
  };
  return [...new Set(types.map(nameOf))];
}

interface HasTypes {
  readonly types?: TypeWords | undefined;
}
