import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('de');
const list = choiceOf('de');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string => plural(count, { one: '# Datei', other: '# Dateien' }, by);

const misunderstood = {
  title: 'Der Upload konnte nicht gestartet werden',
  message: 'Diese Seite und ihr Upload-Server passen nicht zusammen.',
  hint: 'Laden Sie die Seite neu. Wenn das nicht hilft, wenden Sie sich an den Betreiber der Seite.',
};
const gone = {
  title: 'Den Upload gibt es nicht mehr',
  message: 'Dieser Upload ist nicht mehr im Speicher. Vielleicht wurde er dort gelöscht.',
  hint: 'Wiederholen Sie den Upload, um die Datei neu zu senden.',
};
const incomplete = {
  title: 'Die Datei ist nicht vollständig angekommen',
  message: 'Was im Speicher angekommen ist, stimmt nicht mit der gewählten Datei überein.',
  hint: 'Wiederholen Sie den Upload, um die Datei neu zu senden.',
};

/** German. */
export const german: Strings = {
  locale: 'de',
  chooseFiles: 'Dateien auswählen',
  chooseFolder: 'Ordner auswählen',
  dropHere: 'Dateien oder Ordner hier ablegen',
  dropNow: 'Loslassen zum Hinzufügen',
  uploads: 'Uploads',
  pauseAll: 'Alle anhalten',
  resumeAll: 'Alle fortsetzen',
  retryAll: 'Fehlgeschlagene wiederholen',
  cancelAll: 'Alle abbrechen',
  clear: 'Fertige entfernen',
  start: 'Hochladen',
  dismiss: 'Schließen',
  pause: (name) => `${name} anhalten`,
  resume: (name) => `${name} fortsetzen`,
  retry: (name) => `Wiederholen: ${name}`,
  cancel: (name) => `${name} abbrechen`,
  remove: (name) => `${name} aus der Liste entfernen`,
  retryShort: 'Wiederholen',
  resumeShort: 'Fortsetzen',
  progressOf: (name) => `Fortschritt von ${name}`,
  totalProgress: 'Fortschritt aller Dateien',
  status: {
    queued: 'Wartet',
    preparing: 'Wird vorbereitet',
    resuming: 'Wird fortgesetzt',
    uploading: 'Wird hochgeladen',
    retrying: 'Unterbrochen, neuer Versuch',
    offline: 'Sie sind offline',
    paused: 'Angehalten',
    verifying: 'Alles gesendet, die Datei wird geprüft',
    complete: 'Hochgeladen',
    failed: 'Nicht hochgeladen',
    canceled: 'Abgebrochen',
  },
  loadedOf: (loaded, total) => `${loaded} von ${total}`,
  timeLeft: (duration) => `noch ${duration}`,
  unseen: 'Wird hochgeladen; der Fortschritt lässt sich nicht anzeigen',
  networkAsked: 'Ihr Browser fragt, ob diese Seite Ihr lokales Netzwerk erreichen darf: Erlauben Sie es',
  passedOn: 'Gesendet, wird zum Speicher weitergeleitet',
  retryingIn: (duration) => `Unterbrochen, neuer Versuch in ${duration}`,
  resumingFrom: (percent) => `Wird bei ${percent} fortgesetzt`,
  offlineHint: 'Sie sind offline. Der Upload geht von selbst weiter, sobald Sie wieder verbunden sind.',
  pausedAt: (percent) => `Angehalten bei ${percent}`,
  failedTitle: 'Nicht hochgeladen',
  uploadingCount(done, total) {
    return `${number(done, this)} von ${files(total, this)} hochgeladen`;
  },
  allComplete(count) {
    return `${files(count, this)} hochgeladen`;
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? plural(failed, { one: '# Datei nicht hochgeladen', other: '# Dateien nicht hochgeladen' }, this)
      : `${files(done, this)} hochgeladen, ${number(failed, this)} nicht`;
  },
  pausedCount(count) {
    return `${files(count, this)} angehalten`;
  },
  waitingCount(count) {
    return `${files(count, this)} bereit zum Hochladen`;
  },
  limitSize: (size) => `je bis ${size}`,
  limitCount(count) {
    return `höchstens ${files(count, this)}`;
  },
  types: {
    image: 'Bilder',
    video: 'Videos',
    audio: 'Audio',
    text: 'Textdateien',
    font: 'Schriften',
    word: 'Word-Dokumente',
    excel: 'Excel-Tabellen',
    powerpoint: 'PowerPoint-Präsentationen',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} ist ${size} groß. Erlaubt sind höchstens ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} ist nur ${size} groß. Nötig sind mindestens ${limit}.`,
  refusedType: (name, types) => `Dateien wie ${name} werden hier nicht angenommen. Wählen Sie ${list(types)}.`,
  refusedDuplicate: (name) => `${name} ist schon in der Liste.`,
  refusedCount(limit) {
    return `Höchstens ${files(limit, this)} auf einmal. Wählen Sie weniger, oder entfernen Sie welche aus der Liste.`;
  },
  refusedSecond: (name) => `Nur eine Datei ist möglich, und ${name} ist schon in der Liste.`,
  replaceWith: (name) => `Stattdessen ${name} verwenden`,
  refusedTotalSize: (limit) => `Zusammen sind die Dateien größer als ${limit}. Wählen Sie weniger.`,
  refusedUnreadable: (name) =>
    `${name} lässt sich nicht lesen. Prüfen Sie, ob es die Datei noch gibt und ob Sie sie öffnen dürfen.`,
  refusedNothing: 'Keine Dateien gefunden. Ist der Ordner leer?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore(count) {
    return plural(count, { other: 'Und # weitere.' }, this);
  },
  saidStarted(count, name) {
    return count === 1 ? `${name} wird hochgeladen.` : `${files(count, this)} werden hochgeladen.`;
  },
  saidComplete(count, name) {
    return count === 1 ? `${name} ist hochgeladen.` : `${files(count, this)} sind hochgeladen.`;
  },
  saidFailed: (name, message, hint) => `${name} wurde nicht hochgeladen. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return `${files(count, this)} nicht hochgeladen.`;
  },
  saidOffline: 'Sie sind offline. Die Uploads gehen von selbst weiter, sobald Sie wieder verbunden sind.',
  saidOnline: 'Sie sind wieder online. Die Uploads gehen weiter.',
  unfinishedTitle(count) {
    return plural(count, { one: '# nicht beendeter Upload', other: '# nicht beendete Uploads' }, this);
  },
  unfinishedFacts: (size, ago) => `${size}, ${ago} begonnen`,
  unfinishedPick: 'Wählen Sie zum Fortsetzen dieselbe Datei noch einmal aus.',
  continueUpload: (name) => `Fortsetzen: ${name}`,
  continueShort: 'Fortsetzen',
  discardUpload: (name) => `Verwerfen: ${name}`,
  discardShort: 'Verwerfen',
  formRequired: 'Fügen Sie eine Datei hinzu.',
  formUnfinished: 'Warten Sie, bis der Upload fertig ist, oder brechen Sie ihn ab.',
  formFailed:
    'Eine Datei wurde nicht hochgeladen. Wiederholen Sie den Upload, oder entfernen Sie die Datei aus der Liste.',
  errors: {
    'no-progress': {
      title: 'Die Verbindung ist abgebrochen',
      message: 'Der Speicher war lange nicht erreichbar.',
      hint: 'Prüfen Sie Ihre Verbindung und wiederholen Sie den Upload. Was schon gesendet ist, bleibt erhalten.',
    },
    'server-refused': {
      title: 'Die Datei wurde nicht angenommen',
      message: 'Der Upload-Server hat die Datei abgelehnt.',
      hint: 'Wählen Sie eine andere Datei, oder fragen Sie den Betreiber der Seite.',
    },
    'store-refused': {
      title: 'Die Datei konnte nicht gespeichert werden',
      message: 'Der Speicher hat sie abgelehnt.',
      hint: 'Wiederholen Sie den Upload später. Wenn das nicht hilft, wenden Sie sich an den Betreiber der Seite.',
    },
    'file-unreadable': {
      title: 'Die Datei lässt sich nicht lesen',
      message: 'Vielleicht wurde sie verschoben, geändert oder gelöscht, nachdem Sie sie ausgewählt haben.',
      hint: 'Wählen Sie die Datei noch einmal aus.',
    },
    'file-changed': {
      title: 'Es ist nicht dieselbe Datei',
      message: 'Das ist nicht die Datei, deren Upload begonnen hat, oder sie wurde seitdem geändert.',
      hint: 'Um sie so hochzuladen, wie sie jetzt ist, fügen Sie sie noch einmal hinzu. Um den begonnenen Upload fortzusetzen, wählen Sie die unveränderte Datei.',
    },
    'remote-refused': {
      title: 'Die Datei liegt bei einem anderen Dienst',
      message: 'Diese Seite kann sie von dort nicht übernehmen.',
      hint: 'Laden Sie sie auf Ihr Gerät herunter und fügen Sie sie von dort hinzu.',
    },
    'remote-failed': {
      title: 'Die Datei konnte nicht geholt werden',
      message: 'Der Dienst, bei dem sie liegt, hat sie nicht geliefert.',
      hint: 'Wiederholen Sie den Upload. Wenn das nicht hilft, laden Sie die Datei auf Ihr Gerät herunter und fügen Sie sie von dort hinzu.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'Der Speicher ist nicht für Uploads eingerichtet',
      message: 'Der Speicher hat die Datei angenommen, aber diese Seite darf seine Antworten nicht lesen.',
      hint: 'Wenden Sie sich an den Betreiber der Seite.',
    },
    'store-unreadable': {
      title: 'Diese Seite darf den Speicher nicht benutzen',
      message: 'Der Speicher ist erreichbar, aber diese Seite darf seine Antworten nicht lesen.',
      hint: 'Wenden Sie sich an den Betreiber der Seite.',
    },
    'server-unreadable': {
      title: 'Diese Seite darf den Upload-Server nicht benutzen',
      message: 'Der Upload-Server ist erreichbar, aber diese Seite darf seine Antworten nicht lesen.',
      hint: 'Wenden Sie sich an den Betreiber der Seite.',
    },
    'local-network-denied': {
      title: 'Diese Seite darf Ihr lokales Netzwerk nicht erreichen',
      message: 'Die Dateien sollen in Ihr lokales Netzwerk, aber Ihr Browser lässt diese Seite nicht hinein.',
      hint: 'Erlauben Sie dieser Seite über das Symbol vor ihrer Adresse den Zugriff auf das lokale Netzwerk, und wiederholen Sie dann den Upload.',
    },
    'gateway-refused': {
      title: 'Der Upload wurde unterwegs abgelehnt',
      message: 'Etwas zwischen Ihrem Gerät und dem Speicher hat den Upload abgelehnt.',
      hint: 'Wiederholen Sie den Upload, auch in einem anderen Netz. Wenn das nicht hilft, wenden Sie sich an den Betreiber der Seite.',
    },
    'too-slow': {
      title: 'Die Verbindung ist zu langsam',
      message: 'Etwas zwischen Ihrem Gerät und dem Speicher beendet jeden Teil des Uploads, bevor er angekommen ist.',
      hint: 'Wiederholen Sie den Upload mit einer schnelleren Verbindung. Was schon gesendet ist, bleibt erhalten.',
    },
    'invalid-response': {
      title: 'Die Antwort kam von woanders',
      message: 'Geantwortet hat nicht der Upload-Server. Vielleicht verlangt Ihr Netz eine Anmeldung.',
      hint: 'Öffnen Sie eine andere Seite und melden Sie sich bei Ihrem Netz an. Wiederholen Sie danach den Upload.',
    },
    'app-callback': {
      title: 'Der Upload konnte nicht vorbereitet werden',
      message: 'Auf dieser Seite ging etwas schief.',
      hint: 'Wiederholen Sie den Upload. Wenn das nicht hilft, wenden Sie sich an den Betreiber der Seite.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'Sie dürfen hier nicht hochladen',
      message: 'Sie sind nicht angemeldet, oder Ihnen fehlt das Recht dazu.',
      hint: 'Melden Sie sich neu an und wiederholen Sie den Upload.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'Der Upload dauerte zu lange',
      message: 'Die Erlaubnis für diesen Upload ist abgelaufen.',
      hint: 'Entfernen Sie die Datei aus der Liste und fügen Sie sie neu hinzu.',
    },
    'place-refused': {
      title: 'Dorthin dürfen Sie nicht mehr hochladen',
      message: 'Ihnen fehlt jetzt das Recht, diese Datei dort zu speichern.',
      hint: 'Entfernen Sie die Datei aus der Liste und fügen Sie sie neu hinzu.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'Der Name ist vergeben',
      message: 'Eine Datei dieses Namens gibt es schon, und sie wird nicht überschrieben.',
      hint: 'Benennen Sie die Datei um und fügen Sie sie neu hinzu.',
    },
    'name-refused': {
      title: 'Dieser Name ist nicht möglich',
      message: 'Unter diesem Namen kann die Datei nicht gespeichert werden.',
      hint: 'Benennen Sie die Datei um und fügen Sie sie neu hinzu.',
    },
    'too-large': {
      title: 'Die Datei ist zu groß',
      message: 'Die Datei ist größer, als hier erlaubt ist.',
      hint: 'Wählen Sie eine kleinere Datei.',
    },
    'too-small': {
      title: 'Die Datei ist zu klein',
      message: 'Die Datei ist kleiner, als hier erlaubt ist. Vielleicht ist sie leer.',
      hint: 'Prüfen Sie die Datei und wählen Sie sie noch einmal aus.',
    },
    'too-many-files': {
      title: 'Zu viele Dateien',
      message: 'Es wurden mehr Dateien auf einmal gesendet, als erlaubt sind.',
      hint: 'Wählen Sie weniger Dateien.',
    },
    'quota-exceeded': {
      title: 'Kein Speicherplatz mehr',
      message: 'Für die Datei reicht Ihr Speicherplatz nicht.',
      hint: 'Löschen Sie etwas, oder wählen Sie eine kleinere Datei.',
    },
    'type-refused': {
      title: 'Dieser Dateityp wird nicht angenommen',
      message: 'Dateien dieses Typs werden hier nicht angenommen, oder die Datei ist nicht, was ihr Name sagt.',
      hint: 'Wählen Sie eine Datei eines anderen Typs.',
    },
    'scan-refused': {
      title: 'Die Datei ist nicht sicher',
      message: 'In dieser Datei wurde etwas Schädliches gefunden. Sie wurde nicht gespeichert.',
      hint: 'Prüfen Sie die Datei mit einem Virenscanner, bevor Sie sie noch einmal auswählen.',
    },
    'rate-limited': {
      title: 'Zu viele Uploads auf einmal',
      message: 'Der Upload-Server bekommt gerade zu viele Anfragen.',
      hint: 'Warten Sie eine Minute und wiederholen Sie den Upload.',
    },
    internal: {
      title: 'Der Upload-Server hat ein Problem',
      message: 'Auf dem Upload-Server ging etwas schief.',
      hint: 'Wiederholen Sie den Upload. Wenn das nicht hilft, wenden Sie sich an den Betreiber der Seite.',
    },
    'store-unavailable': {
      title: 'Der Speicher ist nicht erreichbar',
      message: 'Der Upload-Server konnte den Speicher nicht erreichen.',
      hint: 'Warten Sie eine Minute und wiederholen Sie den Upload.',
    },
  },
};
