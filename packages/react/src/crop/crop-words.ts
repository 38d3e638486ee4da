/** What the crop dialog says. */
export interface CropWords {
  readonly title: string;
  /** Of the frame, for screen readers. */
  readonly frame: string;
  readonly zoom: string;
  readonly use: string;
  readonly cancel: string;
}

/** By the language of the catalogue in use. */
export const CROP_WORDS: Readonly<Record<string, CropWords>> = {
  en: {
    title: 'Crop the picture',
    frame: 'What is kept of the picture. The arrow keys move it.',
    zoom: 'Zoom',
    use: 'Use this part',
    cancel: 'Cancel',
  },
  de: {
    title: 'Bild zuschneiden',
    frame: 'Was vom Bild bleibt. Die Pfeiltasten verschieben es.',
    zoom: 'Vergrößern',
    use: 'Ausschnitt verwenden',
    cancel: 'Abbrechen',
  },
  fr: {
    title: "Recadrer l'image",
    frame: "Ce qui reste de l'image. Les flèches la déplacent.",
    zoom: 'Agrandir',
    use: 'Utiliser cette partie',
    cancel: 'Annuler',
  },
  es: {
    title: 'Recortar la imagen',
    frame: 'Lo que queda de la imagen. Las flechas la mueven.',
    zoom: 'Ampliar',
    use: 'Usar esta parte',
    cancel: 'Cancelar',
  },
  pt: {
    title: 'Recortar a imagem',
    frame: 'O que fica da imagem. As setas movem a imagem.',
    zoom: 'Ampliar',
    use: 'Usar esta parte',
    cancel: 'Cancelar',
  },
  ja: {
    title: '画像を切り抜く',
    frame: '画像の残す部分。矢印キーで動かせます。',
    zoom: '拡大',
    use: 'この部分を使う',
    cancel: 'キャンセル',
  },
  zh: {
    title: '裁剪图片',
    frame: '图片保留的部分，可用方向键移动。',
    zoom: '缩放',
    use: '使用这一部分',
    cancel: '取消',
  },
  ar: {
    title: 'قص الصورة',
    frame: 'ما يبقى من الصورة. تحركها مفاتيح الأسهم.',
    zoom: 'تكبير',
    use: 'استخدام هذا الجزء',
    cancel: 'إلغاء',
  },
};

export const cropWords = (locale: string): CropWords =>
  CROP_WORDS[locale.split('-')[0] ?? ''] ?? (CROP_WORDS['en'] as CropWords);
