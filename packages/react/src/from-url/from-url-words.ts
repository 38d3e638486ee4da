import type { FromUrlProblem } from './problem.ts';

/** What the field for an address says. */
export interface FromUrlWords {
  /** Above the field. */
  readonly label: string;
  /** On the button. */
  readonly add: string;
  /** On the button, while the address is asked about. */
  readonly busy: string;
  /** Below the field, where nothing was added: why, and what to do. */
  readonly problems: Readonly<Record<FromUrlProblem, string>>;
}

/** By the language of the catalogue in use; `problems` are loaded with the first one. */
export const FROM_URL_WORDS: Readonly<Record<string, Omit<FromUrlWords, 'problems'>>> = {
  en: {
    label: 'Address of a file on the web',
    add: 'Add',
    busy: 'Looking…',
  },
  de: {
    label: 'Adresse einer Datei im Web',
    add: 'Hinzufügen',
    busy: 'Wird gesucht …',
  },
  fr: {
    label: 'Adresse d’un fichier sur le web',
    add: 'Ajouter',
    busy: 'Recherche…',
  },
  es: {
    label: 'Dirección de un archivo en la web',
    add: 'Añadir',
    busy: 'Buscando…',
  },
  pt: {
    label: 'Endereço de um arquivo na web',
    add: 'Adicionar',
    busy: 'Procurando…',
  },
  ja: {
    label: 'ウェブ上のファイルのアドレス',
    add: '追加',
    busy: '確認中…',
  },
  zh: {
    label: '网上文件的网址',
    add: '添加',
    busy: '正在查找…',
  },
  ar: {
    label: 'عنوان ملف على الويب',
    add: 'إضافة',
    busy: 'جارٍ البحث…',
  },
};

export const fromUrlWords = (locale: string): Omit<FromUrlWords, 'problems'> =>
  FROM_URL_WORDS[locale.split('-')[0] ?? ''] ?? (FROM_URL_WORDS['en'] as FromUrlWords);
