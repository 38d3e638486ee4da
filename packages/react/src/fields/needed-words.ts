/** What is said below a field for which an upload waits, by the language of the catalogue in use. */
export const NEEDED_WORDS: Readonly<Record<string, string>> = {
  en: 'Fill this in, then the file is uploaded.',
  de: 'Füllen Sie dies aus, dann wird die Datei hochgeladen.',
  fr: 'Remplissez ce champ, puis le fichier sera envoyé.',
  es: 'Rellena este campo y el archivo se subirá.',
  pt: 'Preencha este campo e o arquivo será enviado.',
  ja: '入力すると、ファイルがアップロードされます。',
  zh: '填写后文件即会上传。',
  ar: 'املأ هذا الحقل ليُرفع الملف.',
};

export const neededWords = (locale: string): string =>
  NEEDED_WORDS[locale.split('-')[0] ?? ''] ?? (NEEDED_WORDS['en'] as string);
