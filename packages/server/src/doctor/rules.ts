/** Rules of a bucket are changed beside those that are there: their XML is kept as it is. */

/** The elements of a configuration that are not our own. */
export const othersIn = (xml: string, element: string, id: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'g'))]
    .map(([text]) => text)
    .filter((text) => !text.includes(`<ID>${id}</ID>`));

/** The texts of an element within another one. */
export const textsOf = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(([, text = '']) => text.trim());

export const configuration = (name: string, elements: readonly string[]) =>
  `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}</${name}>`;
