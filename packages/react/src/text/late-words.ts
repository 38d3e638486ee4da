import { type PluralForms, pluralsOf, type Speaker } from './plural.ts';

/** Words of parts that are loaded late, so not among the other words: pictures, what is offered after a removal, and what is said at the end. */
export interface LateWords {
  /** On the picture of a file: opens it large. */
  show(name: string): string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  /** Beside `undo`, after files were taken out of the list. */
  removed(name: string): string;
  removedCount(this: Speaker, count: number): string;
  readonly undo: string;
  /** Said to screen readers: what `removed` says, and the keys that undo it. */
  saidRemoved(removed: string, keys: string): string;
  /** On the button whose arrow keys move a picture of the gallery. */
  move(name: string): string;
  saidMoved(name: string, place: string, count: string): string;
  /** On the button that folds the tray. */
  readonly files: string;
  /** `12 files`, at the head of a folder. */
  fileCount(this: Speaker, count: number): string;
  /** At the head of the table's columns. */
  readonly columnName: string;
  readonly columnSize: string;
  readonly columnStatus: string;
  readonly columnProgress: string;
  readonly columnActions: string;
  /** On the button of `avatar`, without a picture and with one. */
  readonly choosePicture: string;
  readonly changePicture: string;
  /** `112 MB in 14 sec`, once all files are stored. */
  took(bytes: string, duration: string): string;
}

const counted = (language: string, forms: PluralForms) => {
  const plural = pluralsOf(language);
  return function (this: Speaker, count: number): string {
    return plural(count, forms, this);
  };
};

/** By the language of the catalogue in use. */
export const LATE_WORDS: Readonly<Record<string, LateWords>> = {
  en: {
    show: (name) => `Show ${name}`,
    close: 'Close',
    previous: 'Previous',
    next: 'Next',
    removed: (name) => `${name} removed`,
    removedCount: counted('en', { one: '# file removed', other: '# files removed' }),
    undo: 'Undo',
    saidRemoved: (removed, keys) => `${removed}. To undo, press ${keys}.`,
    took: (bytes, duration) => `${bytes} in ${duration}`,
    move: (name) => `Move ${name} with the arrow keys`,
    saidMoved: (name, place, count) => `${name}: place ${place} of ${count}.`,
    files: 'Files',
    fileCount: counted('en', { one: '# file', other: '# files' }),
    columnName: 'Name',
    columnSize: 'Size',
    columnStatus: 'Status',
    columnProgress: 'Progress',
    columnActions: 'Actions',
    choosePicture: 'Choose a picture',
    changePicture: 'Change the picture',
  },
  de: {
    show: (name) => `${name} anzeigen`,
    close: 'Schließen',
    previous: 'Zurück',
    next: 'Weiter',
    removed: (name) => `${name} entfernt`,
    removedCount: counted('de', { one: '# Datei entfernt', other: '# Dateien entfernt' }),
    undo: 'Rückgängig',
    saidRemoved: (removed, keys) => `${removed}. Rückgängig mit ${keys.replace('Ctrl', 'Strg')}.`,
    took: (bytes, duration) => `${bytes} in ${duration}`,
    move: (name) => `${name} mit den Pfeiltasten verschieben`,
    saidMoved: (name, place, count) => `${name}: Platz ${place} von ${count}.`,
    files: 'Dateien',
    fileCount: counted('de', { one: '# Datei', other: '# Dateien' }),
    columnName: 'Dateiname',
    columnSize: 'Größe',
    columnStatus: 'Status',
    columnProgress: 'Fortschritt',
    columnActions: 'Aktionen',
    choosePicture: 'Bild auswählen',
    changePicture: 'Bild ändern',
  },
  fr: {
    show: (name) => `Afficher ${name}`,
    close: 'Fermer',
    previous: 'Précédent',
    next: 'Suivant',
    removed: (name) => `${name} retiré de la liste`,
    removedCount: counted('fr', {
      one: '# fichier retiré de la liste',
      many: '# de fichiers retirés de la liste',
      other: '# fichiers retirés de la liste',
    }),
    undo: 'Remettre',
    saidRemoved: (removed, keys) => `${removed}. Remettre\u202f: ${keys}.`,
    took: (bytes, duration) => `${bytes} en ${duration}`,
    move: (name) => `Déplacer ${name} avec les flèches`,
    saidMoved: (name, place, count) => `${name}\u202f: place ${place} sur ${count}.`,
    files: 'Fichiers',
    fileCount: counted('fr', { one: '# fichier', many: '# de fichiers', other: '# fichiers' }),
    columnName: 'Nom',
    columnSize: 'Taille',
    columnStatus: 'État',
    columnProgress: 'Progression',
    columnActions: 'Actions',
    choosePicture: 'Choisir une image',
    changePicture: 'Changer d’image',
  },
  es: {
    show: (name) => `Ver ${name}`,
    close: 'Cerrar',
    previous: 'Anterior',
    next: 'Siguiente',
    removed: (name) => `Se quitó ${name} de la lista`,
    removedCount: counted('es', {
      one: 'Se quitó # archivo de la lista',
      many: 'Se quitaron # de archivos de la lista',
      other: 'Se quitaron # archivos de la lista',
    }),
    undo: 'Deshacer',
    saidRemoved: (removed, keys) => `${removed}. Para deshacer, pulsa ${keys}.`,
    took: (bytes, duration) => `${bytes} en ${duration}`,
    move: (name) => `Mover ${name} con las flechas`,
    saidMoved: (name, place, count) => `${name}: posición ${place} de ${count}.`,
    files: 'Archivos',
    fileCount: counted('es', { one: '# archivo', many: '# de archivos', other: '# archivos' }),
    columnName: 'Nombre',
    columnSize: 'Tamaño',
    columnStatus: 'Estado',
    columnProgress: 'Progreso',
    columnActions: 'Acciones',
    choosePicture: 'Elegir una imagen',
    changePicture: 'Cambiar la imagen',
  },
  pt: {
    show: (name) => `Ver ${name}`,
    close: 'Fechar',
    previous: 'Anterior',
    next: 'Próximo',
    removed: (name) => `${name} removido da lista`,
    removedCount: counted('pt', {
      one: '# arquivo removido da lista',
      many: '# de arquivos removidos da lista',
      other: '# arquivos removidos da lista',
    }),
    undo: 'Desfazer',
    saidRemoved: (removed, keys) => `${removed}. Para desfazer, pressione ${keys}.`,
    took: (bytes, duration) => `${bytes} em ${duration}`,
    move: (name) => `Mover ${name} com as setas`,
    saidMoved: (name, place, count) => `${name}: posição ${place} de ${count}.`,
    files: 'Arquivos',
    fileCount: counted('pt', { one: '# arquivo', many: '# de arquivos', other: '# arquivos' }),
    columnName: 'Nome',
    columnSize: 'Tamanho',
    columnStatus: 'Situação',
    columnProgress: 'Progresso',
    columnActions: 'Ações',
    choosePicture: 'Escolher uma imagem',
    changePicture: 'Trocar a imagem',
  },
  ja: {
    show: (name) => `${name} を表示`,
    close: '閉じる',
    previous: '前へ',
    next: '次へ',
    removed: (name) => `${name} をリストから削除しました`,
    removedCount: counted('ja', { other: '# 件をリストから削除しました' }),
    undo: '元に戻す',
    saidRemoved: (removed, keys) => `${removed}。元に戻すには ${keys} を押してください。`,
    took: (bytes, duration) => `${duration}で ${bytes}`,
    move: (name) => `${name} を矢印キーで移動`,
    saidMoved: (name, place, count) => `${name}：${count} 件中 ${place} 番目`,
    files: 'ファイル',
    fileCount: counted('ja', { other: '# 件のファイル' }),
    columnName: '名前',
    columnSize: 'サイズ',
    columnStatus: '状態',
    columnProgress: '進行状況',
    columnActions: '操作',
    choosePicture: '画像を選択',
    changePicture: '画像を変更',
  },
  zh: {
    show: (name) => `查看 ${name}`,
    close: '关闭',
    previous: '上一个',
    next: '下一个',
    removed: (name) => `已从列表移除 ${name}`,
    removedCount: counted('zh', { other: '已从列表移除 # 个文件' }),
    undo: '撤销',
    saidRemoved: (removed, keys) => `${removed}。按 ${keys} 撤销。`,
    took: (bytes, duration) => `${bytes}，用时 ${duration}`,
    move: (name) => `用方向键移动 ${name}`,
    saidMoved: (name, place, count) => `${name}：第 ${place} 个，共 ${count} 个`,
    files: '文件',
    fileCount: counted('zh', { other: '# 个文件' }),
    columnName: '名称',
    columnSize: '大小',
    columnStatus: '状态',
    columnProgress: '进度',
    columnActions: '操作',
    choosePicture: '选择图片',
    changePicture: '更换图片',
  },
  ar: {
    show: (name) => `عرض ${name}`,
    close: 'إغلاق',
    previous: 'السابق',
    next: 'التالي',
    removed: (name) => `أُزيل ${name} من القائمة`,
    removedCount: counted('ar', {
      zero: 'لم يُزل أي ملف',
      one: 'أُزيل ملف واحد من القائمة',
      two: 'أُزيل ملفان من القائمة',
      few: 'أُزيلت # ملفات من القائمة',
      many: 'أُزيل # ملفًا من القائمة',
      other: 'أُزيل # ملف من القائمة',
    }),
    undo: 'تراجع',
    saidRemoved: (removed, keys) => `${removed}. للتراجع اضغط ${keys}.`,
    took: (bytes, duration) => `${bytes} في ${duration}`,
    move: (name) => `نقل ${name} بمفاتيح الأسهم`,
    saidMoved: (name, place, count) => `${name}: الموضع ${place} من ${count}.`,
    files: 'الملفات',
    fileCount: counted('ar', {
      zero: 'لا ملفات',
      one: 'ملف واحد',
      two: 'ملفان',
      few: '# ملفات',
      many: '# ملفًا',
      other: '# ملف',
    }),
    columnName: 'الاسم',
    columnSize: 'الحجم',
    columnStatus: 'الحالة',
    columnProgress: 'التقدّم',
    columnActions: 'الإجراءات',
    choosePicture: 'اختيار صورة',
    changePicture: 'تغيير الصورة',
  },
};

interface Catalogue extends Speaker {
  readonly late?: Partial<LateWords> | undefined;
}

/** The words for a catalogue; English where there are none in its language, and the app's own before both. */
export const lateWords = ({ locale, late }: Catalogue): LateWords & Speaker => ({
  ...(LATE_WORDS[locale.split('-')[0] ?? ''] ?? (LATE_WORDS['en'] as LateWords)),
  ...late,
  locale,
});
