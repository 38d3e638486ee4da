import { choiceOf, pluralsOf } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('fr');
const list = choiceOf('fr');
const number = (count: number): string => plural(count, { other: '#' });
const files = (count: number): string => plural(count, { one: '# fichier', other: '# fichiers' });

const misunderstood = {
  title: "L'envoi n'a pas pu être convenu",
  message: "Cette page et son serveur d'envoi ne se sont pas compris.",
  hint: 'Rechargez la page. Si le problème persiste, prévenez le responsable de cette page.',
};
const gone = {
  title: "L'envoi a disparu",
  message: 'Le stockage ne connaît plus cet envoi ; il a peut-être été nettoyé.',
  hint: 'Réessayez pour envoyer à nouveau le fichier.',
};
const incomplete = {
  title: "Le fichier n'est pas arrivé entier",
  message: "Ce qui est arrivé au stockage n'est pas identique au fichier choisi.",
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
  retryAll: 'Réessayer les échecs',
  cancelAll: 'Tout annuler',
  clear: 'Retirer les envois terminés',
  start: 'Envoyer',
  dismiss: 'Fermer',
  pause: (name) => `Suspendre ${name}`,
  resume: (name) => `Reprendre ${name}`,
  retry: (name) => `Réessayer ${name}`,
  cancel: (name) => `Annuler ${name}`,
  remove: (name) => `Retirer ${name} de la liste`,
  retryShort: 'Réessayer',
  resumeShort: 'Reprendre',
  progressOf: (name) => `Progression de ${name}`,
  totalProgress: 'Progression de tous les fichiers',
  status: {
    queued: 'En attente',
    resuming: 'Reprise de l’envoi',
    uploading: "En cours d'envoi",
    retrying: 'Interrompu, nouvel essai',
    offline: 'Vous êtes hors ligne',
    paused: 'Suspendu',
    verifying: 'Tout est envoyé, vérification du fichier',
    complete: 'Envoyé',
    failed: 'Non envoyé',
    canceled: 'Annulé',
  },
  loadedOf: (loaded, total) => `${loaded} sur ${total}`,
  timeLeft: (duration) => `encore ${duration}`,
  unseen: "En cours d'envoi, sans progression à afficher",
  retryingIn: (duration) => `Interrompu, nouvel essai dans ${duration}`,
  resumingFrom: (percent) => `Reprise à ${percent}`,
  offlineHint: "Vous êtes hors ligne. L'envoi reprendra de lui-même à votre retour.",
  pausedAt: (percent) => `Suspendu à ${percent}`,
  failedTitle: 'Non envoyé',
  uploadingCount: (done, total) => `${number(done)} sur ${files(total)} envoyés`,
  allComplete: (count) => plural(count, { one: '# fichier envoyé', other: '# fichiers envoyés' }),
  finishedWithFailures: (done, failed) =>
    done === 0
      ? plural(failed, { one: '# fichier non envoyé', other: '# fichiers non envoyés' })
      : `${plural(done, { one: '# fichier envoyé', other: '# fichiers envoyés' })}, ${number(failed)} en échec`,
  pausedCount: (count) => plural(count, { one: '# fichier suspendu', other: '# fichiers suspendus' }),
  waitingCount: (count) => plural(count, { one: '# fichier prêt', other: '# fichiers prêts' }),
  limitSize: (size) => `${size} maximum chacun`,
  limitCount: (count) => `${files(count)} au plus`,
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} fait ${size}. La limite est de ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} ne fait que ${size}. Il faut au moins ${limit}.`,
  refusedType: (name, types) => `${name} n'est pas d'un type accepté ici. Choisissez ${list(types)}.`,
  refusedDuplicate: (name) => `${name} est déjà dans la liste.`,
  refusedCount: (limit) => `${files(limit)} au plus à la fois. Choisissez-en moins ou retirez-en de la liste.`,
  refusedSecond: (name) => `Un seul fichier est possible, et ${name} est dans la liste.`,
  replaceWith: (name) => `Prendre plutôt ${name}`,
  refusedTotalSize: (limit) => `Ensemble, les fichiers dépassent ${limit}. Choisissez-en moins.`,
  refusedUnreadable: (name) => `${name} est illisible. Vérifiez qu'il existe encore et que vous pouvez l'ouvrir.`,
  refusedNothing: 'Il n’y avait aucun fichier dans ce dépôt. Le dossier est-il vide ?',
  refusedOther: (name, message) => (name ? `${name} : ${message}` : message),
  refusedMore: (count) => plural(count, { one: 'Et # autre.', other: 'Et # autres.' }),
  saidStarted: (count, name) => `Envoi de ${count === 1 ? name : files(count)}.`,
  saidComplete: (count, name) =>
    count === 1 ? `${name} est envoyé.` : plural(count, { other: '# fichiers sont envoyés.' }),
  saidFailed: (name, message, hint) => `${name} n'a pas été envoyé. ${message} ${hint}`.trim(),
  saidFailedCount: (count) => plural(count, { other: "# fichiers n'ont pas été envoyés." }),
  saidOffline: "Vous êtes hors ligne. Les envois reprendront d'eux-mêmes à votre retour.",
  saidOnline: 'Les envois continuent.',
  unfinishedTitle: (count) => plural(count, { one: '# envoi inachevé', other: '# envois inachevés' }),
  unfinishedFacts: (size, ago) => `${size}, commencé ${ago}`,
  unfinishedPick: 'Pour continuer, choisissez à nouveau le même fichier.',
  continueUpload: (name) => `Continuer ${name}`,
  continueShort: 'Continuer',
  discardUpload: (name) => `Abandonner ${name}`,
  discardShort: 'Abandonner',
  formRequired: 'Ajoutez un fichier.',
  formUnfinished: "Attendez la fin de l'envoi ou annulez-le.",
  formFailed: "Un fichier n'a pas été envoyé. Réessayez ou retirez-le de la liste.",
  errors: {
    'no-progress': {
      title: "La connexion n'a pas tenu",
      message: "L'envoi n'a pas avancé pendant longtemps, car le stockage était injoignable.",
      hint: 'Vérifiez votre connexion, puis réessayez. Ce qui est déjà envoyé est conservé.',
    },
    'server-refused': {
      title: "Le fichier n'a pas été accepté",
      message: "Le serveur d'envoi a refusé le fichier.",
      hint: 'Choisissez un autre fichier ou demandez au responsable de cette page.',
    },
    'store-refused': {
      title: 'Le stockage a refusé le fichier',
      message: "Le stockage a refusé l'envoi.",
      hint: 'Réessayez plus tard. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'file-unreadable': {
      title: 'Le fichier est illisible',
      message: 'Il a peut-être été déplacé, modifié ou supprimé depuis que vous l’avez choisi.',
      hint: 'Choisissez à nouveau le fichier.',
    },
    'file-changed': {
      title: "Le fichier n'est pas le même",
      message: "Ce n'est pas le fichier dont l'envoi a commencé, ou il a changé depuis.",
      hint: "Pour l'envoyer tel qu'il est maintenant, ajoutez-le à nouveau. Pour continuer l'envoi commencé, choisissez le fichier d'origine.",
    },
    'remote-refused': {
      title: 'Le fichier est chez un autre service',
      message: 'Cette page ne peut pas l’y prendre.',
      hint: 'Téléchargez-le sur votre appareil, puis ajoutez-le depuis là.',
    },
    'remote-failed': {
      title: 'Le fichier n’a pas pu être récupéré',
      message: 'Le service qui le détient, ou le chemin depuis celui-ci, a échoué.',
      hint: 'Appuyez sur Réessayer. Si cela persiste, téléchargez le fichier sur votre appareil et ajoutez-le depuis là.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: "Le stockage n'est pas prêt pour les envois",
      message: "Le stockage a accepté une partie, mais la page n'a pas pu lire son en-tête ETag.",
      hint: 'Dites au responsable de cette page : les règles CORS doivent citer ETag sous ExposeHeaders.',
    },
    'store-unreadable': {
      title: 'Cette page ne peut pas utiliser le stockage',
      message: 'Le stockage est joignable, mais cette page ne peut pas lire ses réponses.',
      hint: 'Prévenez le responsable de cette page ; la console du navigateur en dit plus.',
    },
    'gateway-refused': {
      title: 'Un intermédiaire a refusé l’envoi',
      message: 'Quelque chose entre cette page et le stockage a refusé l’envoi.',
      hint: 'Réessayez, ou changez de réseau. Si cela persiste, prévenez le responsable de cette page.',
    },
    'invalid-answer': {
      title: "Quelque chose s'interpose",
      message: "La réponse ne vient pas du serveur d'envoi. Votre réseau demande peut-être une connexion.",
      hint: 'Ouvrez une autre page pour vous connecter au réseau, puis réessayez.',
    },
    'app-callback': {
      title: "L'envoi n'a pas pu être préparé",
      message: "La page n'a pas pu préparer l'envoi.",
      hint: 'Réessayez. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'Vous ne pouvez pas envoyer ici',
      message: "Vous n'êtes pas connecté, ou vous n'y êtes pas autorisé.",
      hint: 'Reconnectez-vous, puis réessayez.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: "L'envoi a duré trop longtemps",
      message: "L'autorisation de cet envoi a expiré.",
      hint: 'Retirez le fichier de la liste et ajoutez-le à nouveau.',
    },
    'place-refused': {
      title: 'Vous ne pouvez plus envoyer là',
      message: "Cet envoi va à un endroit où vous n'avez plus le droit d'écrire.",
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
    'too-large': {
      title: 'Le fichier est trop grand',
      message: 'Le fichier dépasse la taille permise ici.',
      hint: 'Choisissez un fichier plus petit.',
    },
    'too-small': {
      title: 'Le fichier est trop petit',
      message: "Le fichier n'atteint pas la taille permise ici. Il est peut-être vide.",
      hint: 'Vérifiez le fichier, puis choisissez-le à nouveau.',
    },
    'too-many-files': {
      title: 'Trop de fichiers',
      message: 'Trop de fichiers ont été envoyés à la fois.',
      hint: 'Choisissez moins de fichiers.',
    },
    'quota-exceeded': {
      title: 'Plus de place',
      message: "Le fichier prendrait plus de place qu'il ne vous en reste.",
      hint: 'Supprimez quelque chose ou choisissez un fichier plus petit.',
    },
    'type-refused': {
      title: "Ce type n'est pas accepté",
      message: "Les fichiers de ce type ne sont pas acceptés ici, ou le fichier n'est pas ce que dit son nom.",
      hint: "Choisissez un fichier d'un autre type.",
    },
    'scan-refused': {
      title: "Le fichier n'est pas sûr",
      message: "Quelque chose de nuisible a été trouvé dans ce fichier, et il n'a pas été conservé.",
      hint: 'Vérifiez le fichier avec un antivirus avant de le choisir à nouveau.',
    },
    'rate-limited': {
      title: "Trop d'envois à la fois",
      message: "Le serveur d'envoi est trop sollicité.",
      hint: 'Attendez une minute, puis réessayez.',
    },
    internal: {
      title: "Le serveur d'envoi a un problème",
      message: "Une erreur s'est produite sur le serveur d'envoi.",
      hint: 'Réessayez. Si le problème persiste, prévenez le responsable de cette page.',
    },
    'store-unavailable': {
      title: 'Le stockage est injoignable',
      message: "Le serveur d'envoi n'a pas pu joindre le stockage.",
      hint: 'Attendez une minute, puis réessayez.',
    },
  },
};
