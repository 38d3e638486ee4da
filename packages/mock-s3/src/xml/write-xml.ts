/** One XML element: its name and what is in it. `undefined` children are left out. */
export interface XmlElement {
  readonly name: string;
  readonly children: XmlContent;
  /** As they are to be written. */
  readonly attributes?: string;
}

type XmlContent = string | number | boolean | readonly (XmlElement | undefined)[];

/** Makes an element to be written by `writeXml`. */
export function xml(name: string, children: XmlContent, attributes?: string): XmlElement {
  return { name, children, ...(attributes !== undefined && { attributes }) };
}

/** S3 puts its results, but not its errors, in this namespace. */
const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Writes a whole document in S3's namespace. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name} xmlns="${S3_NAMESPACE}">${content(root.children)}</${root.name}>`;
}

/** Writes a whole document without a namespace, as S3's errors are. */
export function writeBareXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root)}`;
}

function element({ name, children, attributes }: XmlElement): string {
  return `<${name}${attributes === undefined ? '' : ` ${attributes}`}>${content(children)}</${name}>`;
}

function content(children: XmlContent): string {
  if (typeof children !== 'object') return escapeText(String(children));
  return children.map((child) => (child === undefined ? '' : element(child))).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Control characters become numeric references, as at S3: no XML 1.0 parser takes them, which is why listings have
 * `encoding-type=url`.
 */
function escapeText(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them.
    /[&<>"\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
