import type { FromUrlWords } from './from-url-words.ts';

type Problems = FromUrlWords['problems'];

/** Why nothing was added, and what to do; by the language of the catalogue in use. */
export const PROBLEM_WORDS: Readonly<Record<string, Problems>> = {
  en: {
    address:
      'This is not the address of a file on the web. Copy it from the browser’s address bar, with https:// in front.',
    refused: 'You may not add files from an address. Sign in again, then try again.',
    server: 'The upload server cannot be reached. Check your connection, then try again.',
    fetch: 'No file could be fetched from there. Check that the address opens without signing in.',
  },
  de: {
    address:
      'Das ist keine Adresse einer Datei im Web. Kopieren Sie sie aus der Adresszeile des Browsers, mit https:// davor.',
    refused:
      'Sie dürfen Dateien nicht über ihre Adresse hinzufügen. Melden Sie sich neu an und versuchen Sie es noch einmal.',
    server: 'Der Upload-Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    fetch: 'Von dort konnte keine Datei geholt werden. Prüfen Sie, ob sich die Adresse ohne Anmeldung öffnen lässt.',
  },
  fr: {
    address:
      'Ce n’est pas l’adresse d’un fichier sur le web. Copiez-la depuis la barre d’adresse du navigateur, avec https:// devant.',
    refused: 'Vous ne pouvez pas ajouter de fichier par son adresse. Reconnectez-vous, puis réessayez.',
    server: 'Le serveur d’envoi est injoignable. Vérifiez votre connexion, puis réessayez.',
    fetch: 'Aucun fichier n’a pu être récupéré à cette adresse. Vérifiez qu’elle s’ouvre sans compte.',
  },
  es: {
    address:
      'No es la dirección de un archivo en la web. Cópiala de la barra de direcciones del navegador, con https:// delante.',
    refused: 'No puedes añadir archivos por su dirección. Vuelve a iniciar sesión y reintenta.',
    server: 'No se puede acceder al servidor de subidas. Comprueba tu conexión y reintenta.',
    fetch: 'No se pudo obtener ningún archivo de ahí. Comprueba que la dirección se abre sin iniciar sesión.',
  },
  pt: {
    address:
      'Este não é o endereço de um arquivo na web. Copie-o da barra de endereços do navegador, com https:// na frente.',
    refused: 'Você não pode adicionar arquivos pelo endereço. Faça login e tente de novo.',
    server: 'Não foi possível acessar o servidor de envios. Verifique sua conexão e tente de novo.',
    fetch: 'Não foi possível buscar um arquivo nesse endereço. Verifique se o endereço abre sem fazer login.',
  },
  ja: {
    address:
      'ウェブ上のファイルのアドレスではありません。ブラウザーのアドレスバーから https:// を含めてコピーしてください。',
    refused: 'アドレスからファイルを追加することはできません。もう一度ログインしてから、再試行してください。',
    server: 'アップロードサーバーに接続できません。接続を確認してから、再試行してください。',
    fetch: 'そこからファイルを取得できませんでした。ログインしなくても開けるアドレスか確認してください。',
  },
  zh: {
    address: '这不是网上文件的网址。请从浏览器的地址栏复制，并以 https:// 开头。',
    refused: '您不能通过网址添加文件。请重新登录，然后重试。',
    server: '无法连接到上传服务器。请检查您的网络连接，然后重试。',
    fetch: '无法从该网址获取文件。请检查该网址是否无需登录即可打开。',
  },
  ar: {
    address: 'هذا ليس عنوان ملف على الويب. انسخه من شريط العنوان في المتصفح، وفي أوله \u2066https://\u2069.',
    refused: 'لا يمكنك إضافة ملفات من عنوان. سجّل الدخول من جديد، ثم أعد المحاولة.',
    server: 'تعذّر الوصول إلى خادم الرفع. تحقق من اتصالك، ثم أعد المحاولة.',
    fetch: 'تعذّر جلب أي ملف من هناك. تأكد من أن العنوان يفتح دون تسجيل الدخول.',
  },
};

export const problemWords = (locale: string): Problems =>
  PROBLEM_WORDS[locale.split('-')[0] ?? ''] ?? (PROBLEM_WORDS['en'] as Problems);
