import { choiceOf, pluralsOf } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('ar');
const list = choiceOf('ar');
const number = (count: number): string => plural(count, { other: '#' });
const files = (count: number): string =>
  plural(count, {
    zero: 'لا ملفات',
    one: 'ملف واحد',
    two: 'ملفان',
    few: '# ملفات',
    many: '# ملفًا',
    other: '# ملف',
  });

const misunderstood = {
  title: 'تعذّر ترتيب الرفع',
  message: 'لم تتفاهم هذه الصفحة مع خادم الرفع.',
  hint: 'أعد تحميل الصفحة. وإن استمر ذلك فأبلغ المسؤول عنها.',
};
const gone = {
  title: 'لم يعد الرفع موجودًا',
  message: 'لم تعد وحدة التخزين تعرف هذا الرفع، وربما أُزيل.',
  hint: 'أعد المحاولة لإرسال الملف من جديد.',
};
const incomplete = {
  title: 'لم يصل الملف كاملًا',
  message: 'ما وصل إلى وحدة التخزين لا يطابق الملف المختار.',
  hint: 'أعد المحاولة لإرساله من جديد.',
};

/** Arabic. */
export const arabic: Strings = {
  locale: 'ar',
  chooseFiles: 'اختر ملفات',
  chooseFolder: 'اختر مجلدًا',
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
    uploading: 'جارٍ الرفع',
    retrying: 'الاتصال متعثر، تجري محاولة أخرى',
    offline: 'أنت غير متصل',
    paused: 'متوقف مؤقتًا',
    verifying: 'أُرسل كله، يجري فحص الملف',
    complete: 'تم الرفع',
    failed: 'لم يُرفع',
    canceled: 'أُلغي',
  },
  loadedOf: (loaded, total) => `${loaded} من ${total}`,
  timeLeft: (duration) => `بقي ${duration}`,
  retryingIn: (duration) => `الاتصال متعثر، محاولة أخرى بعد ${duration}`,
  offlineHint: 'أنت غير متصل. يستمر الرفع تلقائيًا حين يعود الاتصال.',
  pausedAt: (percent) => `متوقف عند ${percent}`,
  failedTitle: 'لم يُرفع',
  uploadingCount: (done, total) => `رُفع ${number(done)} من ${files(total)}`,
  allComplete: (count) => `تم رفع ${files(count)}`,
  finishedWithFailures: (done, failed) =>
    done === 0 ? `تعذّر رفع ${files(failed)}` : `تم رفع ${files(done)} وتعذّر رفع ${files(failed)}`,
  pausedCount: (count) => `متوقف مؤقتًا: ${files(count)}`,
  waitingCount: (count) => `جاهز للرفع: ${files(count)}`,
  limitSize: (size) => `حتى ${size} لكل ملف`,
  limitCount: (count) => `على الأكثر ${files(count)}`,
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `حجم ${name} هو ${size}. الحد الأقصى ${limit}.`,
  refusedTooSmall: (name, size, limit) => `حجم ${name} هو ${size} فقط. الحد الأدنى ${limit}.`,
  refusedType: (name, types) => `نوع ${name} غير مقبول هنا. اختر ${list(types)}.`,
  refusedDuplicate: (name) => `${name} موجود في القائمة.`,
  refusedCount: (limit) => `الحد في المرة الواحدة: ${files(limit)}. اختر أقل أو أزل بعضها من القائمة.`,
  refusedTotalSize: (limit) => `مجموع الملفات أكبر من ${limit}. اختر أقل.`,
  refusedUnreadable: (name) => `تعذّرت قراءة ${name}. تأكد من أنه موجود ومن أن لك حق فتحه.`,
  refusedNothing: 'لم تكن هناك ملفات في ما أفلتّه. هل المجلد فارغ؟',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore: (count) => `وغيرها: ${files(count)}.`,
  saidStarted: (count, name) => `جارٍ رفع ${count === 1 ? name : files(count)}.`,
  saidComplete: (count, name) => `تم رفع ${count === 1 ? name : files(count)}.`,
  saidFailed: (name, message, hint) => `لم يُرفع ${name}. ${message} ${hint}`.trim(),
  saidFailedCount: (count) => `تعذّر رفع ${files(count)}.`,
  saidOffline: 'أنت غير متصل. يستمر الرفع تلقائيًا حين يعود الاتصال.',
  saidOnline: 'الرفع مستمر.',
  unfinishedTitle: (count) =>
    plural(count, {
      one: 'رفع واحد لم يكتمل',
      two: 'عمليتا رفع لم تكتملا',
      few: '# عمليات رفع لم تكتمل',
      other: '# عملية رفع لم تكتمل',
    }),
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
      title: 'لم يصمد الاتصال',
      message: 'لم يتقدم الرفع مدة طويلة لتعذّر الوصول إلى وحدة التخزين.',
      hint: 'تحقق من اتصالك ثم أعد المحاولة. ما أُرسل محفوظ.',
    },
    'server-refused': {
      title: 'لم يُقبل الملف',
      message: 'رفض خادم الرفع هذا الملف.',
      hint: 'اختر ملفًا آخر أو اسأل المسؤول عن هذه الصفحة.',
    },
    'store-refused': {
      title: 'رفضت وحدة التخزين الملف',
      message: 'رفضت وحدة التخزين الرفع.',
      hint: 'حاول لاحقًا. وإن استمر ذلك فأبلغ المسؤول عن هذه الصفحة.',
    },
    'file-unreadable': {
      title: 'تعذّرت قراءة الملف',
      message: 'ربما نُقل أو تغيّر أو حُذف بعد اختياره.',
      hint: 'اختر الملف مرة أخرى.',
    },
    'file-changed': {
      title: 'هذا ملف آخر',
      message: 'ليس هذا هو الملف الذي انقطع رفعه، أو أنه تغيّر منذ ذلك الحين.',
      hint: 'اختر الملف كما كان، أو تجاهل الرفع الذي لم يكتمل وابدأ من جديد.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'وحدة التخزين غير مهيأة للرفع',
      message: 'قبلت وحدة التخزين جزءًا، لكن الصفحة لم تستطع قراءة ترويسة ETag.',
      hint: 'أبلغ المسؤول عن هذه الصفحة: يجب أن تذكر قواعد CORS ترويسة ETag ضمن ExposeHeaders.',
    },
    'invalid-answer': {
      title: 'هناك ما يعترض الطريق',
      message: 'لم يأتِ الرد من خادم الرفع. ربما تطلب شبكتك تسجيل الدخول.',
      hint: 'افتح صفحة أخرى لترى هل تطلب شبكتك تسجيل الدخول، ثم أعد المحاولة.',
    },
    'app-callback': {
      title: 'تعذّر تحضير الرفع',
      message: 'لم تستطع الصفحة تحضير الرفع.',
      hint: 'أعد المحاولة. وإن استمر ذلك فأبلغ المسؤول عن هذه الصفحة.',
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
      title: 'طال الرفع أكثر مما ينبغي',
      message: 'انتهت صلاحية الإذن بهذا الرفع.',
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
      message: 'أُرسل في مرة واحدة أكثر مما يُسمح به.',
      hint: 'اختر ملفات أقل.',
    },
    'quota-exceeded': {
      title: 'لا مساحة متبقية',
      message: 'يحتاج الملف إلى مساحة أكبر مما بقي لك.',
      hint: 'احذف شيئًا أو اختر ملفًا أصغر.',
    },
    'type-refused': {
      title: 'هذا النوع غير مقبول',
      message: 'لا تُقبل هنا ملفات من هذا النوع، أو أن الملف ليس كما يقول اسمه.',
      hint: 'اختر ملفًا من نوع آخر.',
    },
    'rate-limited': {
      title: 'عمليات رفع كثيرة في وقت واحد',
      message: 'يتلقى خادم الرفع طلبات كثيرة جدًا.',
      hint: 'انتظر دقيقة ثم أعد المحاولة.',
    },
    internal: {
      title: 'في خادم الرفع مشكلة',
      message: 'حدث خطأ في خادم الرفع.',
      hint: 'أعد المحاولة. وإن استمر ذلك فأبلغ المسؤول عن هذه الصفحة.',
    },
    'store-unavailable': {
      title: 'تعذّر الوصول إلى وحدة التخزين',
      message: 'لم يستطع خادم الرفع الوصول إلى وحدة التخزين.',
      hint: 'انتظر دقيقة ثم أعد المحاولة.',
    },
  },
};
