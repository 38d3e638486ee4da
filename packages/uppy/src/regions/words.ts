/** What a person reads when uploads went on elsewhere, by the language. Late, as the code that may say it. */
export const SWITCHED: Readonly<Record<string, string>> = {
  en: 'Switched to another data center',
  de: 'Zu einem anderen Rechenzentrum gewechselt',
  es: 'Se ha cambiado a otro centro de datos',
  fr: 'Passage à un autre centre de données',
  pt: 'Mudança para outro centro de dados',
  ja: '別のデータセンターに切り替えました',
  zh: '已切换到另一个数据中心',
  ar: 'تم التبديل إلى مركز بيانات آخر',
};

/** In the language of a tag such as `pt-BR`; in English where there is none. */
export const switchedIn = (tag: string): string =>
  SWITCHED[tag.split('-', 1)[0]?.toLowerCase() ?? ''] ?? (SWITCHED['en'] as string);
