/** Rules of a bucket are changed beside those that are there: their XML is kept as it is. */

const elementsIn = (xml: string, element: string) =>
  [...xml.matchAll(new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'g'))].map(([text]) => text);

/** The elements of a configuration that are not our own. */
export const othersIn = (xml: string, element: string, id: string): string[] =>
  elementsIn(xml, element).filter((text) => !text.includes(`<ID>${id}</ID>`));

/** Our own element of a configuration; empty where there is none. */
export const ownIn = (xml: string, element: string, id: string): string =>
  elementsIn(xml, element).find((text) => text.includes(`<ID>${id}</ID>`)) ?? '';

/** The texts of an element within another one. */
export const textsOf = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(([, text = '']) => text.trim());

export const configuration = (name: string, elements: readonly string[]) =>
  `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}</${name}>`;
