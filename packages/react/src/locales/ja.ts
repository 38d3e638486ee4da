import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('ja');
const list = choiceOf('ja');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string => plural(count, { other: '# 件のファイル' }, by);

const misunderstood = {
  title: 'アップロードを開始できませんでした',
  message: 'このページとアップロードサーバーの通信に問題が発生しました。',
  hint: 'ページを再読み込みしてください。直らない場合は、ページの管理者に知らせてください。',
};
const gone = {
  title: 'アップロードが見つかりません',
  message: 'このアップロードは保存先に残っていません。削除された可能性があります。',
  hint: '再試行して、ファイルをもう一度送信してください。',
};
const incomplete = {
  title: 'ファイルが正しく届きませんでした',
  message: '保存先に届いた内容が、選択したファイルと一致しません。',
  hint: '再試行して、ファイルをもう一度送信してください。',
};

/** Japanese. */
export const japanese: Strings = {
  locale: 'ja',
  chooseFiles: 'ファイルを選択',
  chooseFolder: 'フォルダーを選択',
  dropHere: 'ここにファイルやフォルダーをドロップ',
  dropNow: '離すと追加されます',
  uploads: 'アップロード',
  pauseAll: 'すべて一時停止',
  resumeAll: 'すべて再開',
  retryAll: '失敗したものを再試行',
  cancelAll: 'すべてキャンセル',
  clear: '完了したものをクリア',
  start: 'アップロード',
  dismiss: '閉じる',
  pause: (name) => `${name} を一時停止`,
  resume: (name) => `${name} を再開`,
  retry: (name) => `再試行：${name}`,
  cancel: (name) => `${name} をキャンセル`,
  remove: (name) => `${name} をリストから削除`,
  retryShort: '再試行',
  resumeShort: '再開',
  progressOf: (name) => `${name} の進行状況`,
  totalProgress: 'すべてのファイルの進行状況',
  status: {
    queued: '待機中',
    preparing: '準備中',
    resuming: '続きから再開しています',
    uploading: 'アップロード中',
    retrying: 'アップロードが中断されました。再試行しています',
    offline: 'オフラインです',
    paused: '一時停止中',
    verifying: '送信完了。ファイルを確認しています',
    complete: 'アップロード済み',
    failed: 'アップロードできませんでした',
    canceled: 'キャンセル済み',
  },
  loadedOf: (loaded, total) => `${loaded} / ${total}`,
  timeLeft: (duration) => `残り ${duration}`,
  unseen: 'アップロード中（進行状況は表示できません）',
  networkAsked: 'このページにローカルネットワークへの接続を許可するか、ブラウザーが確認しています。許可してください',
  passedOn: '送信完了。保存先に転送しています',
  retryingIn: (duration) => `アップロードが中断されました。${duration}後に再試行します`,
  resumingFrom: (percent) => `${percent} から再開しています`,
  offlineHint: 'オフラインです。接続が戻ると自動的に続きます。',
  pausedAt: (percent) => `${percent} で一時停止中`,
  failedTitle: 'アップロードできませんでした',
  uploadingCount(done, total) {
    return `${number(total, this)} 件中 ${number(done, this)} 件をアップロード済み`;
  },
  allComplete(count) {
    return `${files(count, this)}をアップロードしました`;
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? `${files(failed, this)}をアップロードできませんでした`
      : `${files(done, this)}をアップロード、${number(failed, this)} 件は失敗`;
  },
  pausedCount(count) {
    return `${files(count, this)}を一時停止中`;
  },
  waitingCount(count) {
    return `${files(count, this)}がアップロード待ち`;
  },
  limitSize: (size) => `1 件あたり ${size} まで`,
  limitCount(count) {
    return `最大 ${files(count, this)}`;
  },
  types: {
    image: '画像',
    video: '動画',
    audio: '音声',
    text: 'テキストファイル',
    font: 'フォント',
    word: 'Word 文書',
    excel: 'Excel ブック',
    powerpoint: 'PowerPoint プレゼンテーション',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} は ${size} あります。上限は ${limit} です。`,
  refusedTooSmall: (name, size, limit) => `${name} は ${size} しかありません。${limit} 以上が必要です。`,
  refusedType: (name, types) =>
    `${name} のような種類のファイルは、ここでは使えません。${list(types)}を選んでください。`,
  refusedDuplicate: (name) => `${name} はすでにリストにあります。`,
  refusedCount(limit) {
    return `一度にアップロードできるのは ${files(limit, this)}までです。数を減らすか、リストから削除してください。`;
  },
  refusedSecond: (name) => `アップロードできるのは 1 件だけです。${name} がすでにリストにあります。`,
  replaceWith: (name) => `代わりに ${name} を使う`,
  refusedTotalSize: (limit) => `ファイルの合計が ${limit} を超えています。数を減らしてください。`,
  refusedUnreadable: (name) => `${name} を読み取れません。ファイルがあるか、開く権限があるかを確認してください。`,
  refusedNothing: 'ファイルが見つかりません。フォルダーが空ではありませんか。',
  refusedOther: (name, message) => (name ? `${name}：${message}` : message),
  refusedMore(count) {
    return plural(count, { other: 'ほか # 件。' }, this);
  },
  saidStarted(count, name) {
    return `${count === 1 ? `${name} ` : files(count, this)}をアップロードしています。`;
  },
  saidComplete(count, name) {
    return `${count === 1 ? `${name} ` : files(count, this)}をアップロードしました。`;
  },
  saidFailed: (name, message, hint) => `${name} をアップロードできませんでした。${message}${hint}`,
  saidFailedCount(count) {
    return `${files(count, this)}をアップロードできませんでした。`;
  },
  saidOffline: 'オフラインです。接続が戻るとアップロードは自動的に続きます。',
  saidOnline: 'オンラインに戻りました。アップロードを続けます。',
  unfinishedTitle(count) {
    return plural(count, { other: '未完了のアップロード # 件' }, this);
  },
  unfinishedFacts: (size, ago) => `${size}、開始：${ago}`,
  unfinishedPick: '続けるには、同じファイルをもう一度選択してください。',
  continueUpload: (name) => `続ける：${name}`,
  continueShort: '続ける',
  discardUpload: (name) => `破棄：${name}`,
  discardShort: '破棄',
  formRequired: 'ファイルを追加してください。',
  formUnfinished: 'アップロードが終わるまで待つか、キャンセルしてください。',
  formFailed: 'アップロードできなかったファイルがあります。再試行するか、リストから削除してください。',
  errors: {
    'no-progress': {
      title: '接続が切れました',
      message: '保存先に接続できず、長い間アップロードが進みませんでした。',
      hint: '接続を確認して再試行してください。送信済みの部分は残っています。',
    },
    'server-refused': {
      title: 'ファイルを受け付けられませんでした',
      message: 'アップロードサーバーがファイルを拒否しました。',
      hint: '別のファイルを選ぶか、ページの管理者に問い合わせてください。',
    },
    'store-refused': {
      title: 'ファイルを保存できませんでした',
      message: '保存先に拒否されました。',
      hint: 'あとで再試行してください。直らない場合は、ページの管理者に知らせてください。',
    },
    'file-unreadable': {
      title: 'ファイルを読み取れません',
      message: '選択したあとに、移動、変更、または削除された可能性があります。',
      hint: 'ファイルをもう一度選択してください。',
    },
    'file-changed': {
      title: 'ファイルが同じではありません',
      message: 'アップロードを始めたファイルではないか、その後に変更されています。',
      hint: '今の内容でアップロードするには、もう一度追加してください。始めたアップロードを続けるには、元のままのファイルを選んでください。',
    },
    'remote-refused': {
      title: 'ファイルは別のサービスにあります',
      message: 'このページはそこから取り込めません。',
      hint: '端末にダウンロードしてから追加してください。',
    },
    'remote-failed': {
      title: 'ファイルを取得できませんでした',
      message: 'ファイルのあるサービスから受け取れませんでした。',
      hint: '再試行してください。直らない場合は、端末にダウンロードしてから追加してください。',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: '保存先がアップロード用に設定されていません',
      message: '保存先はファイルを受け取りましたが、このページはその応答を読み取れません。',
      hint: 'ページの管理者に知らせてください。',
    },
    'store-unreadable': {
      title: 'このページは保存先を使えません',
      message: '保存先には接続できますが、このページはその応答を読み取れません。',
      hint: 'ページの管理者に知らせてください。',
    },
    'server-unreadable': {
      title: 'このページはアップロードサーバーを使えません',
      message: 'アップロードサーバーには接続できますが、このページはその応答を読み取れません。',
      hint: 'ページの管理者に知らせてください。',
    },
    'local-network-denied': {
      title: 'このページはローカルネットワークに接続できません',
      message: 'ファイルの送り先はローカルネットワークですが、ブラウザーがこのページの接続を許可していません。',
      hint: 'アドレスの前のアイコンから、このページにローカルネットワークへの接続を許可し、再試行してください。',
    },
    'gateway-refused': {
      title: '途中でアップロードが拒否されました',
      message: '端末と保存先の間で、アップロードが拒否されました。',
      hint: '再試行するか、別のネットワークを使ってください。直らない場合は、ページの管理者に知らせてください。',
    },
    'too-slow': {
      title: '接続が遅すぎます',
      message: '端末と保存先の間で、アップロードの各部分が届く前に打ち切られています。',
      hint: 'もっと速い接続で再試行してください。送信済みの部分は残っています。',
    },
    'invalid-response': {
      title: '別のところから応答がありました',
      message: '応答はアップロードサーバーからではありません。ネットワークのログイン画面かもしれません。',
      hint: '別のページを開いてログインが必要か確認し、再試行してください。',
    },
    'app-callback': {
      title: 'アップロードを準備できませんでした',
      message: 'このページで問題が起きました。',
      hint: '再試行してください。直らない場合は、ページの管理者に知らせてください。',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'ここにはアップロードできません',
      message: 'ログインしていないか、権限がありません。',
      hint: 'もう一度ログインして、再試行してください。',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'アップロードに時間がかかりすぎました',
      message: 'このアップロードの有効期限が切れました。',
      hint: 'ファイルをリストから削除して、もう一度追加してください。',
    },
    'place-refused': {
      title: 'この場所にはもうアップロードできません',
      message: 'この場所にファイルを保存する権限がなくなりました。',
      hint: 'ファイルをリストから削除して、もう一度追加してください。',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: '同じ名前のファイルがあります',
      message: 'この名前のファイルはすでにあり、上書きされません。',
      hint: 'ファイル名を変えて、もう一度追加してください。',
    },
    'name-refused': {
      title: 'この名前は使えません',
      message: 'この名前ではファイルを保存できません。',
      hint: 'ファイル名を変えて、もう一度追加してください。',
    },
    'too-large': {
      title: 'ファイルが大きすぎます',
      message: 'ここで許可されている大きさを超えています。',
      hint: 'もっと小さいファイルを選んでください。',
    },
    'too-small': {
      title: 'ファイルが小さすぎます',
      message: 'ここで許可されている大きさに足りません。空のファイルかもしれません。',
      hint: 'ファイルを確認して、もう一度選択してください。',
    },
    'too-many-files': {
      title: 'ファイルが多すぎます',
      message: '一度にアップロードできる数を超えています。',
      hint: 'ファイルの数を減らしてください。',
    },
    'quota-exceeded': {
      title: '空き容量がありません',
      message: '残りの容量ではこのファイルを保存できません。',
      hint: '何かを削除するか、もっと小さいファイルを選んでください。',
    },
    'type-refused': {
      title: 'この種類は受け付けていません',
      message: 'この種類のファイルは使えないか、内容が名前と一致しません。',
      hint: '別の種類のファイルを選んでください。',
    },
    'scan-refused': {
      title: 'ファイルは安全ではありません',
      message: 'このファイルから有害なものが見つかったため、保存されませんでした。',
      hint: 'もう一度選ぶ前に、ウイルス対策ソフトで確認してください。',
    },
    'rate-limited': {
      title: 'アップロードが集中しています',
      message: 'アップロードサーバーが混み合っています。',
      hint: '1 分ほど待って、再試行してください。',
    },
    internal: {
      title: 'アップロードサーバーに問題があります',
      message: 'アップロードサーバーで問題が起きました。',
      hint: '再試行してください。直らない場合は、ページの管理者に知らせてください。',
    },
    'store-unavailable': {
      title: '保存先に接続できません',
      message: 'アップロードサーバーが保存先に接続できませんでした。',
      hint: '1 分ほど待って、再試行してください。',
    },
  },
};
