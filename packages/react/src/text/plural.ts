/** The forms of a sentence by count; `#` stands for the number. Which ones a language needs is in Unicode's CLDR. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Who says a sentence with a number: a catalogue, by `this` of its functions. */
export interface Speaker {
  /** BCP 47 tag of how the number is written: Arabic has the digits ١٢٣ in `ar-EG`, and 123 in `ar-EG-u-nu-latn`. */
  readonly locale: string;
}

/** Counts in a language: chooses the form, and writes the number as `by` does, by default as the language does. */
export function pluralsOf(language: string): (count: number, forms: PluralForms, by?: Speaker) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms, { locale } = { locale: language }) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', count.toLocaleString(locale));
}

/** `.jpg, .png or .pdf`, as the language says it. */
export function choiceOf(locale: string): (items: readonly string[]) => string {
  const format = new Intl.ListFormat(locale, { type: 'disjunction' });
  return (items) => format.format(items);
}
