import { type PluralForms, pluralsOf, type Speaker } from './plural.ts';

/** Why nothing can be made of a stored file, as `@portage/processing` tells it. */
export type UnprocessedCode =
  | 'unreadable'
  | 'locked'
  | 'format-unsupported'
  | 'too-large'
  | 'too-costly'
  | 'harmful'
  | 'given-up';

/** Words for what is made of a file after it is stored. Loaded with the first such file, so not among the other words. */
export interface ProcessingWords {
  /** `Processing… 2 of 4`. */
  processing(this: Speaker, done: number, total: number): string;
  /** Under a stored file that processing could make nothing of. */
  readonly failed: Readonly<Record<UnprocessedCode, string>>;
  /** Said to screen readers. */
  saidStarted(this: Speaker, count: number, name: string): string;
  saidDone(this: Speaker, count: number, name: string): string;
  saidFailed(name: string, why: string): string;
  saidFailedCount(this: Speaker, count: number): string;
}

const files = (language: string, forms: PluralForms) => {
  const plural = pluralsOf(language);
  return (count: number, by: Speaker) => plural(count, forms, by);
};

const en = files('en', { one: '# file', other: '# files' });
const de = files('de', { one: '# Datei', other: '# Dateien' });
const fr = files('fr', { one: '# fichier', many: '# de fichiers', other: '# fichiers' });
const es = files('es', { one: '# archivo', many: '# de archivos', other: '# archivos' });
const pt = files('pt', { one: '# arquivo', many: '# de arquivos', other: '# arquivos' });
const ja = files('ja', { other: '# 件のファイル' });
const zh = files('zh', { other: '# 个文件' });
/** Always after a noun: the genitive, which two have a form of their own for. */
const ar = files('ar', {
  zero: '# ملف',
  one: 'ملف واحد',
  two: 'ملفين',
  few: '# ملفات',
  many: '# ملفًا',
  other: '# ملف',
});
const number = (count: number, { locale }: Speaker) => count.toLocaleString(locale);
const named = (all: ReturnType<typeof files>, count: number, name: string, by: Speaker) =>
  count === 1 ? name : all(count, by);

/** By the language of the catalogue in use. */
export const PROCESSING_WORDS: Readonly<Record<string, ProcessingWords>> = {
  en: {
    processing(done, total) {
      return `Processing… ${number(done, this)} of ${number(total, this)}`;
    },
    failed: {
      unreadable: 'Uploaded, but it cannot be shown: it seems to be damaged. Save it again and upload the new copy.',
      locked: 'Uploaded, but it cannot be shown: it has a password. Upload it without one for a preview.',
      'format-unsupported': 'Uploaded, but its format cannot be shown. Upload JPEG, PNG or PDF for a preview.',
      'too-large': 'Uploaded, but too large to be shown. Upload a smaller one for a preview.',
      'too-costly': 'Uploaded, but it cannot be shown: it took too long. Upload a simpler one for a preview.',
      harmful: 'Something harmful was found in it. Check it with a virus scanner before you use it.',
      'given-up': 'Uploaded, but it could not be processed. Tell the owner of this page.',
    },
    saidStarted(count, name) {
      return `Processing ${named(en, count, name, this)}.`;
    },
    saidDone(count, name) {
      return count === 1 ? `${name} is processed.` : `${en(count, this)} are processed.`;
    },
    saidFailed: (name, why) => `${name}: ${why}`,
    saidFailedCount(count) {
      return `${en(count, this)} not processed.`;
    },
  },
  de: {
    processing(done, total) {
      return `Wird verarbeitet … ${number(done, this)} von ${number(total, this)}`;
    },
    failed: {
      unreadable:
        'Hochgeladen, aber sie scheint beschädigt zu sein. Speichern Sie die Datei neu und laden Sie sie noch einmal hoch.',
      locked:
        'Hochgeladen, aber durch ein Passwort geschützt. Laden Sie für eine Vorschau eine Datei ohne Passwort hoch.',
      'format-unsupported':
        'Hochgeladen, aber dieses Format lässt sich nicht anzeigen. Laden Sie für eine Vorschau JPEG, PNG oder PDF hoch.',
      'too-large': 'Hochgeladen, aber zu groß für eine Vorschau. Laden Sie dafür eine kleinere Datei hoch.',
      'too-costly': 'Hochgeladen, aber die Vorschau dauerte zu lange. Laden Sie dafür eine einfachere Datei hoch.',
      harmful:
        'Darin wurde etwas Schädliches gefunden. Prüfen Sie die Datei mit einem Virenscanner, bevor Sie sie verwenden.',
      'given-up': 'Hochgeladen, konnte aber nicht verarbeitet werden. Wenden Sie sich an den Betreiber der Seite.',
    },
    saidStarted(count, name) {
      return count === 1 ? `${name} wird verarbeitet.` : `${de(count, this)} werden verarbeitet.`;
    },
    saidDone(count, name) {
      return count === 1 ? `${name} ist verarbeitet.` : `${de(count, this)} sind verarbeitet.`;
    },
    saidFailed: (name, why) => `${name}: ${why}`,
    saidFailedCount(count) {
      return `${de(count, this)} nicht verarbeitet.`;
    },
  },
  fr: {
    processing(done, total) {
      return `Traitement… ${number(done, this)} sur ${number(total, this)}`;
    },
    failed: {
      unreadable:
        'Envoyé, mais il semble endommagé et ne peut pas être affiché. Enregistrez-le à nouveau et envoyez la nouvelle copie.',
      locked: 'Envoyé, mais protégé par un mot de passe. Pour un aperçu, envoyez-le sans mot de passe.',
      'format-unsupported':
        'Envoyé, mais ce format ne peut pas être affiché. Pour un aperçu, envoyez du JPEG, PNG ou PDF.',
      'too-large': 'Envoyé, mais trop grand pour être affiché. Pour un aperçu, envoyez-en un plus petit.',
      'too-costly': 'Envoyé, mais l’aperçu prenait trop de temps. Pour un aperçu, envoyez un fichier plus simple.',
      harmful: 'Un contenu dangereux y a été trouvé. Analysez-le avec un antivirus avant de l’utiliser.',
      'given-up': 'Envoyé, mais il n’a pas pu être traité. Prévenez le responsable de cette page.',
    },
    saidStarted(count, name) {
      return `Traitement de ${named(fr, count, name, this)}.`;
    },
    saidDone(count, name) {
      return `Traitement terminé\u202f: ${named(fr, count, name, this)}.`;
    },
    saidFailed: (name, why) => `${name}\u202f: ${why}`,
    saidFailedCount(count) {
      return `Traitement impossible\u202f: ${fr(count, this)}.`;
    },
  },
  es: {
    processing(done, total) {
      return `Procesando… ${number(done, this)} de ${number(total, this)}`;
    },
    failed: {
      unreadable: 'Subido, pero parece dañado y no se puede mostrar. Guárdalo de nuevo y sube esa copia.',
      locked: 'Subido, pero tiene contraseña. Súbelo sin ella para ver una vista previa.',
      'format-unsupported':
        'Subido, pero este formato no se puede mostrar. Sube JPEG, PNG o PDF para ver una vista previa.',
      'too-large': 'Subido, pero es demasiado grande para mostrarlo. Sube uno más pequeño para ver una vista previa.',
      'too-costly': 'Subido, pero la vista previa tardaba demasiado. Sube un archivo más sencillo para verla.',
      harmful: 'Se encontró algo dañino en él. Revísalo con un antivirus antes de usarlo.',
      'given-up': 'Subido, pero no se pudo procesar. Avisa a quien administra esta página.',
    },
    saidStarted(count, name) {
      return `Procesando ${named(es, count, name, this)}.`;
    },
    saidDone(count, name) {
      return `Procesamiento terminado: ${named(es, count, name, this)}.`;
    },
    saidFailed: (name, why) => `${name}: ${why}`,
    saidFailedCount(count) {
      return `Sin procesar: ${es(count, this)}.`;
    },
  },
  pt: {
    processing(done, total) {
      return `Processando… ${number(done, this)} de ${number(total, this)}`;
    },
    failed: {
      unreadable: 'Enviado, mas parece danificado e não pode ser exibido. Salve-o de novo e envie essa cópia.',
      locked: 'Enviado, mas tem senha. Envie-o sem senha para ter uma prévia.',
      'format-unsupported':
        'Enviado, mas este formato não pode ser exibido. Envie JPEG, PNG ou PDF para ter uma prévia.',
      'too-large': 'Enviado, mas grande demais para ser exibido. Envie um menor para ter uma prévia.',
      'too-costly': 'Enviado, mas a prévia demorou demais. Envie um arquivo mais simples para ter uma prévia.',
      harmful: 'Algo nocivo foi encontrado nele. Verifique-o com um antivírus antes de usá-lo.',
      'given-up': 'Enviado, mas não pôde ser processado. Avise o responsável pela página.',
    },
    saidStarted(count, name) {
      return `Processando ${named(pt, count, name, this)}.`;
    },
    saidDone(count, name) {
      return `Processamento concluído: ${named(pt, count, name, this)}.`;
    },
    saidFailed: (name, why) => `${name}: ${why}`,
    saidFailedCount(count) {
      return `Não foi possível processar ${pt(count, this)}.`;
    },
  },
  ja: {
    processing(done, total) {
      return `処理中… ${number(total, this)} 件中 ${number(done, this)} 件`;
    },
    failed: {
      unreadable: 'アップロード済みですが、破損しているようで表示できません。保存し直してアップロードしてください。',
      locked:
        'アップロード済みですが、パスワードで保護されています。プレビューするにはパスワードなしでアップロードしてください。',
      'format-unsupported':
        'アップロード済みですが、この種類のファイルは表示できません。プレビューするには JPEG、PNG、PDF でアップロードしてください。',
      'too-large':
        'アップロード済みですが、大きすぎて表示できません。プレビューするにはもっと小さいファイルをアップロードしてください。',
      'too-costly':
        'アップロード済みですが、時間がかかりすぎて表示できません。プレビューするにはもっと単純なファイルをアップロードしてください。',
      harmful: '有害なものが見つかりました。使う前にウイルス対策ソフトで確認してください。',
      'given-up': 'アップロード済みですが、処理できませんでした。ページの管理者に知らせてください。',
    },
    saidStarted(count, name) {
      return `${named(ja, count, name, this)}を処理しています。`;
    },
    saidDone(count, name) {
      return `${named(ja, count, name, this)}の処理が終わりました。`;
    },
    saidFailed: (name, why) => `${name}：${why}`,
    saidFailedCount(count) {
      return `${ja(count, this)}は処理できませんでした。`;
    },
  },
  zh: {
    processing(done, total) {
      return `处理中… ${number(done, this)} / ${number(total, this)}`;
    },
    failed: {
      unreadable: '已上传，但文件似乎已损坏，无法显示。请重新保存后再上传。',
      locked: '已上传，但文件有密码保护。如需预览，请上传没有密码的文件。',
      'format-unsupported': '已上传，但无法显示这种类型。如需预览，请上传 JPEG、PNG 或 PDF。',
      'too-large': '已上传，但文件太大，无法显示。如需预览，请上传较小的文件。',
      'too-costly': '已上传，但处理时间过长，无法显示。如需预览，请上传较简单的文件。',
      harmful: '文件中发现有害内容。使用前请用杀毒软件检查。',
      'given-up': '已上传，但无法处理。请告知页面的管理员。',
    },
    saidStarted(count, name) {
      return `正在处理 ${named(zh, count, name, this)}。`;
    },
    saidDone(count, name) {
      return `已处理完 ${named(zh, count, name, this)}。`;
    },
    saidFailed: (name, why) => `${name}：${why}`,
    saidFailedCount(count) {
      return `${zh(count, this)}未能处理。`;
    },
  },
  ar: {
    processing(done, total) {
      return `تجري المعالجة… ${number(done, this)} من ${number(total, this)}`;
    },
    failed: {
      unreadable: 'رُفع، لكنه يبدو تالفًا ولا يمكن عرضه. احفظه من جديد وارفع النسخة الجديدة.',
      locked: 'رُفع، لكنه محمي بكلمة مرور. ارفعه بدونها للحصول على معاينة.',
      'format-unsupported': 'رُفع، لكن لا يمكن عرض هذه الصيغة. ارفع JPEG أو PNG أو PDF للحصول على معاينة.',
      'too-large': 'رُفع، لكنه أكبر من أن يُعرض. ارفع ملفًا أصغر للحصول على معاينة.',
      'too-costly': 'رُفع، لكن عرضه استغرق وقتًا طويلًا. ارفع ملفًا أبسط للحصول على معاينة.',
      harmful: 'عُثر فيه على شيء ضار. افحصه ببرنامج مكافحة الفيروسات قبل استخدامه.',
      'given-up': 'رُفع، لكن تعذّرت معالجته. أبلغ المسؤول عن هذه الصفحة.',
    },
    saidStarted(count, name) {
      return `تجري معالجة ${named(ar, count, name, this)}.`;
    },
    saidDone(count, name) {
      return `اكتملت معالجة ${named(ar, count, name, this)}.`;
    },
    saidFailed: (name, why) => `${name}: ${why}`,
    saidFailedCount(count) {
      return `تعذّرت معالجة ${ar(count, this)}.`;
    },
  },
};

/** The words for a locale such as `pt-BR`; English where there are none in its language. */
export const processingWords = (locale: string): ProcessingWords & Speaker => ({
  ...(PROCESSING_WORDS[locale.split('-')[0] ?? ''] ?? (PROCESSING_WORDS['en'] as ProcessingWords)),
  locale,
});
