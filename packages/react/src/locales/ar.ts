import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('ar');
const choice = choiceOf('ar');
/** Each type keeps its own direction: `.pdf` was `pdf.` in a line from right to left. */
const list = (types: readonly string[]): string => choice(types.map((type) => `\u2068${type}\u2069`));
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string =>
  plural(
    count,
    {
      zero: 'لا ملفات',
      one: 'ملف واحد',
      two: 'ملفان',
      few: '# ملفات',
      many: '# ملفًا',
      other: '# ملف',
    },
    by,
  );
/** After a noun: the genitive, which two have a form of their own for. */
const ofFiles = (count: number, by: Speaker): string =>
  plural(
    count,
    {
      zero: '# ملف',
      one: 'ملف واحد',
      two: 'ملفين',
      few: '# ملفات',
      many: '# ملفًا',
      other: '# ملف',
    },
    by,
  );

const misunderstood = {
  title: 'تعذّر بدء الرفع',
  message: 'حدثت مشكلة في الاتصال بين هذه الصفحة وخادم الرفع.',
  hint: 'أعد تحميل الصفحة. وإذا استمرت المشكلة، فأبلغ المسؤول عن هذه الصفحة.',
};
const gone = {
  title: 'لم يعد الرفع موجودًا',
  message: 'لم يعد هذا الرفع في مساحة التخزين. ربما أُزيل منها.',
  hint: 'أعد المحاولة لإرسال الملف من جديد.',
};
const incomplete = {
  title: 'لم يصل الملف كاملًا',
  message: 'ما وصل إلى مساحة التخزين لا يطابق الملف المختار.',
  hint: 'أعد المحاولة لإرساله من جديد.',
};

/** Arabic. */
export const arabic: Strings = {
  locale: 'ar',
  chooseFiles: 'اختيار ملفات',
  chooseFolder: 'اختيار مجلد',
  dropHere: 'أفلت الملفات أو المجلدات هنا',
  dropNow: 'أفلت لإضافتها',
  uploads: 'عمليات الرفع',
  pauseAll: 'إيقاف الكل مؤقتًا',
  resumeAll: 'استئناف الكل',
  retryAll: 'إعادة محاولة ما فشل',
  cancelAll: 'إلغاء الكل',
  clear: 'إزالة المكتمل',
  start: 'رفع',
  dismiss: 'إغلاق',
  pause: (name) => `إيقاف ${name} مؤقتًا`,
  resume: (name) => `استئناف ${name}`,
  retry: (name) => `إعادة المحاولة: ${name}`,
  cancel: (name) => `إلغاء ${name}`,
  remove: (name) => `إزالة ${name} من القائمة`,
  retryShort: 'إعادة المحاولة',
  resumeShort: 'استئناف',
  progressOf: (name) => `تقدّم ${name}`,
  totalProgress: 'تقدّم كل الملفات',
  status: {
    queued: 'في الانتظار',
    preparing: 'يجري التحضير',
    resuming: 'يجري استئناف الرفع',
    uploading: 'جارٍ الرفع',
    retrying: 'انقطع الرفع، وتجري محاولة أخرى',
    offline: 'أنت غير متصل',
    paused: 'متوقف مؤقتًا',
    verifying: 'أُرسل كله، ويجري التحقق من الملف',
    complete: 'تم الرفع',
    failed: 'لم يُرفع',
    canceled: 'أُلغي',
  },
  loadedOf: (loaded, total) => `${loaded} من ${total}`,
  timeLeft: (duration) => `بقي ${duration}`,
  unseen: 'جارٍ الرفع، ولا يمكن عرض التقدّم',
  networkAsked: 'يسأل المتصفح هل يُسمح لهذه الصفحة بالوصول إلى شبكتك المحلية: اسمح بذلك',
  passedOn: 'تم الإرسال، ويجري التمرير إلى مساحة التخزين',
  retryingIn: (duration) => `انقطع الرفع، والمحاولة التالية بعد ${duration}`,
  resumingFrom: (percent) => `يجري الاستئناف من ${percent}`,
  offlineHint: 'أنت غير متصل. سيُستأنف الرفع تلقائيًا عند عودة الاتصال.',
  pausedAt: (percent) => `متوقف مؤقتًا عند ${percent}`,
  failedTitle: 'لم يُرفع',
  uploadingCount(done, total) {
    return `رُفع ${number(done, this)} من ${ofFiles(total, this)}`;
  },
  allComplete(count) {
    return `تم رفع ${ofFiles(count, this)}`;
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? `تعذّر رفع ${ofFiles(failed, this)}`
      : `تم رفع ${ofFiles(done, this)} وتعذّر رفع ${ofFiles(failed, this)}`;
  },
  pausedCount(count) {
    return `متوقف مؤقتًا: ${files(count, this)}`;
  },
  waitingCount(count) {
    return `جاهز للرفع: ${files(count, this)}`;
  },
  limitSize: (size) => `حتى ${size} لكل ملف`,
  limitCount(count) {
    return `على الأكثر ${files(count, this)}`;
  },
  types: {
    image: 'صور',
    video: 'مقاطع فيديو',
    audio: 'ملفات صوتية',
    text: 'ملفات نصية',
    font: 'خطوط',
    word: 'مستندات Word',
    excel: 'جداول بيانات Excel',
    powerpoint: 'عروض PowerPoint التقديمية',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `حجم ${name} هو ${size}. الحد الأقصى ${limit}.`,
  refusedTooSmall: (name, size, limit) => `حجم ${name} هو ${size} فقط. الحد الأدنى ${limit}.`,
  refusedType: (name, types) => `نوع ${name} غير مقبول هنا. اختر ${list(types)}.`,
  refusedDuplicate: (name) => `${name} موجود في القائمة بالفعل.`,
  refusedCount(limit) {
    return `الحد الأقصى في المرة الواحدة: ${files(limit, this)}. اختر عددًا أقل أو أزل بعضها من القائمة.`;
  },
  refusedSecond: (name) => `يمكن رفع ملف واحد فقط، والملف ${name} موجود في القائمة.`,
  replaceWith: (name) => `استخدام ${name} بدلًا منه`,
  refusedTotalSize: (limit) => `الحجم الإجمالي للملفات أكبر من ${limit}. اختر عددًا أقل.`,
  refusedUnreadable: (name) => `تعذّرت قراءة ${name}. تأكد من أن الملف ما زال موجودًا وأنه يمكنك فتحه.`,
  refusedNothing: 'لم يُعثر على أي ملف. هل المجلد فارغ؟',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore(count) {
    return `وغيرها: ${files(count, this)}.`;
  },
  saidStarted(count, name) {
    return `جارٍ رفع ${count === 1 ? name : ofFiles(count, this)}.`;
  },
  saidComplete(count, name) {
    return `تم رفع ${count === 1 ? name : ofFiles(count, this)}.`;
  },
  saidFailed: (name, message, hint) => `لم يُرفع ${name}. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return `تعذّر رفع ${ofFiles(count, this)}.`;
  },
  saidOffline: 'أنت غير متصل. سيُستأنف الرفع تلقائيًا عند عودة الاتصال.',
  saidOnline: 'عاد الاتصال، والرفع مستمر.',
  unfinishedTitle(count) {
    return plural(
      count,
      {
        zero: 'لا عمليات رفع غير مكتملة',
        one: 'عملية رفع لم تكتمل',
        two: 'عمليتا رفع لم تكتملا',
        few: '# عمليات رفع لم تكتمل',
        many: '# عملية رفع لم تكتمل',
        other: '# عملية رفع لم تكتمل',
      },
      this,
    );
  },
  unfinishedFacts: (size, ago) => `${size}، بدأ ${ago}`,
  unfinishedPick: 'للمتابعة، اختر الملف نفسه مرة أخرى.',
  continueUpload: (name) => `متابعة ${name}`,
  continueShort: 'متابعة',
  discardUpload: (name) => `تجاهل ${name}`,
  discardShort: 'تجاهل',
  formRequired: 'أضف ملفًا.',
  formUnfinished: 'انتظر حتى ينتهي الرفع أو ألغه.',
  formFailed: 'هناك ملف لم يُرفع. أعد المحاولة أو أزله من القائمة.',
  errors: {
    'no-progress': {
      title: 'انقطع الاتصال',
      message: 'لم يتقدم الرفع مدة طويلة لتعذّر الوصول إلى مساحة التخزين.',
      hint: 'تحقق من اتصالك ثم أعد المحاولة. ما أُرسل محفوظ.',
    },
    'server-refused': {
      title: 'لم يُقبل الملف',
      message: 'رفض خادم الرفع هذا الملف.',
      hint: 'اختر ملفًا آخر أو اسأل المسؤول عن هذه الصفحة.',
    },
    'store-refused': {
      title: 'تعذّر حفظ الملف',
      message: 'رفضته مساحة التخزين.',
      hint: 'أعد المحاولة لاحقًا. وإذا استمرت المشكلة، فأبلغ المسؤول عن هذه الصفحة.',
    },
    'file-unreadable': {
      title: 'تعذّرت قراءة الملف',
      message: 'ربما نُقل أو تغيّر أو حُذف بعد اختياره.',
      hint: 'اختر الملف مرة أخرى.',
    },
    'file-changed': {
      title: 'الملف ليس هو نفسه',
      message: 'ليس هذا هو الملف الذي بدأ رفعه، أو أنه تغيّر منذ ذلك الحين.',
      hint: 'لرفعه كما هو الآن، أضفه من جديد. ولمتابعة الرفع الذي بدأ، اختر الملف كما كان.',
    },
    'remote-refused': {
      title: 'الملف في خدمة أخرى',
      message: 'لا يمكن لهذه الصفحة جلبه من هناك.',
      hint: 'نزّله إلى جهازك، ثم أضفه منه.',
    },
    'remote-failed': {
      title: 'تعذّر جلب الملف',
      message: 'لم ترسله الخدمة الموجود فيها.',
      hint: 'أعد المحاولة. وإذا استمرت المشكلة، فنزّل الملف إلى جهازك وأضفه منه.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'مساحة التخزين غير مهيأة للرفع',
      message: 'قبلت مساحة التخزين الملف، لكن لا يمكن لهذه الصفحة قراءة ردودها.',
      hint: 'أبلغ المسؤول عن هذه الصفحة.',
    },
    'store-unreadable': {
      title: 'لا يمكن لهذه الصفحة استخدام مساحة التخزين',
      message: 'يمكن الوصول إلى مساحة التخزين، لكن لا يمكن لهذه الصفحة قراءة ردودها.',
      hint: 'أبلغ المسؤول عن هذه الصفحة.',
    },
    'server-unreadable': {
      title: 'لا يمكن لهذه الصفحة استخدام خادم الرفع',
      message: 'يمكن الوصول إلى خادم الرفع، لكن لا يمكن لهذه الصفحة قراءة ردوده.',
      hint: 'أبلغ المسؤول عن هذه الصفحة.',
    },
    'local-network-denied': {
      title: 'لا يمكن لهذه الصفحة الوصول إلى شبكتك المحلية',
      message: 'تذهب الملفات إلى شبكتك المحلية، والمتصفح لا يسمح لهذه الصفحة بالوصول إليها.',
      hint: 'اسمح لهذه الصفحة بالوصول إلى الشبكة المحلية من الرمز الموجود قبل عنوانها، ثم أعد المحاولة.',
    },
    'gateway-refused': {
      title: 'رُفض الرفع في الطريق',
      message: 'رفض الرفعَ شيءٌ بين جهازك ومساحة التخزين.',
      hint: 'أعد المحاولة أو جرّب شبكة أخرى. وإذا استمرت المشكلة، فأبلغ المسؤول عن هذه الصفحة.',
    },
    'too-slow': {
      title: 'اتصالك بطيء جدًا',
      message: 'يُقطع كل جزء من الرفع في الطريق قبل أن يصل.',
      hint: 'تحقق من اتصالك ثم أعد المحاولة. ما أُرسل محفوظ.',
    },
    'invalid-response': {
      title: 'جاء الرد من مكان آخر',
      message: 'لم يأتِ الرد من خادم الرفع. ربما تطلب شبكتك تسجيل الدخول.',
      hint: 'افتح صفحة أخرى لترى هل تطلب شبكتك تسجيل الدخول، ثم أعد المحاولة.',
    },
    'app-callback': {
      title: 'تعذّر تحضير الرفع',
      message: 'حدث خطأ في هذه الصفحة.',
      hint: 'أعد المحاولة. وإذا استمرت المشكلة، فأبلغ المسؤول عن هذه الصفحة.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'لا يمكنك الرفع هنا',
      message: 'لم تسجّل الدخول، أو ليس لديك إذن.',
      hint: 'سجّل الدخول من جديد ثم أعد المحاولة.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'استغرق الرفع وقتًا طويلًا',
      message: 'انتهت صلاحية الإذن بهذا الرفع.',
      hint: 'أزل الملف من القائمة وأضفه مرة أخرى.',
    },
    'place-refused': {
      title: 'لم يعد بإمكانك الرفع إلى هناك',
      message: 'لم يعد لديك إذن بحفظ هذا الملف في ذلك المكان.',
      hint: 'أزل الملف من القائمة وأضفه مرة أخرى.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'الاسم مستخدم',
      message: 'هناك ملف بهذا الاسم، ولن يُستبدل.',
      hint: 'غيّر اسم الملف وأضفه مرة أخرى.',
    },
    'name-refused': {
      title: 'لا يمكن استخدام هذا الاسم',
      message: 'لا يمكن حفظ الملف بهذا الاسم.',
      hint: 'غيّر اسم الملف وأضفه مرة أخرى.',
    },
    'too-large': {
      title: 'الملف كبير جدًا',
      message: 'الملف أكبر مما يُسمح به هنا.',
      hint: 'اختر ملفًا أصغر.',
    },
    'too-small': {
      title: 'الملف صغير جدًا',
      message: 'الملف أصغر مما يُسمح به هنا، وربما كان فارغًا.',
      hint: 'تحقق من الملف ثم اختره مرة أخرى.',
    },
    'too-many-files': {
      title: 'ملفات كثيرة جدًا',
      message: 'أُرسلت في مرة واحدة ملفات أكثر مما يُسمح به.',
      hint: 'اختر عددًا أقل من الملفات.',
    },
    'quota-exceeded': {
      title: 'لا توجد مساحة كافية',
      message: 'يحتاج الملف إلى مساحة أكبر مما بقي لك.',
      hint: 'احذف شيئًا أو اختر ملفًا أصغر.',
    },
    'type-refused': {
      title: 'هذا النوع غير مقبول',
      message: 'لا تُقبل هنا ملفات من هذا النوع، أو أن الملف ليس كما يقول اسمه.',
      hint: 'اختر ملفًا من نوع آخر.',
    },
    'scan-refused': {
      title: 'الملف غير آمن',
      message: 'عُثر في هذا الملف على شيء ضار، ولم يُحفظ.',
      hint: 'افحص الملف ببرنامج مكافحة الفيروسات قبل أن تختاره مرة أخرى.',
    },
    'rate-limited': {
      title: 'عمليات رفع كثيرة في وقت واحد',
      message: 'يتلقى خادم الرفع طلبات كثيرة جدًا.',
      hint: 'انتظر دقيقة ثم أعد المحاولة.',
    },
    internal: {
      title: 'هناك مشكلة في خادم الرفع',
      message: 'حدث خطأ في خادم الرفع.',
      hint: 'أعد المحاولة. وإذا استمرت المشكلة، فأبلغ المسؤول عن هذه الصفحة.',
    },
    'store-unavailable': {
      title: 'تعذّر الوصول إلى مساحة التخزين',
      message: 'لم يستطع خادم الرفع الوصول إلى مساحة التخزين.',
      hint: 'انتظر دقيقة ثم أعد المحاولة.',
    },
  },
};
