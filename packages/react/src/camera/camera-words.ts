import { openWord } from './open-word.ts';
import type { CameraFailure } from './photo.ts';

/** What the camera's button and dialog say. */
export interface CameraWords {
  /** On the button, and at the head of the dialog. */
  readonly open: string;
  /** Of what the camera shows now, for screen readers. */
  readonly live: string;
  /** Of the photo that was taken, for screen readers. */
  readonly photo: string;
  readonly take: string;
  readonly again: string;
  readonly use: string;
  readonly cancel: string;
  /** Beside the choice, where there are several. */
  readonly camera: string;
  /** Why the camera shows nothing, and what to do. */
  readonly failures: Readonly<Record<CameraFailure, Readonly<{ title: string; hint: string }>>>;
}

/** By the language of the catalogue in use, without `open`. */
export const CAMERA_WORDS: Readonly<Record<string, Omit<CameraWords, 'open'>>> = {
  en: {
    live: 'What the camera sees',
    photo: 'The photo',
    take: 'Take the photo',
    again: 'Take another one',
    use: 'Use this photo',
    cancel: 'Cancel',
    camera: 'Camera',
    failures: {
      denied: {
        title: 'The camera is blocked',
        hint: 'Allow it for this page in the settings of your browser, then try again.',
      },
      none: { title: 'No camera was found', hint: 'Connect one, then try again. You can also choose a file.' },
      busy: { title: 'The camera is in use', hint: 'Close the other app or page that uses it, then try again.' },
      other: { title: 'The camera could not be started', hint: 'Check that it is connected, then try again.' },
    },
  },
  de: {
    live: 'Was die Kamera sieht',
    photo: 'Das Foto',
    take: 'Auslösen',
    again: 'Noch einmal aufnehmen',
    use: 'Dieses Foto verwenden',
    cancel: 'Abbrechen',
    camera: 'Kamera',
    failures: {
      denied: {
        title: 'Die Kamera ist gesperrt',
        hint: 'Erlauben Sie sie für diese Seite in den Einstellungen des Browsers und versuchen Sie es noch einmal.',
      },
      none: {
        title: 'Keine Kamera gefunden',
        hint: 'Schließen Sie eine an und versuchen Sie es noch einmal. Sie können auch eine Datei auswählen.',
      },
      busy: {
        title: 'Die Kamera wird gerade benutzt',
        hint: 'Schließen Sie die andere App oder Seite, die sie benutzt, und versuchen Sie es noch einmal.',
      },
      other: {
        title: 'Die Kamera konnte nicht gestartet werden',
        hint: 'Prüfen Sie, ob sie angeschlossen ist, und versuchen Sie es noch einmal.',
      },
    },
  },
  fr: {
    live: 'Ce que voit la caméra',
    photo: 'La photo',
    take: 'Prendre la photo',
    again: 'En prendre une autre',
    use: 'Utiliser cette photo',
    cancel: 'Annuler',
    camera: 'Caméra',
    failures: {
      denied: {
        title: 'La caméra est bloquée',
        hint: 'Autorisez-la pour cette page dans les réglages du navigateur, puis réessayez.',
      },
      none: {
        title: 'Aucune caméra trouvée',
        hint: 'Branchez-en une, puis réessayez. Vous pouvez aussi choisir un fichier.',
      },
      busy: {
        title: 'La caméra est déjà utilisée',
        hint: 'Fermez l’autre application ou page qui l’utilise, puis réessayez.',
      },
      other: { title: 'La caméra n’a pas pu démarrer', hint: 'Vérifiez qu’elle est branchée, puis réessayez.' },
    },
  },
  es: {
    live: 'Lo que ve la cámara',
    photo: 'La foto',
    take: 'Hacer la foto',
    again: 'Hacer otra',
    use: 'Usar esta foto',
    cancel: 'Cancelar',
    camera: 'Cámara',
    failures: {
      denied: {
        title: 'La cámara está bloqueada',
        hint: 'Permítela para esta página en los ajustes del navegador y reintenta.',
      },
      none: {
        title: 'No se encontró ninguna cámara',
        hint: 'Conecta una y reintenta. También puedes elegir un archivo.',
      },
      busy: {
        title: 'La cámara se está usando',
        hint: 'Cierra la otra aplicación o página que la usa y reintenta.',
      },
      other: {
        title: 'No se pudo iniciar la cámara',
        hint: 'Comprueba que está conectada y reintenta.',
      },
    },
  },
  pt: {
    live: 'O que a câmera vê',
    photo: 'A foto',
    take: 'Tirar a foto',
    again: 'Tirar outra',
    use: 'Usar esta foto',
    cancel: 'Cancelar',
    camera: 'Câmera',
    failures: {
      denied: {
        title: 'A câmera está bloqueada',
        hint: 'Permita o uso nesta página nas configurações do navegador e tente de novo.',
      },
      none: {
        title: 'Nenhuma câmera encontrada',
        hint: 'Conecte uma e tente de novo. Você também pode escolher um arquivo.',
      },
      busy: {
        title: 'A câmera está em uso',
        hint: 'Feche o outro aplicativo ou página que a usa e tente de novo.',
      },
      other: {
        title: 'Não foi possível iniciar a câmera',
        hint: 'Verifique se ela está conectada e tente de novo.',
      },
    },
  },
  ja: {
    live: 'カメラの映像',
    photo: '撮影した写真',
    take: '撮影する',
    again: '撮り直す',
    use: 'この写真を使う',
    cancel: 'キャンセル',
    camera: 'カメラ',
    failures: {
      denied: {
        title: 'カメラがブロックされています',
        hint: 'ブラウザーの設定でこのページにカメラを許可してから、再試行してください。',
      },
      none: {
        title: 'カメラが見つかりません',
        hint: 'カメラを接続してから、再試行してください。ファイルを選ぶこともできます。',
      },
      busy: {
        title: 'カメラは使用中です',
        hint: 'カメラを使っているほかのアプリやページを閉じてから、再試行してください。',
      },
      other: {
        title: 'カメラを起動できませんでした',
        hint: '接続を確認してから、再試行してください。',
      },
    },
  },
  zh: {
    live: '摄像头画面',
    photo: '拍下的照片',
    take: '拍下照片',
    again: '重拍',
    use: '使用这张照片',
    cancel: '取消',
    camera: '摄像头',
    failures: {
      denied: { title: '摄像头被阻止', hint: '请在浏览器设置中允许此页面使用摄像头，然后重试。' },
      none: { title: '未找到摄像头', hint: '请连接摄像头后重试，也可以选择文件。' },
      busy: { title: '摄像头正在使用中', hint: '请关闭正在使用它的其他应用或页面，然后重试。' },
      other: { title: '无法启动摄像头', hint: '请检查它是否已连接，然后重试。' },
    },
  },
  ar: {
    live: 'ما تراه الكاميرا',
    photo: 'الصورة',
    take: 'التقاط الصورة',
    again: 'التقاط صورة أخرى',
    use: 'استخدام هذه الصورة',
    cancel: 'إلغاء',
    camera: 'الكاميرا',
    failures: {
      denied: {
        title: 'الكاميرا محظورة',
        hint: 'اسمح بها لهذه الصفحة في إعدادات المتصفح، ثم أعد المحاولة.',
      },
      none: {
        title: 'لم يُعثر على كاميرا',
        hint: 'وصّل كاميرا ثم أعد المحاولة، أو اختر ملفًا.',
      },
      busy: {
        title: 'الكاميرا قيد الاستخدام',
        hint: 'أغلق التطبيق أو الصفحة الأخرى التي تستخدمها، ثم أعد المحاولة.',
      },
      other: {
        title: 'تعذّر تشغيل الكاميرا',
        hint: 'تأكد من أنها موصولة، ثم أعد المحاولة.',
      },
    },
  },
};

export const cameraWords = (locale: string): CameraWords => ({
  open: openWord(locale),
  ...(CAMERA_WORDS[locale.split('-')[0] ?? ''] ?? (CAMERA_WORDS['en'] as Omit<CameraWords, 'open'>)),
});
