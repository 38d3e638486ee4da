import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('zh');
const list = choiceOf('zh');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string => plural(count, { other: '# 个文件' }, by);

const misunderstood = {
  title: '无法开始上传',
  message: '此页面与上传服务器之间的通信出现问题。',
  hint: '请重新加载页面。如果问题仍然存在，请告知页面的管理员。',
};
const gone = {
  title: '这次上传已不存在',
  message: '存储服务中已没有这次上传，可能已被删除。',
  hint: '请重试，以重新发送文件。',
};
const incomplete = {
  title: '文件未完整送达',
  message: '存储服务收到的内容与所选文件不一致。',
  hint: '请重试，以重新发送文件。',
};

/** Chinese, simplified. */
export const chinese: Strings = {
  locale: 'zh',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  dropHere: '将文件或文件夹拖放到这里',
  dropNow: '松开即可添加',
  uploads: '上传列表',
  pauseAll: '全部暂停',
  resumeAll: '全部继续',
  retryAll: '重试失败的文件',
  cancelAll: '全部取消',
  clear: '清除已完成的',
  start: '上传',
  dismiss: '关闭',
  pause: (name) => `暂停 ${name}`,
  resume: (name) => `继续 ${name}`,
  retry: (name) => `重试 ${name}`,
  cancel: (name) => `取消 ${name}`,
  remove: (name) => `从列表中移除 ${name}`,
  retryShort: '重试',
  resumeShort: '继续',
  progressOf: (name) => `${name} 的进度`,
  totalProgress: '所有文件的进度',
  status: {
    queued: '等待中',
    preparing: '准备中',
    resuming: '正在继续上传',
    uploading: '正在上传',
    retrying: '上传中断，正在重试',
    offline: '您已离线',
    paused: '已暂停',
    verifying: '已全部发送，正在检查文件',
    complete: '已上传',
    failed: '未上传',
    canceled: '已取消',
  },
  loadedOf: (loaded, total) => `${loaded} / ${total}`,
  timeLeft: (duration) => `剩余 ${duration}`,
  unseen: '正在上传，无法显示进度',
  networkAsked: '浏览器正在询问是否允许此页面访问您的本地网络：请允许',
  passedOn: '已发送，正在转交给存储服务',
  retryingIn: (duration) => `上传中断，${duration}后重试`,
  resumingFrom: (percent) => `正在从 ${percent} 处继续`,
  offlineHint: '您已离线。恢复连接后会自动继续上传。',
  pausedAt: (percent) => `已暂停于 ${percent}`,
  failedTitle: '未上传',
  uploadingCount(done, total) {
    return `已上传 ${number(done, this)} 个，共 ${files(total, this)}`;
  },
  allComplete(count) {
    return `已上传 ${files(count, this)}`;
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? `${files(failed, this)}未能上传`
      : `已上传 ${files(done, this)}，${number(failed, this)} 个未能上传`;
  },
  pausedCount(count) {
    return `${files(count, this)}已暂停`;
  },
  waitingCount(count) {
    return `${files(count, this)}可以上传`;
  },
  limitSize: (size) => `每个不超过 ${size}`,
  limitCount(count) {
    return `最多 ${files(count, this)}`;
  },
  types: {
    image: '图片',
    video: '视频',
    audio: '音频',
    text: '文本文件',
    font: '字体',
    word: 'Word 文档',
    excel: 'Excel 表格',
    powerpoint: 'PowerPoint 演示文稿',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} 的大小为 ${size}，上限为 ${limit}。`,
  refusedTooSmall: (name, size, limit) => `${name} 只有 ${size}，至少需要 ${limit}。`,
  refusedType: (name, types) => `这里不接受 ${name} 这类文件。请选择 ${list(types)}。`,
  refusedDuplicate: (name) => `${name} 已在列表中。`,
  refusedCount(limit) {
    return `一次最多上传 ${files(limit, this)}。请少选一些，或从列表中移除一些。`;
  },
  refusedSecond: (name) => `只能上传一个文件，列表中已有 ${name}。`,
  replaceWith: (name) => `改用 ${name}`,
  refusedTotalSize: (limit) => `这些文件总共超过 ${limit}。请少选一些。`,
  refusedUnreadable: (name) => `无法读取 ${name}。请确认它仍然存在，并且您有权打开。`,
  refusedNothing: '没有找到文件。文件夹是空的吗？',
  refusedOther: (name, message) => (name ? `${name}：${message}` : message),
  refusedMore(count) {
    return plural(count, { other: '还有 # 个。' }, this);
  },
  saidStarted(count, name) {
    return `正在上传 ${count === 1 ? name : files(count, this)}。`;
  },
  saidComplete(count, name) {
    return `已上传 ${count === 1 ? name : files(count, this)}。`;
  },
  saidFailed: (name, message, hint) => `${name} 未上传。${message}${hint}`,
  saidFailedCount(count) {
    return `${files(count, this)}未上传。`;
  },
  saidOffline: '您已离线。恢复连接后会自动继续上传。',
  saidOnline: '您已恢复连接，上传继续进行。',
  unfinishedTitle(count) {
    return plural(count, { other: '# 个未完成的上传' }, this);
  },
  unfinishedFacts: (size, ago) => `${size}，${ago}开始`,
  unfinishedPick: '要继续，请再次选择同一个文件。',
  continueUpload: (name) => `继续 ${name}`,
  continueShort: '继续',
  discardUpload: (name) => `放弃 ${name}`,
  discardShort: '放弃',
  formRequired: '请添加文件。',
  formUnfinished: '请等待上传完成，或取消上传。',
  formFailed: '有文件未上传。请重试，或将其从列表中移除。',
  errors: {
    'no-progress': {
      title: '连接已断开',
      message: '无法连接到存储服务，上传长时间没有进展。',
      hint: '请检查网络连接，然后重试。已发送的内容会保留。',
    },
    'server-refused': {
      title: '文件未被接受',
      message: '上传服务器拒绝了该文件。',
      hint: '请选择其他文件，或询问页面的管理员。',
    },
    'store-refused': {
      title: '无法保存文件',
      message: '存储服务拒绝了该文件。',
      hint: '请稍后重试。如果问题仍然存在，请告知页面的管理员。',
    },
    'file-unreadable': {
      title: '无法读取文件',
      message: '选择之后，它可能已被移动、更改或删除。',
      hint: '请再次选择该文件。',
    },
    'file-changed': {
      title: '文件已不相同',
      message: '这不是最初开始上传的文件，或者它之后被更改过。',
      hint: '要上传现在的文件，请重新添加。要继续已开始的上传，请选择未更改的文件。',
    },
    'remote-refused': {
      title: '文件在另一个服务中',
      message: '此页面无法从那里获取它。',
      hint: '请先下载到您的设备，再从设备添加。',
    },
    'remote-failed': {
      title: '无法获取该文件',
      message: '存放该文件的服务没有提供它。',
      hint: '请重试。如果问题仍然存在，请先将文件下载到您的设备，再从设备添加。',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: '存储服务尚未配置上传',
      message: '存储服务接受了文件，但此页面无法读取它的响应。',
      hint: '请告知页面的管理员。',
    },
    'store-unreadable': {
      title: '此页面无法使用存储服务',
      message: '可以连接到存储服务，但此页面无法读取它的响应。',
      hint: '请告知页面的管理员。',
    },
    'server-unreadable': {
      title: '此页面无法使用上传服务器',
      message: '可以连接到上传服务器，但此页面无法读取它的响应。',
      hint: '请告知页面的管理员。',
    },
    'local-network-denied': {
      title: '此页面无法访问您的本地网络',
      message: '文件要上传到您的本地网络，但浏览器不允许此页面访问它。',
      hint: '请通过网址前的图标允许此页面访问本地网络，然后重试。',
    },
    'gateway-refused': {
      title: '上传在途中被拒绝',
      message: '您的设备与存储服务之间的某个环节拒绝了上传。',
      hint: '请重试，或换一个网络。如果问题仍然存在，请告知页面的管理员。',
    },
    'too-slow': {
      title: '您的网络连接太慢',
      message: '您的设备与存储服务之间的某个环节在每一部分传完之前就中断了上传。',
      hint: '请换用更快的网络重试。已发送的内容会保留。',
    },
    'invalid-response': {
      title: '响应来自其他地方',
      message: '响应不是来自上传服务器，可能是网络的登录页面。',
      hint: '请打开其他页面，查看网络是否要求登录，然后重试。',
    },
    'app-callback': {
      title: '无法准备上传',
      message: '此页面上发生了错误。',
      hint: '请重试。如果问题仍然存在，请告知页面的管理员。',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: '您不能在这里上传',
      message: '您没有登录，或没有权限。',
      hint: '请重新登录，然后重试。',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: '上传时间过长',
      message: '这次上传的许可已过期。',
      hint: '请从列表中移除该文件，然后重新添加。',
    },
    'place-refused': {
      title: '您不能再上传到那里',
      message: '您已没有权限将此文件保存到该位置。',
      hint: '请从列表中移除该文件，然后重新添加。',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: '名称已被使用',
      message: '已有同名文件，且不会被覆盖。',
      hint: '请重命名文件，然后重新添加。',
    },
    'name-refused': {
      title: '名称不可用',
      message: '无法以此名称保存文件。',
      hint: '请重命名文件，然后重新添加。',
    },
    'too-large': {
      title: '文件太大',
      message: '文件超过了这里允许的大小。',
      hint: '请选择较小的文件。',
    },
    'too-small': {
      title: '文件太小',
      message: '文件小于这里允许的大小，可能是空文件。',
      hint: '请检查文件，然后再次选择。',
    },
    'too-many-files': {
      title: '文件太多',
      message: '一次发送的文件超过了允许的数量。',
      hint: '请少选一些文件。',
    },
    'quota-exceeded': {
      title: '空间不足',
      message: '剩余空间不足以存放该文件。',
      hint: '请删除一些内容，或选择较小的文件。',
    },
    'type-refused': {
      title: '不接受这种类型',
      message: '这里不接受这种类型的文件，或者文件内容与名称不符。',
      hint: '请选择其他类型的文件。',
    },
    'scan-refused': {
      title: '文件不安全',
      message: '在此文件中发现有害内容，文件未被保留。',
      hint: '请先用杀毒软件检查文件，再重新选择。',
    },
    'rate-limited': {
      title: '同时上传过多',
      message: '上传服务器收到的请求过多。',
      hint: '请等待一分钟，然后重试。',
    },
    internal: {
      title: '上传服务器出现问题',
      message: '上传服务器上发生了错误。',
      hint: '请重试。如果问题仍然存在，请告知页面的管理员。',
    },
    'store-unavailable': {
      title: '无法连接到存储服务',
      message: '上传服务器无法连接到存储服务。',
      hint: '请等待一分钟，然后重试。',
    },
  },
};
