/** On the button, so loaded with it; by the language of the catalogue in use. */
export const OPEN_WORDS: Readonly<Record<string, string>> = {
  en: 'Take a photo',
  de: 'Foto aufnehmen',
  fr: 'Prendre une photo',
  es: 'Hacer una foto',
  pt: 'Tirar uma foto',
  ja: '写真を撮る',
  zh: '拍照',
  ar: 'التقاط صورة',
};

export const openWord = (locale: string): string =>
  OPEN_WORDS[locale.split('-')[0] ?? ''] ?? (OPEN_WORDS['en'] as string);
