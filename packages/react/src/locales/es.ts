import { choiceOf, pluralsOf } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('es');
const list = choiceOf('es');
const number = (count: number): string => plural(count, { other: '#' });
const files = (count: number): string => plural(count, { one: '# archivo', other: '# archivos' });

const misunderstood = {
  title: 'No se pudo acordar la subida',
  message: 'Esta página y su servidor de subidas no se entendieron.',
  hint: 'Recarga la página. Si sigue igual, avisa a quien la administra.',
};
const gone = {
  title: 'La subida ya no existe',
  message: 'El almacén ya no conoce esta subida; quizá se hizo limpieza.',
  hint: 'Reintenta para enviar el archivo de nuevo.',
};
const incomplete = {
  title: 'El archivo no llegó entero',
  message: 'Lo que llegó al almacén no es igual al archivo elegido.',
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
  retryAll: 'Reintentar los fallidos',
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
  timeLeft: (duration) => `quedan ${duration}`,
  unseen: 'Subiendo; no hay progreso que mostrar',
  retryingIn: (duration) => `Interrumpido, nuevo intento en ${duration}`,
  resumingFrom: (percent) => `Reanudando desde el ${percent}`,
  offlineHint: 'No tienes conexión. La subida seguirá sola cuando vuelvas.',
  pausedAt: (percent) => `En pausa al ${percent}`,
  failedTitle: 'No subido',
  uploadingCount: (done, total) => `${number(done)} de ${files(total)} subidos`,
  allComplete: (count) => plural(count, { one: '# archivo subido', other: '# archivos subidos' }),
  finishedWithFailures: (done, failed) =>
    done === 0
      ? plural(failed, { one: '# archivo sin subir', other: '# archivos sin subir' })
      : `${plural(done, { one: '# archivo subido', other: '# archivos subidos' })}, ${number(failed)} sin subir`,
  pausedCount: (count) => `${files(count)} en pausa`,
  waitingCount: (count) => plural(count, { one: '# archivo listo', other: '# archivos listos' }),
  limitSize: (size) => `hasta ${size} cada uno`,
  limitCount: (count) => `${files(count)} como máximo`,
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} ocupa ${size}. El límite es ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} solo ocupa ${size}. El mínimo es ${limit}.`,
  refusedType: (name, types) => `${name} no es de un tipo que se acepte aquí. Elige ${list(types)}.`,
  refusedDuplicate: (name) => `${name} ya está en la lista.`,
  refusedCount: (limit) => `Como máximo ${files(limit)} a la vez. Elige menos o quita algunos de la lista.`,
  refusedSecond: (name) => `Solo puede haber un archivo, y ${name} está en la lista.`,
  replaceWith: (name) => `Usar ${name} en su lugar`,
  refusedTotalSize: (limit) => `Juntos, los archivos superan ${limit}. Elige menos.`,
  refusedUnreadable: (name) => `No se pudo leer ${name}. Comprueba que aún existe y que puedes abrirlo.`,
  refusedNothing: 'No había archivos en lo que soltaste. ¿Está vacía la carpeta?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore: (count) => plural(count, { other: 'Y # más.' }),
  saidStarted: (count, name) => `Subiendo ${count === 1 ? name : files(count)}.`,
  saidComplete: (count, name) =>
    count === 1 ? `${name} está subido.` : plural(count, { other: '# archivos están subidos.' }),
  saidFailed: (name, message, hint) => `${name} no se subió. ${message} ${hint}`.trim(),
  saidFailedCount: (count) => plural(count, { other: '# archivos no se subieron.' }),
  saidOffline: 'No tienes conexión. Las subidas seguirán solas cuando vuelvas.',
  saidOnline: 'Las subidas continúan.',
  unfinishedTitle: (count) => plural(count, { one: '# subida sin terminar', other: '# subidas sin terminar' }),
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
      title: 'La conexión no aguantó',
      message: 'La subida no avanzó durante mucho tiempo, porque no se pudo llegar al almacén.',
      hint: 'Comprueba tu conexión y reintenta. Lo que ya se envió se conserva.',
    },
    'server-refused': {
      title: 'El archivo no se aceptó',
      message: 'El servidor de subidas rechazó el archivo.',
      hint: 'Elige otro archivo o pregunta a quien administra esta página.',
    },
    'store-refused': {
      title: 'El almacén rechazó el archivo',
      message: 'El almacén rechazó la subida.',
      hint: 'Inténtalo más tarde. Si sigue igual, avisa a quien administra esta página.',
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
      message: 'Esta página no puede tomarlo de allí.',
      hint: 'Descárgalo a tu dispositivo y añádelo desde allí.',
    },
    'remote-failed': {
      title: 'No se pudo traer el archivo',
      message: 'Falló el servicio que lo tiene, o el camino desde allí.',
      hint: 'Pulsa reintentar. Si sigue igual, descarga el archivo a tu dispositivo y añádelo desde allí.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'El almacén no está preparado para subidas',
      message: 'El almacén aceptó una parte, pero la página no pudo leer su cabecera ETag.',
      hint: 'Di a quien administra esta página: las reglas CORS deben incluir ETag en ExposeHeaders.',
    },
    'store-unreadable': {
      title: 'Esta página no puede usar el almacenamiento',
      message: 'Se puede llegar al almacenamiento, pero esta página no puede leer sus respuestas.',
      hint: 'Avise al responsable de esta página; la consola del navegador dice más.',
    },
    'gateway-refused': {
      title: 'Algo intermedio ha rechazado la subida',
      message: 'Algo entre esta página y el almacenamiento ha rechazado la subida.',
      hint: 'Pulse reintentar o pruebe con otra red. Si sigue igual, avise al responsable de esta página.',
    },
    'invalid-answer': {
      title: 'Algo se interpone',
      message: 'La respuesta no vino del servidor de subidas. Quizá tu red pide iniciar sesión.',
      hint: 'Abre otra página para ver si la red pide iniciar sesión y luego reintenta.',
    },
    'app-callback': {
      title: 'No se pudo preparar la subida',
      message: 'La página no pudo preparar la subida.',
      hint: 'Reintenta. Si sigue igual, avisa a quien administra esta página.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'No puedes subir aquí',
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
      title: 'Ya no puedes subir ahí',
      message: 'Esta subida va a un lugar en el que ya no tienes permiso para escribir.',
      hint: 'Quita el archivo de la lista y añádelo de nuevo.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'El nombre está ocupado',
      message: 'Ya hay un archivo con este nombre, y no se sobrescribe.',
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
      message: 'Se encontró algo dañino en este archivo y no se ha conservado.',
      hint: 'Revisa el archivo con un antivirus antes de elegirlo otra vez.',
    },
    'rate-limited': {
      title: 'Demasiadas subidas a la vez',
      message: 'El servidor de subidas recibe demasiadas peticiones.',
      hint: 'Espera un minuto y reintenta.',
    },
    internal: {
      title: 'El servidor de subidas tiene un problema',
      message: 'Algo falló en el servidor de subidas.',
      hint: 'Reintenta. Si sigue igual, avisa a quien administra esta página.',
    },
    'store-unavailable': {
      title: 'No se puede llegar al almacén',
      message: 'El servidor de subidas no pudo llegar al almacén.',
      hint: 'Espera un minuto y reintenta.',
    },
  },
};
