import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('es');
const list = choiceOf('es');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string =>
  plural(count, { one: '# archivo', many: '# de archivos', other: '# archivos' }, by);
const sent = (count: number, by: Speaker): string =>
  plural(count, { one: '# archivo subido', many: '# de archivos subidos', other: '# archivos subidos' }, by);

const misunderstood = {
  title: 'No se pudo iniciar la subida',
  message: 'Esta página y su servidor de subidas no son compatibles.',
  hint: 'Recarga la página. Si sigue igual, avisa a quien la administra.',
};
const gone = {
  title: 'La subida ya no existe',
  message: 'Esta subida ya no está en el almacenamiento. Quizá se eliminó.',
  hint: 'Reintenta para enviar el archivo de nuevo.',
};
const incomplete = {
  title: 'El archivo llegó incompleto',
  message: 'Lo que llegó al almacenamiento no coincide con el archivo elegido.',
  hint: 'Reintenta para enviarlo de nuevo.',
};

/** Spanish. */
export const spanish: Strings = {
  locale: 'es',
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir una carpeta',
  dropHere: 'Suelta aquí archivos o carpetas',
  dropNow: 'Suelta para añadirlos',
  uploads: 'Subidas',
  pauseAll: 'Pausar todo',
  resumeAll: 'Reanudar todo',
  retryAll: 'Reintentar los que fallaron',
  cancelAll: 'Cancelar todo',
  clear: 'Quitar los terminados',
  start: 'Subir',
  dismiss: 'Cerrar',
  pause: (name) => `Pausar ${name}`,
  resume: (name) => `Reanudar ${name}`,
  retry: (name) => `Reintentar ${name}`,
  cancel: (name) => `Cancelar ${name}`,
  remove: (name) => `Quitar ${name} de la lista`,
  retryShort: 'Reintentar',
  resumeShort: 'Reanudar',
  progressOf: (name) => `Progreso de ${name}`,
  totalProgress: 'Progreso de todos los archivos',
  status: {
    queued: 'En espera',
    preparing: 'Preparando',
    resuming: 'Reanudando',
    uploading: 'Subiendo',
    retrying: 'Interrumpido, nuevo intento',
    offline: 'No tienes conexión',
    paused: 'En pausa',
    verifying: 'Todo enviado, comprobando el archivo',
    complete: 'Subido',
    failed: 'No subido',
    canceled: 'Cancelado',
  },
  loadedOf: (loaded, total) => `${loaded} de ${total}`,
  timeLeft: (duration) => `tiempo restante: ${duration}`,
  unseen: 'Subiendo; no se puede mostrar el progreso',
  networkAsked: 'El navegador pregunta si esta página puede acceder a tu red local: permítelo',
  passedOn: 'Enviado; se está pasando al almacenamiento',
  retryingIn: (duration) => `Interrumpido, nuevo intento en ${duration}`,
  resumingFrom: (percent) => `Reanudando desde el ${percent}`,
  offlineHint: 'No tienes conexión. La subida continuará sola cuando vuelva la conexión.',
  pausedAt: (percent) => `En pausa al ${percent}`,
  failedTitle: 'No subido',
  uploadingCount(done, total) {
    return `${number(done, this)} de ${sent(total, this)}`;
  },
  allComplete(count) {
    return sent(count, this);
  },
  finishedWithFailures(done, failed) {
    return done === 0 ? `${files(failed, this)} sin subir` : `${sent(done, this)}, ${number(failed, this)} sin subir`;
  },
  pausedCount(count) {
    return `${files(count, this)} en pausa`;
  },
  waitingCount(count) {
    return plural(count, { one: '# archivo listo', many: '# de archivos listos', other: '# archivos listos' }, this);
  },
  limitSize: (size) => `hasta ${size} por archivo`,
  limitCount(count) {
    return `${files(count, this)} como máximo`;
  },
  types: {
    image: 'imágenes',
    video: 'vídeos',
    audio: 'audio',
    text: 'archivos de texto',
    font: 'fuentes',
    word: 'documentos de Word',
    excel: 'hojas de cálculo de Excel',
    powerpoint: 'presentaciones de PowerPoint',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} ocupa ${size}. El límite es ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} solo ocupa ${size}. El mínimo es ${limit}.`,
  refusedType: (name, types) => `Aquí no se aceptan archivos como ${name}. Elige ${list(types)}.`,
  refusedDuplicate: (name) => `${name} ya está en la lista.`,
  refusedCount(limit) {
    return `Como máximo ${files(limit, this)} a la vez. Elige menos o quita algunos de la lista.`;
  },
  refusedSecond: (name) => `Solo puede haber un archivo, y ${name} ya está en la lista.`,
  replaceWith: (name) => `Usar ${name} en su lugar`,
  refusedTotalSize: (limit) => `Juntos, los archivos superan ${limit}. Elige menos.`,
  refusedUnreadable: (name) => `No se pudo leer ${name}. Comprueba que aún existe y que puedes abrirlo.`,
  refusedNothing: 'No se encontraron archivos. ¿Está vacía la carpeta?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore(count) {
    return plural(count, { other: 'Y # más.' }, this);
  },
  saidStarted(count, name) {
    return `Subiendo ${count === 1 ? name : files(count, this)}.`;
  },
  saidComplete(count, name) {
    return count === 1 ? `${name} se ha subido.` : `Se han subido ${files(count, this)}.`;
  },
  saidFailed: (name, message, hint) => `${name} no se subió. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return plural(
      count,
      {
        one: 'No se subió # archivo.',
        many: 'No se subieron # de archivos.',
        other: 'No se subieron # archivos.',
      },
      this,
    );
  },
  saidOffline: 'No tienes conexión. Las subidas continuarán solas cuando vuelva la conexión.',
  saidOnline: 'Vuelves a tener conexión. Las subidas continúan.',
  unfinishedTitle(count) {
    return plural(
      count,
      { one: '# subida sin terminar', many: '# de subidas sin terminar', other: '# subidas sin terminar' },
      this,
    );
  },
  unfinishedFacts: (size, ago) => `${size}, empezada ${ago}`,
  unfinishedPick: 'Para continuar, elige otra vez el mismo archivo.',
  continueUpload: (name) => `Continuar ${name}`,
  continueShort: 'Continuar',
  discardUpload: (name) => `Descartar ${name}`,
  discardShort: 'Descartar',
  formRequired: 'Añade un archivo.',
  formUnfinished: 'Espera a que termine la subida o cancélala.',
  formFailed: 'Un archivo no se subió. Reinténtalo o quítalo de la lista.',
  errors: {
    'no-progress': {
      title: 'Se perdió la conexión',
      message: 'Durante mucho tiempo no se pudo acceder al almacenamiento.',
      hint: 'Comprueba tu conexión y reintenta. Lo que ya se envió se conserva.',
    },
    'server-refused': {
      title: 'No se aceptó el archivo',
      message: 'El servidor de subidas rechazó el archivo.',
      hint: 'Elige otro archivo o pregunta a quien administra esta página.',
    },
    'store-refused': {
      title: 'No se pudo guardar el archivo',
      message: 'El almacenamiento lo rechazó.',
      hint: 'Reintenta más tarde. Si sigue igual, avisa a quien administra esta página.',
    },
    'file-unreadable': {
      title: 'No se puede leer el archivo',
      message: 'Quizá se movió, cambió o borró desde que lo elegiste.',
      hint: 'Elige el archivo otra vez.',
    },
    'file-changed': {
      title: 'El archivo no es el mismo',
      message: 'No es el archivo cuya subida comenzó, o ha cambiado desde entonces.',
      hint: 'Para subirlo como está ahora, añádelo de nuevo. Para continuar la subida que comenzó, elige el archivo tal como era.',
    },
    'remote-refused': {
      title: 'El archivo está en otro servicio',
      message: 'Esta página no puede obtenerlo de ese servicio.',
      hint: 'Descárgalo en tu dispositivo y añádelo desde allí.',
    },
    'remote-failed': {
      title: 'No se pudo obtener el archivo',
      message: 'El servicio en el que está no lo entregó.',
      hint: 'Reintenta. Si sigue igual, descarga el archivo en tu dispositivo y añádelo desde allí.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'El almacenamiento no está preparado para subidas',
      message: 'El almacenamiento aceptó el archivo, pero esta página no puede leer sus respuestas.',
      hint: 'Avisa a quien administra esta página.',
    },
    'store-unreadable': {
      title: 'Esta página no puede usar el almacenamiento',
      message: 'Se puede acceder al almacenamiento, pero esta página no puede leer sus respuestas.',
      hint: 'Avisa a quien administra esta página.',
    },
    'server-unreadable': {
      title: 'Esta página no puede usar el servidor de subidas',
      message: 'Se puede acceder al servidor de subidas, pero esta página no puede leer sus respuestas.',
      hint: 'Avisa a quien administra esta página.',
    },
    'local-network-denied': {
      title: 'Esta página no puede acceder a tu red local',
      message: 'Los archivos van a tu red local, y el navegador no deja que esta página acceda a ella.',
      hint: 'Permite a esta página el acceso a la red local con el icono situado delante de su dirección y reintenta.',
    },
    'gateway-refused': {
      title: 'La subida se rechazó por el camino',
      message: 'Algo entre tu dispositivo y el almacenamiento rechazó la subida.',
      hint: 'Reintenta o prueba con otra red. Si sigue igual, avisa a quien administra esta página.',
    },
    'too-slow': {
      title: 'Tu conexión es demasiado lenta',
      message:
        'Algo entre tu dispositivo y el almacenamiento corta cada parte de la subida antes de que llegue entera.',
      hint: 'Reintenta con una conexión más rápida. Lo que ya se envió se conserva.',
    },
    'invalid-response': {
      title: 'La respuesta vino de otro lugar',
      message: 'La respuesta no vino del servidor de subidas. Quizá tu red pide iniciar sesión.',
      hint: 'Abre otra página para ver si la red pide iniciar sesión y luego reintenta.',
    },
    'app-callback': {
      title: 'No se pudo preparar la subida',
      message: 'Algo falló en esta página.',
      hint: 'Reintenta. Si sigue igual, avisa a quien administra esta página.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'No puedes subir archivos aquí',
      message: 'No has iniciado sesión o no tienes permiso.',
      hint: 'Inicia sesión de nuevo y reintenta.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'La subida tardó demasiado',
      message: 'El permiso para esta subida ha caducado.',
      hint: 'Quita el archivo de la lista y añádelo de nuevo.',
    },
    'place-refused': {
      title: 'Ya no puedes subir archivos ahí',
      message: 'Ya no tienes permiso para guardar este archivo en ese lugar.',
      hint: 'Quita el archivo de la lista y añádelo de nuevo.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'El nombre ya está en uso',
      message: 'Ya hay un archivo con este nombre, y no se reemplazará.',
      hint: 'Cambia el nombre del archivo y añádelo de nuevo.',
    },
    'name-refused': {
      title: 'Este nombre no se puede usar',
      message: 'El archivo no se puede guardar con este nombre.',
      hint: 'Cambia el nombre del archivo y añádelo de nuevo.',
    },
    'too-large': {
      title: 'El archivo es demasiado grande',
      message: 'El archivo supera el tamaño que se permite aquí.',
      hint: 'Elige un archivo más pequeño.',
    },
    'too-small': {
      title: 'El archivo es demasiado pequeño',
      message: 'El archivo no llega al tamaño que se pide aquí. Quizá está vacío.',
      hint: 'Comprueba el archivo y elígelo otra vez.',
    },
    'too-many-files': {
      title: 'Demasiados archivos',
      message: 'Se enviaron más archivos a la vez de los que se permiten.',
      hint: 'Elige menos archivos.',
    },
    'quota-exceeded': {
      title: 'No queda espacio',
      message: 'El archivo ocuparía más espacio del que te queda.',
      hint: 'Borra algo o elige un archivo más pequeño.',
    },
    'type-refused': {
      title: 'Este tipo no se acepta',
      message: 'Aquí no se aceptan archivos de este tipo, o el archivo no es lo que dice su nombre.',
      hint: 'Elige un archivo de otro tipo.',
    },
    'scan-refused': {
      title: 'El archivo no es seguro',
      message: 'Se encontró algo dañino en este archivo, y no se conservó.',
      hint: 'Revisa el archivo con un antivirus antes de elegirlo otra vez.',
    },
    'rate-limited': {
      title: 'Demasiadas subidas a la vez',
      message: 'El servidor de subidas recibe demasiadas solicitudes.',
      hint: 'Espera un minuto y reintenta.',
    },
    internal: {
      title: 'El servidor de subidas tiene un problema',
      message: 'Algo falló en el servidor de subidas.',
      hint: 'Reintenta. Si sigue igual, avisa a quien administra esta página.',
    },
    'store-unavailable': {
      title: 'No se puede acceder al almacenamiento',
      message: 'El servidor de subidas no pudo acceder al almacenamiento.',
      hint: 'Espera un minuto y reintenta.',
    },
  },
};
