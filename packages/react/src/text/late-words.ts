/** Words of parts that are loaded late, so not among the other words: pictures, and what is offered after a removal. */
export interface LateWords {
  /** On the picture of a file: opens it large. */
  show(name: string): string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
}

/** By the language of the catalogue in use. */
export const LATE_WORDS: Readonly<Record<string, LateWords>> = {
  en: {
    show: (name) => `Show ${name}`,
    close: 'Close',
    previous: 'Previous',
    next: 'Next',
  },
  de: {
    show: (name) => `${name} anzeigen`,
    close: 'Schließen',
    previous: 'Zurück',
    next: 'Weiter',
  },
  fr: {
    show: (name) => `Afficher ${name}`,
    close: 'Fermer',
    previous: 'Précédent',
    next: 'Suivant',
  },
  es: {
    show: (name) => `Ver ${name}`,
    close: 'Cerrar',
    previous: 'Anterior',
    next: 'Siguiente',
  },
  pt: {
    show: (name) => `Ver ${name}`,
    close: 'Fechar',
    previous: 'Anterior',
    next: 'Próximo',
  },
  ja: {
    show: (name) => `${name}を表示`,
    close: '閉じる',
    previous: '前へ',
    next: '次へ',
  },
  zh: {
    show: (name) => `查看${name}`,
    close: '关闭',
    previous: '上一个',
    next: '下一个',
  },
  ar: {
    show: (name) => `عرض ${name}`,
    close: 'إغلاق',
    previous: 'السابق',
    next: 'التالي',
  },
};

interface Catalogue {
  readonly locale: string;
  readonly late?: Partial<LateWords> | undefined;
}

/** The words for a catalogue; English where there are none in its language, and the app's own before both. */
export const lateWords = ({ locale, late }: Catalogue): LateWords => ({
  ...(LATE_WORDS[locale.split('-')[0] ?? ''] ?? (LATE_WORDS['en'] as LateWords)),
  ...late,
});
