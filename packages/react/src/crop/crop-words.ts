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
    frame: 'The part of the picture that is kept. Move it with the arrow keys.',
    zoom: 'Zoom',
    use: 'Use this part',
    cancel: 'Cancel',
  },
  de: {
    title: 'Bild zuschneiden',
    frame: 'Der Teil des Bildes, der bleibt. Verschieben Sie ihn mit den Pfeiltasten.',
    zoom: 'Vergrößern',
    use: 'Ausschnitt verwenden',
    cancel: 'Abbrechen',
  },
  fr: {
    title: 'Recadrer l’image',
    frame: 'La partie de l’image qui est gardée. Déplacez-la avec les flèches.',
    zoom: 'Agrandir',
    use: 'Utiliser cette partie',
    cancel: 'Annuler',
  },
  es: {
    title: 'Recortar la imagen',
    frame: 'La parte de la imagen que se conserva. Muévela con las flechas.',
    zoom: 'Ampliar',
    use: 'Usar esta parte',
    cancel: 'Cancelar',
  },
  pt: {
    title: 'Recortar a imagem',
    frame: 'A parte da imagem que fica. Mova-a com as setas.',
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
    frame: 'الجزء الذي يبقى من الصورة. حرّكه بمفاتيح الأسهم.',
    zoom: 'تكبير',
    use: 'استخدام هذا الجزء',
    cancel: 'إلغاء',
  },
};

export const cropWords = (locale: string): CropWords =>
  CROP_WORDS[locale.split('-')[0] ?? ''] ?? (CROP_WORDS['en'] as CropWords);
