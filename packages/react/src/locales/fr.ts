import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('fr');
const list = choiceOf('fr');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string =>
  plural(count, { one: '# fichier', many: '# de fichiers', other: '# fichiers' }, by);
const sent = (count: number, by: Speaker): string =>
  plural(count, { one: '# fichier envoyé', many: '# de fichiers envoyés', other: '# fichiers envoyés' }, by);

const misunderstood = {
  title: 'L’envoi n’a pas pu démarrer',
  message: 'Cette page et son serveur d’envoi ne sont pas compatibles.',
  hint: 'Rechargez la page. Si le problème persiste, prévenez le responsable de cette page.',
};
const gone = {
  title: 'L’envoi n’existe plus',
  message: 'Cet envoi n’est plus dans l’espace de stockage. Il a peut-être été supprimé.',
  hint: 'Réessayez pour envoyer à nouveau le fichier.',
};
const incomplete = {
  title: 'Le fichier est arrivé incomplet',
  message: 'Ce qui est arrivé dans l’espace de stockage ne correspond pas au fichier choisi.',
  hint: 'Réessayez pour envoyer à nouveau le fichier.',
};

/** French. */
export const french: Strings = {
  locale: 'fr',
  chooseFiles: 'Choisir des fichiers',
  chooseFolder: 'Choisir un dossier',
  dropHere: 'Déposez ici des fichiers ou des dossiers',
  dropNow: 'Relâchez pour ajouter',
  uploads: 'Envois',
  pauseAll: 'Tout suspendre',
  resumeAll: 'Tout reprendre',
  retryAll: 'Réessayer les envois échoués',
  cancelAll: 'Tout annuler',
  clear: 'Retirer les envois terminés',
  start: 'Envoyer',
  dismiss: 'Fermer',
  pause: (name) => `Suspendre l’envoi de ${name}`,
  resume: (name) => `Reprendre l’envoi de ${name}`,
  retry: (name) => `Réessayer l’envoi de ${name}`,
  cancel: (name) => `Annuler l’envoi de ${name}`,
  remove: (name) => `Retirer ${name} de la liste`,
  retryShort: 'Réessayer',
  resumeShort: 'Reprendre',
  progressOf: (name) => `Progression de ${name}`,
  totalProgress: 'Progression de tous les fichiers',
  status: {
    queued: 'En attente',
    preparing: 'Préparation',
    resuming: 'Reprise de l’envoi',
    uploading: 'Envoi en cours',
    retrying: 'Interrompu, nouvelle tentative',
    offline: 'Vous êtes hors ligne',
    paused: 'Suspendu',
    verifying: 'Tout est envoyé, vérification du fichier',
    complete: 'Envoyé',
    failed: 'Non envoyé',
    canceled: 'Annulé',
  },
  loadedOf: (loaded, total) => `${loaded} sur ${total}`,
  timeLeft: (duration) => `encore ${duration}`,
  unseen: 'Envoi en cours, progression non disponible',
  networkAsked: 'Votre navigateur demande si cette page peut accéder à votre réseau local\u202f: autorisez-la',
  passedOn: 'Envoyé, transmission à l’espace de stockage en cours',
  retryingIn: (duration) => `Interrompu, nouvelle tentative dans ${duration}`,
  resumingFrom: (percent) => `Reprise à ${percent}`,
  offlineHint: 'Vous êtes hors ligne. L’envoi reprendra tout seul dès que la connexion sera rétablie.',
  pausedAt: (percent) => `Suspendu à ${percent}`,
  failedTitle: 'Non envoyé',
  uploadingCount(done, total) {
    return `${number(done, this)} sur ${sent(total, this)}`;
  },
  allComplete(count) {
    return sent(count, this);
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? plural(
          failed,
          {
            one: '# fichier non envoyé',
            many: '# de fichiers non envoyés',
            other: '# fichiers non envoyés',
          },
          this,
        )
      : `${sent(done, this)}, ${number(failed, this)} en échec`;
  },
  pausedCount(count) {
    return plural(
      count,
      { one: '# fichier suspendu', many: '# de fichiers suspendus', other: '# fichiers suspendus' },
      this,
    );
  },
  waitingCount(count) {
    return plural(count, { one: '# fichier prêt', many: '# de fichiers prêts', other: '# fichiers prêts' }, this);
  },
  limitSize: (size) => `jusqu’à ${size} par fichier`,
  limitCount(count) {
    return `${files(count, this)} au plus`;
  },
  types: {
    image: 'images',
    video: 'vidéos',
    audio: 'audio',
    text: 'fichiers texte',
    font: 'polices',
    word: 'documents Word',
    excel: 'feuilles de calcul Excel',
    powerpoint: 'présentations PowerPoint',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} fait ${size}. La limite est de ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} ne fait que ${size}. Il faut au moins ${limit}.`,
  refusedType: (name, types) =>
    `Les fichiers comme ${name} ne sont pas acceptés ici. Types acceptés\u202f: ${list(types)}.`,
  refusedDuplicate: (name) => `${name} est déjà dans la liste.`,
  refusedCount(limit) {
    return `${files(limit, this)} au plus à la fois. Choisissez-en moins ou retirez-en de la liste.`;
  },
  refusedSecond: (name) => `Un seul fichier est possible, et ${name} est déjà dans la liste.`,
  replaceWith: (name) => `Utiliser plutôt ${name}`,
  refusedTotalSize: (limit) => `Ensemble, les fichiers dépassent ${limit}. Choisissez-en moins.`,
  refusedUnreadable: (name) =>
    `Impossible de lire ${name}. Vérifiez que le fichier existe encore et que vous pouvez l’ouvrir.`,
  refusedNothing: 'Aucun fichier trouvé. Le dossier est-il vide\u202f?',
  refusedOther: (name, message) => (name ? `${name}\u202f: ${message}` : message),
  refusedMore(count) {
    return plural(count, { one: 'Et # autre.', many: 'Et # d’autres.', other: 'Et # autres.' }, this);
  },
  saidStarted(count, name) {
    return `Envoi de ${count === 1 ? name : files(count, this)}.`;
  },
  saidComplete(count, name) {
    return count === 1 ? `${name} est envoyé.` : `${sent(count, this)}.`;
  },
  saidFailed: (name, message, hint) => `${name} n’a pas été envoyé. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return plural(
      count,
      {
        one: '# fichier n’a pas été envoyé.',
        many: '# de fichiers n’ont pas été envoyés.',
        other: '# fichiers n’ont pas été envoyés.',
      },
      this,
    );
  },
  saidOffline: 'Vous êtes hors ligne. Les envois reprendront tout seuls dès que la connexion sera rétablie.',
  saidOnline: 'Vous êtes de nouveau en ligne. Les envois continuent.',
  unfinishedTitle(count) {
    return plural(
      count,
      { one: '# envoi non terminé', many: '# d’envois non terminés', other: '# envois non terminés' },
      this,
    );
  },
  unfinishedFacts: (size, ago) => `${size}, commencé ${ago}`,
  unfinishedPick: 'Pour continuer, choisissez à nouveau le même fichier.',
  continueUpload: (name) => `Continuer l’envoi de ${name}`,
  continueShort: 'Continuer',
  discardUpload: (name) => `Abandonner l’envoi de ${name}`,
  discardShort: 'Abandonner',
  formRequired: 'Ajoutez un fichier.',
  formUnfinished: 'Attendez la fin de l’envoi ou annulez-le.',
  formFailed: 'Un fichier n’a pas été envoyé. Réessayez ou retirez-le de la liste.',
  errors: {
    'no-progress': {
      title: 'La connexion a été coupée',
      message: 'L’espace de stockage est resté longtemps injoignable.',
      hint: 'Vérifiez votre connexion, puis réessayez. Ce qui est déjà envoyé est conservé.',
    },
    'server-refused': {
      title: 'Le fichier n’a pas été accepté',
      message: 'Le serveur d’envoi a refusé le fichier.',
      hint: 'Choisissez un autre fichier ou adressez-vous au responsable de cette page.',
    },
    'store-refused': {
      title: 'Le fichier n’a pas pu être enregistré',
      message: 'L’espace de stockage l’a refusé.',
      hint: 'Réessayez plus tard. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'file-unreadable': {
      title: 'Impossible de lire le fichier',
      message: 'Il a peut-être été déplacé, modifié ou supprimé depuis que vous l’avez choisi.',
      hint: 'Choisissez à nouveau le fichier.',
    },
    'file-changed': {
      title: 'Le fichier n’est pas le même',
      message: 'Ce n’est pas le fichier dont l’envoi a commencé, ou il a changé depuis.',
      hint: 'Pour l’envoyer tel qu’il est maintenant, ajoutez-le à nouveau. Pour continuer l’envoi commencé, choisissez le fichier d’origine.',
    },
    'remote-refused': {
      title: 'Le fichier se trouve dans un autre service',
      message: 'Cette page ne peut pas le récupérer depuis ce service.',
      hint: 'Téléchargez-le sur votre appareil, puis ajoutez-le à partir de là.',
    },
    'remote-failed': {
      title: 'Le fichier n’a pas pu être récupéré',
      message: 'Le service où il se trouve ne l’a pas fourni.',
      hint: 'Réessayez. Si le problème persiste, téléchargez le fichier sur votre appareil, puis ajoutez-le à partir de là.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'L’espace de stockage n’est pas configuré pour les envois',
      message: 'L’espace de stockage a accepté le fichier, mais cette page ne peut pas lire ses réponses.',
      hint: 'Prévenez le responsable de cette page.',
    },
    'store-unreadable': {
      title: 'Cette page ne peut pas utiliser l’espace de stockage',
      message: 'L’espace de stockage est joignable, mais cette page ne peut pas lire ses réponses.',
      hint: 'Prévenez le responsable de cette page.',
    },
    'server-unreadable': {
      title: 'Cette page ne peut pas utiliser le serveur d’envoi',
      message: 'Le serveur d’envoi est joignable, mais cette page ne peut pas lire ses réponses.',
      hint: 'Prévenez le responsable de cette page.',
    },
    'local-network-denied': {
      title: 'Cette page ne peut pas accéder à votre réseau local',
      message:
        'Les fichiers sont destinés à votre réseau local, mais votre navigateur n’y laisse pas accéder cette page.',
      hint: 'Autorisez cette page à accéder au réseau local, à l’aide de l’icône située devant son adresse, puis réessayez.',
    },
    'gateway-refused': {
      title: 'L’envoi a été refusé en chemin',
      message: 'Quelque chose entre votre appareil et l’espace de stockage a refusé l’envoi.',
      hint: 'Réessayez ou changez de réseau. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'too-slow': {
      title: 'Votre connexion est trop lente',
      message:
        'Quelque chose entre votre appareil et l’espace de stockage interrompt chaque partie de l’envoi avant qu’elle n’arrive en entier.',
      hint: 'Réessayez avec une connexion plus rapide. Ce qui est déjà envoyé est conservé.',
    },
    'invalid-response': {
      title: 'La réponse vient d’ailleurs',
      message: 'La réponse ne vient pas du serveur d’envoi. Votre réseau vous demande peut-être de vous connecter.',
      hint: 'Ouvrez une autre page pour vous connecter au réseau, puis réessayez.',
    },
    'app-callback': {
      title: 'L’envoi n’a pas pu être préparé',
      message: 'Une erreur s’est produite sur cette page.',
      hint: 'Réessayez. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'Vous ne pouvez pas envoyer de fichiers ici',
      message: 'Votre session a pris fin, ou vous n’avez pas l’autorisation nécessaire.',
      hint: 'Reconnectez-vous, puis réessayez.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'L’envoi a duré trop longtemps',
      message: 'L’autorisation de cet envoi a expiré.',
      hint: 'Retirez le fichier de la liste et ajoutez-le à nouveau.',
    },
    'place-refused': {
      title: 'Vous ne pouvez plus envoyer de fichiers à cet endroit',
      message: 'Vous n’avez plus le droit d’enregistrer à l’endroit prévu pour ce fichier.',
      hint: 'Retirez le fichier de la liste et ajoutez-le à nouveau.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'Le nom est déjà pris',
      message: 'Un fichier de ce nom existe déjà, et il ne sera pas remplacé.',
      hint: 'Renommez le fichier et ajoutez-le à nouveau.',
    },
    'name-refused': {
      title: 'Ce nom ne convient pas',
      message: 'Le fichier ne peut pas être enregistré sous ce nom.',
      hint: 'Renommez le fichier et ajoutez-le à nouveau.',
    },
    'too-large': {
      title: 'Le fichier est trop volumineux',
      message: 'Le fichier dépasse la taille permise ici.',
      hint: 'Choisissez un fichier plus petit.',
    },
    'too-small': {
      title: 'Le fichier est trop petit',
      message: 'Le fichier n’atteint pas la taille exigée ici. Il est peut-être vide.',
      hint: 'Vérifiez le fichier, puis choisissez-le à nouveau.',
    },
    'too-many-files': {
      title: 'Trop de fichiers',
      message: 'Trop de fichiers ont été envoyés à la fois.',
      hint: 'Choisissez moins de fichiers.',
    },
    'quota-exceeded': {
      title: 'Il n’y a plus de place',
      message: 'Le fichier prendrait plus de place qu’il ne vous en reste.',
      hint: 'Supprimez quelque chose ou choisissez un fichier plus petit.',
    },
    'type-refused': {
      title: 'Ce type n’est pas accepté',
      message: 'Les fichiers de ce type ne sont pas acceptés ici, ou le fichier n’est pas ce que dit son nom.',
      hint: 'Choisissez un fichier d’un autre type.',
    },
    'scan-refused': {
      title: 'Le fichier n’est pas sûr',
      message: 'Un contenu dangereux a été trouvé dans ce fichier. Il n’a pas été conservé.',
      hint: 'Analysez le fichier avec un antivirus avant de le choisir à nouveau.',
    },
    'rate-limited': {
      title: 'Trop d’envois à la fois',
      message: 'Le serveur d’envoi est trop sollicité.',
      hint: 'Attendez une minute, puis réessayez.',
    },
    internal: {
      title: 'Le serveur d’envoi a un problème',
      message: 'Une erreur s’est produite sur le serveur d’envoi.',
      hint: 'Réessayez. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'store-unavailable': {
      title: 'L’espace de stockage est injoignable',
      message: 'Le serveur d’envoi n’a pas pu joindre l’espace de stockage.',
      hint: 'Attendez une minute, puis réessayez.',
    },
  },
};
