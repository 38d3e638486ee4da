/** The forms of a sentence by count; `#` stands for the number. Which ones a language needs is in Unicode's CLDR. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Counts in a language: chooses the form and writes the number as the language does. */
export function pluralsOf(locale: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}

/** `.jpg, .png or .pdf`, as the language says it. */
export function choiceOf(locale: string): (items: readonly string[]) => string {
  const format = new Intl.ListFormat(locale, { type: 'disjunction' });
  return (items) => format.format(items);
}
